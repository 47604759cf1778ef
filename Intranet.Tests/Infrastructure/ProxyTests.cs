using System.Net;

namespace Intranet.Tests.Infrastructure;

public sealed class ProxyTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("10.0.0.5", null)]
    [InlineData("127.0.0.1", "intranet.example")]
    [InlineData("10.0.0.5, 127.0.0.0/8", "intranet.example")]
    public async Task Forwarded_headers_count_only_from_configured_proxies(string? known, string? believedHost)
    {
        await using var app = await RunningApp.StartAsync(options => options.Settings["Proxy:KnownProxies"] = known);
        using var client = app.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/directory");
        request.Headers.Add("X-Forwarded-Host", "intranet.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(believedHost ?? app.Address.Host, answer.Headers.Location!.Host);
    }

    [Theory]
    [InlineData("Proxy:KnownProxies", "proxy.local", "Proxy:KnownProxies names 'proxy.local'. Use addresses such as 10.0.0.5 or networks such as 10.0.0.0/24.")]
    [InlineData("PathBase", "intranet/", "PathBase is 'intranet/'. It begins with a slash and doesn't end with one, such as /intranet.")]
    public async Task A_wrong_value_stops_the_start_with_what_to_change(string name, string value, string sentence)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningApp.StartAsync(options => options.Settings[name] = value));
        Assert.Equal(sentence, failure.Message);
    }

    [Fact]
    public async Task Below_a_path_of_the_site_links_and_redirects_stay_below_it()
    {
        await using var app = await RunningApp.StartAsync(options => options.Settings["PathBase"] = "/intranet");
        using var client = app.Anonymous();
        var page = await client.PageAsync("/intranet/directory");

        Assert.Equal("/intranet/account/sign-in", page.MustBeOk().Url.AbsolutePath);
        Check.None(page.All("link[href], script[src], a[href], form[action]")
            .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src") ?? element.GetAttribute("action")!)
            .Where(address => address.StartsWith('/') && !address.StartsWith("/intranet", StringComparison.Ordinal)));
    }
}
