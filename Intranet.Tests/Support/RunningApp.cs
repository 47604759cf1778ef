using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Intranet.Data;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Intranet.Tests.Support;

/// <summary>What a test may want different about its app.</summary>
public sealed class AppOptions
{
    /// <summary>Configuration as <c>appsettings.json</c> or an environment variable would give it.</summary>
    public Dictionary<string, string?> Settings { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Demo:Load"] = "false",
        ["Demo:Accounts"] = "false",
        ["RateLimits:Enabled"] = "false",
        // Jobs run when a test says so; "true" lets them run by the timetable.
        ["Jobs:Enabled"] = "false",
    };

    /// <summary>Last word on the services; for what leaves the process, nothing of ours.</summary>
    public Action<IServiceCollection> Services { get; set; } = _ => { };

    /// <summary>What is in the database before the app starts: what its jobs would see too late.</summary>
    public Func<IntranetDbContext, Task>? Database { get; set; }

    public string Environment { get; set; } = "Testing";
}

/// <summary>
/// The real app on a real port of 127.0.0.1 with a database and data folder of its own; only the clock is ours.
/// As a class fixture (<c>IClassFixture&lt;RunningApp&gt;</c>) the tests of a class share one; a subclass with
/// other options is a fixture as well.
/// </summary>
public class RunningApp : IAsyncLifetime
{
    private readonly AppOptions options = new();
    private readonly bool prepared = true;
    private readonly ConcurrentDictionary<Person, CookieContainer> sessions = new();
    private readonly SocketsHttpHandler sockets = new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        // Who asks before sending waits for the answer, however long a slow machine takes.
        Expect100ContinueTimeout = TimeSpan.FromMinutes(2),
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == Certificate.Value.Thumbprint },
    };
    private static readonly Lazy<X509Certificate2> Certificate = new(TestCertificate.Create);
    private Factory? factory;
    private TestDatabase? database;

    public RunningApp()
    {
    }

    protected RunningApp(Action<AppOptions> configure) => configure(options);

    private RunningApp(string folder, IReadOnlyDictionary<string, string?> settings)
    {
        (Folder, prepared) = (folder, false);
        Add(settings);
    }

    /// <summary>An app for one test: <c>await using var app = await RunningApp.StartAsync(o => …)</c>.</summary>
    public static async Task<RunningApp> StartAsync(Action<AppOptions>? configure = null)
    {
        var app = new RunningApp(configure ?? (_ => { }));
        await app.StartOrDisposeAsync();
        return app;
    }

    /// <summary>Another node: an app of its own on the database and data folder of a first one, which must outlive it.</summary>
    public static async Task<RunningApp> BesideAsync(RunningApp first, Action<AppOptions>? configure = null)
    {
        var app = new RunningApp(first.Folder, first.options.Settings);
        configure?.Invoke(app.options);
        app.Clock.Set(first.Clock.UtcNow);
        await app.StartOrDisposeAsync();
        return app;
    }

    // One that refuses to start must not leave its database on the server.
    private async Task StartOrDisposeAsync()
    {
        try
        {
            await InitializeAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>An app in the caller's folder, without a database made for it and without the cast.</summary>
    internal static RunningApp Unprepared(string folder, IReadOnlyDictionary<string, string?> settings) => new(folder, settings);

    public FakeClock Clock { get; } = new();

    public AppLog Log { get; } = new();

    /// <summary>The data folder: database file, mails, uploads.</summary>
    public string Folder { get; } = TestFolders.Create("app");

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public IServiceProvider Services => factory?.Services ?? throw new InvalidOperationException("The app isn't running.");

    /// <summary>Puts records into the database.</summary>
    public Given Given => field ??= new Given(this);

    public async ValueTask InitializeAsync()
    {
        if (prepared)
            database = await TestDatabase.CreateAsync(Folder);
        if (options.Database is { } fill)
        {
            await using var db = database?.Open() ?? throw new InvalidOperationException("There is no database to fill before the app starts.");
            await fill(db);
        }

        Add(database?.Settings ?? new Dictionary<string, string?>());
        options.Settings.TryAdd("Data:Folder", Folder);
        factory = new Factory(this);
        // https, as in production: cookies are Secure there, and forms refuse to work without.
        factory.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Certificate.Value)));
        factory.StartServer();
        Address = factory.ClientOptions.BaseAddress;
    }

    /// <summary>A client with cookies that follows no redirects, and isn't signed in.</summary>
    public HttpClient Anonymous() => Client(new CookieContainer());

    /// <summary>A client that has signed in through the sign-in page. A person signs in once per app.</summary>
    public async Task<HttpClient> SignedInAs(Person person)
        => person == Cast.Stranger ? Anonymous() : Client(Copy(await SessionAsync(person)));

    /// <summary>The cookies of somebody signed in; for browsers.</summary>
    internal async Task<CookieContainer> SessionAsync(Person person)
    {
        if (sessions.TryGetValue(person, out var known))
            return known;
        var cookies = new CookieContainer();
        using var client = Client(cookies);
        var page = await client.PageAsync("/account/sign-in");
        var answer = await page.MustBeOk().Form("Sign in").Fill("E-mail address", person.Email).Fill("Password", Cast.Password).SubmitAsync(follow: false);
        answer.MustBe(HttpStatusCode.Redirect);
        return sessions.GetOrAdd(person, cookies);
    }

    /// <summary>A client with these cookies, of a session that began here or at another node; new ones are added to them.</summary>
    internal HttpClient With(CookieContainer cookies) => Client(cookies);

    /// <summary>Asks or changes the database as a request would, in a scope of its own.</summary>
    public async Task<T> Database<T>(Func<IntranetDbContext, Task<T>> ask)
    {
        await using var scope = Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<IntranetDbContext>());
    }

    public async Task Database(Func<IntranetDbContext, Task> act)
    {
        await using var scope = Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<IntranetDbContext>());
    }

    public async ValueTask DisposeAsync()
    {
        if (factory is not null)
            await factory.DisposeAsync();
        sockets.Dispose();
        if (database is not null)
            await database.DisposeAsync();
        if (prepared)
            System.IO.Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private void Add(IReadOnlyDictionary<string, string?> settings)
    {
        foreach (var (name, value) in settings)
            options.Settings.TryAdd(name, value);
    }

    private AppClient Client(CookieContainer cookies) => new(this, new CookieJar(sockets, cookies)) { BaseAddress = Address };

    private static CookieContainer Copy(CookieContainer cookies)
    {
        var copy = new CookieContainer();
        copy.Add(cookies.GetAllCookies());
        return copy;
    }

    private sealed class Factory(RunningApp app) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(app.options.Environment);
            foreach (var (name, value) in app.options.Settings)
                builder.UseSetting(name, value);
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(app.Log));
            builder.ConfigureTestServices(services =>
            {
                services.RemoveAll<TimeProvider>();
                services.AddSingleton<TimeProvider>(app.Clock);
                AlsoOnSqlServer.Watch(services);
                app.options.Services(services);
            });
        }
    }
}

/// <summary>A client that knows its app, so that a failed test can tell what the app logged.</summary>
internal sealed class AppClient(RunningApp app, HttpMessageHandler handler) : HttpClient(handler, disposeHandler: false)
{
    internal RunningApp App => app;
}
