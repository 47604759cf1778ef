using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Intranet.Tests.Support;

/// <summary>
/// The built app as a process of its own, the way it runs in production: real clock, real environment variables. For
/// what only a process can show: starts, stops, being killed.
/// </summary>
public sealed partial class AppProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, string> environment;
    private readonly ConcurrentQueue<string> log = new();
    private readonly bool ownsFolder;
    private Process? process;

    private AppProcess(string? folder, IReadOnlyDictionary<string, string>? settings)
    {
        (Folder, ownsFolder) = (folder ?? TestFolders.Create("process"), folder is null);
        Address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = Address.ToString(),
            ["Data__Folder"] = Folder,
            ["Demo__Load"] = "false",
            // The test stands where a reverse proxy does: it says that the outside speaks https.
            ["Proxy__KnownProxies"] = "127.0.0.1",
            ["DOTNET_NOLOGO"] = "1",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
    }

    /// <summary>The data folder; it outlives the process.</summary>
    public string Folder { get; }
    public Uri Address { get; }
    public IReadOnlyList<string> Log => [.. log];
    public int Id => process!.Id;
    public bool IsRunning => process is { HasExited: false };

    /// <summary>Starts the app and waits until it answers.</summary>
    /// <param name="settings">Configuration, as <c>Mail:Smtp:Host</c> or <c>Mail__Smtp__Host</c>.</param>
    /// <param name="folder">A data folder of the caller's; without one the app gets a new folder, deleted with it.</param>
    public static async Task<AppProcess> StartAsync(IReadOnlyDictionary<string, string>? settings = null, string? folder = null)
    {
        var app = new AppProcess(folder, settings);
        await app.RestartAsync();
        return app;
    }

    /// <summary>Runs the app with arguments such as <c>--migrate</c> until it ends by itself.</summary>
    /// <returns>Its exit code and everything it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyDictionary<string, string>? settings = null, string? folder = null, params string[] arguments)
    {
        await using var app = new AppProcess(folder, settings);
        app.Start(arguments);
        using var patience = new CancellationTokenSource(Patience);
        await app.process!.WaitForExitAsync(patience.Token);
        return (app.process.ExitCode, string.Join('\n', app.log));
    }

    /// <summary>Starts it (again) on the same port and data folder, and waits until it answers.</summary>
    public async Task RestartAsync()
    {
        Start([]);
        using var client = new HttpClient { BaseAddress = Address };
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (!IsRunning || watch.Elapsed > Patience)
                throw new InvalidOperationException($"The app {(IsRunning ? "didn't answer" : $"ended with {process!.ExitCode}")}:\n{string.Join('\n', log)}");
            await Task.Delay(50);
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a container is stopped.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> StopAsync()
    {
        var watch = Stopwatch.StartNew();
        if (Signal(process!.Id, SigTerm) != 0)
            throw new InvalidOperationException($"SIGTERM failed: {Marshal.GetLastPInvokeErrorMessage()}");
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return watch.Elapsed;
    }

    internal static readonly Dictionary<string, string> ProxyHeaders = new() { ["X-Forwarded-Proto"] = "https" };

    /// <summary>A client with cookies that follows no redirects.</summary>
    public HttpClient Anonymous()
    {
        var client = new HttpClient(new CookieJar(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }, new CookieContainer())) { BaseAddress = Address };
        foreach (var (name, value) in ProxyHeaders)
            client.DefaultRequestHeaders.Add(name, value);
        return client;
    }

    /// <summary>The one-time code for the set-up page, which is logged a moment after the app listens.</summary>
    public Task<string> SetUpCodeAsync() => Eventually.Is(
        () => Task.FromResult(Log.Select(line => SetUpCode().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value ?? ""), code => code.Length > 0, "the code in the log");

    [GeneratedRegex("with the code ([A-Z0-9-]{23})")]
    private static partial Regex SetUpCode();

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            await KillAsync();
        process?.Dispose();
        if (ownsFolder)
            System.IO.Directory.Delete(Folder, recursive: true);
    }

    private void Start(string[] arguments)
    {
        // Beside the tests lies a copy without its configuration and front end; the app's own output has both.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var project = Path.Combine(TestFolders.Root, "Intranet.Web");
        var program = Path.Combine(project, "bin", output.Parent!.Name, output.Name, "Intranet.Web.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = project, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process?.Dispose();
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
