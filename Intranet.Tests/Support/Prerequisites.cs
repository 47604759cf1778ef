using System.Diagnostics;

namespace Intranet.Tests.Support;

/// <summary>
/// Brings programs that tests drive and a machine may lack. As root on Debian they are installed, once per run;
/// elsewhere the test is skipped with what to install.
/// </summary>
internal static class Prerequisites
{
    private static readonly Lazy<Task<string?>> ChromiumProgram = new(FindChromiumAsync);
    private static readonly Lazy<Task<string?>> PythonWithSmtp = new(FindPythonAsync);
    private static readonly SemaphoreSlim Installing = new(1);
    private static bool listsAreFresh;

    /// <summary>Path of Chromium; empty when Playwright brought its own.</summary>
    internal static async Task<string> ChromiumAsync()
        => await ChromiumProgram.Value ?? Missing("This test needs Chromium: install it as /usr/bin/chromium (Debian: apt-get install chromium).");

    /// <summary>Path of a Python that has aiosmtpd.</summary>
    internal static async Task<string> PythonWithAiosmtpdAsync()
        => await PythonWithSmtp.Value ?? Missing("This test needs aiosmtpd, a real SMTP server: install it (Debian: apt-get install python3-aiosmtpd; elsewhere: pip install aiosmtpd).");

    private static async Task<string?> FindChromiumAsync()
    {
        string[] places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
        if (places.FirstOrDefault(File.Exists) is { } there)
            return there;
        if (await InstallAsync("chromium") && File.Exists(places[0]))
            return places[0];
        // Playwright's own build; needs its download host.
        return Microsoft.Playwright.Program.Main(["install", "chromium"]) == 0 ? "" : null;
    }

    private static async Task<string?> FindPythonAsync()
    {
        string[] pythons = ["/usr/bin/python3", "python3", "python"];
        return await HavingAsync() ?? (await InstallAsync("python3-aiosmtpd") ? await HavingAsync() : null);

        async Task<string?> HavingAsync()
        {
            foreach (var python in pythons)
            {
                if (await RunAsync(python, "-c", "import aiosmtpd"))
                    return python;
            }

            return null;
        }
    }

    private static async Task<bool> InstallAsync(string package)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/bin/apt-get"))
            return false;
        await Installing.WaitAsync();
        try
        {
            listsAreFresh = listsAreFresh || await RunAsync("apt-get", "update", "-qq");
            return await RunAsync("apt-get", "install", "-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", package);
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync());
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No such program.
            return false;
        }
    }

    private static string Missing(string sentence)
    {
        Assert.Skip(sentence);
        return sentence;
    }
}
