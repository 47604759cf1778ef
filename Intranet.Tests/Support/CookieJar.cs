using System.Net;

namespace Intranet.Tests.Support;

/// <summary>
/// Keeps cookies as a browser does for its own machine: there, Secure cookies travel over plain http as well,
/// which HttpClient's own handling refuses.
/// </summary>
internal sealed class CookieJar(HttpMessageHandler inner, CookieContainer cookies) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var secure = new UriBuilder(request.RequestUri!) { Scheme = Uri.UriSchemeHttps }.Uri;
        if (cookies.GetCookieHeader(secure) is { Length: > 0 } header)
            request.Headers.TryAddWithoutValidation("Cookie", header);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
                cookies.SetCookies(secure, cookie);
        }

        return response;
    }
}
