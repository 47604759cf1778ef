using Microsoft.Extensions.Primitives;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// What absolute addresses begin with; whatever leaves the app, such as a mail, has them from here. <c>BaseUrl</c> where it is
/// set: the address of the start page, as people type it. Else what the request says, which whoever asks can make up.
/// </summary>
public sealed class SiteAddress
{
    /// <summary>Characters of the longest.</summary>
    public const int Longest = 300;

    // Who asks from the machine itself: health checks, tests, an administrator.
    private static readonly string[] Local = ["localhost", "127.0.0.1", "[::1]"];

    private readonly string? configured;
    private readonly List<StringSegment> hosts;

    private SiteAddress(Uri? url, IEnumerable<string> hosts)
    {
        // Headers of mails take a host as servers write it.
        configured = url is null ? null : $"{url.Scheme}://{Host(url)}{(url.IsDefaultPort ? "" : $":{url.Port}")}{url.AbsolutePath}".TrimEnd('/');
        this.hosts = [.. hosts.Select(host => new StringSegment(new HostString(host).ToUriComponent()))];
    }

    /// <summary>Whether nobody can choose what links in mails begin with.</summary>
    public bool IsConfigured => configured is not null;

    /// <exception cref="InvalidOperationException">The configuration is wrong; the message says what to change.</exception>
    public static SiteAddress Read(IConfiguration configuration)
    {
        var (text, path) = (configuration["BaseUrl"], configuration["PathBase"] ?? "");
        Uri? url = null;
        if (text is { Length: > 0 } && (!Uri.TryCreate(text, UriKind.Absolute, out url) || url.Scheme is not ("http" or "https") || url.Query.Length + url.Fragment.Length + url.UserInfo.Length > 0 || text.Length > Longest))
            throw new InvalidOperationException($"BaseUrl is '{text}'. Use the address of the start page, such as https://intranet.example.com.");
        if (url is not null && url.AbsolutePath.TrimEnd('/') != new PathString(path).ToUriComponent())
            throw new InvalidOperationException($"BaseUrl is '{text}', but PathBase is '{path}'. Both name the same path below the host.");
        var allowed = (configuration["AllowedHosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new SiteAddress(url, allowed.Contains("*") ? [] : allowed.Length > 0 ? allowed : url is null ? [] : [Host(url), .. Local]);
    }

    private static string Host(Uri url) => url.HostNameType == UriHostNameType.Dns ? url.IdnHost : url.Host;

    /// <summary>Without a slash at the end, for somebody who asks.</summary>
    public string Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Or($"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}");
    }

    /// <param name="remembered">What <see cref="Of"/> gave when somebody asked, for work that nobody waits for.</param>
    public string Or(string remembered) => configured ?? remembered;

    /// <summary>
    /// Whether the app goes by this name: it is among <c>AllowedHosts</c> (with semicolons; <c>*.example.com</c> for a domain),
    /// or where that is not set, it is the host of <c>BaseUrl</c>. Without either it goes by any.
    /// </summary>
    public bool Allows(HostString host) => hosts.Count == 0 || HostString.MatchesAny(host.Host, hosts);
}
