using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Intranet.Web.Infrastructure;

/// <summary>The app behind a reverse proxy, and below a path of its site.</summary>
public static class Proxy
{
    /// <summary>
    /// Believes X-Forwarded-For, -Proto and -Host from the addresses and networks of <c>Proxy:KnownProxies</c> (a list, or
    /// one text with commas) and from nobody else. Serves below <c>PathBase</c>, and only under its own names
    /// (<see cref="SiteAddress"/>).
    /// </summary>
    /// <exception cref="InvalidOperationException">The configuration is wrong; the message says what to change.</exception>
    public static void AddProxy(this WebApplicationBuilder builder)
    {
        var proxies = Known(builder.Configuration);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            // Trusted are those named, not by default whoever is on the same machine.
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in proxies)
                options.KnownIPNetworks.Add(network);
            // The chain is followed as long as it consists of known proxies; the first unknown address is the client's.
            options.ForwardLimit = null;
        });
        if (builder.Configuration["PathBase"] is { Length: > 0 } path && (!path.StartsWith('/') || path.EndsWith('/')))
            throw new InvalidOperationException($"PathBase is '{path}'. It begins with a slash and doesn't end with one, such as /intranet.");
        builder.Services.AddSingleton(SiteAddress.Read(builder.Configuration));
        // The framework reads AllowedHosts as well, before anything else: it would refuse what a proxy asks by another name, and health checks.
        builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);
    }

    /// <param name="app">Before anything else is used.</param>
    /// <param name="atAnyHost">A path that is answered whatever the host is called.</param>
    public static void UseProxy(this WebApplication app, string atAnyHost)
    {
        app.UseForwardedHeaders();
        if (app.Configuration["PathBase"] is { Length: > 0 } path)
            app.UsePathBase(path);
        // After the proxy has said which name was asked for. Who looks after the app may ask it by any address, and mails that were
        // sent under an earlier one still let their readers leave: the key in the link is all that counts there.
        var site = app.Services.GetRequiredService<SiteAddress>();
        app.Use((context, next) =>
        {
            if (site.Allows(context.Request.Host) || context.Request.Path.StartsWithSegments("/health") || context.Request.Path.StartsWithSegments(atAnyHost))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// Where https is required, what comes without it is told so (421): cookies wouldn't be kept, and no form could be sent.
    /// Health checks ask from the machine itself.
    /// </summary>
    public static void UseHttpsOnly(this WebApplication app)
    {
        if (!app.Configuration.RequiresHttps(app.Environment))
            return;
        app.Use((context, next) =>
        {
            var path = context.Request.Path;
            if (context.Request.IsHttps || path.StartsWithSegments("/health") || path.StartsWithSegments("/assets") || path.StartsWithSegments("/error") || path == "/favicon.ico")
                return next(context);
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        });
    }

    private static List<IPNetwork> Known(ConfigurationManager configuration)
    {
        var section = configuration.GetSection("Proxy:KnownProxies");
        var entries = section.GetChildren().Select(child => child.Value ?? "").Concat((section.Value ?? "").Split(','));
        return [.. entries.Select(entry => entry.Trim()).Where(entry => entry.Length > 0).Select(Network)];
    }

    private static IPNetwork Network(string entry)
        => IPAddress.TryParse(entry, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : IPNetwork.TryParse(entry, out var network) ? network
            : throw new InvalidOperationException($"Proxy:KnownProxies names '{entry}'. Use addresses such as 10.0.0.5 or networks such as 10.0.0.0/24.");
}
