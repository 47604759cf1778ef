using System.Net;
using Intranet.Data.Reports;
using Intranet.Tests.Leads;
using Intranet.Tests.Mail;
using Intranet.Tests.Reports;
using Intranet.Web.Infrastructure;
using Microsoft.Extensions.Configuration;

namespace Intranet.Tests.Infrastructure;

/// <summary>Which address the app goes by, and what links in mails begin with.</summary>
public sealed class SiteAddressTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Links_in_mails_begin_with_the_configured_address_whatever_the_request_said()
    {
        await using var app = await RunningApp.StartAsync(options =>
        {
            options.Settings["BaseUrl"] = "https://intranet.example.com/one";
            options.Settings["PathBase"] = "/one";
            options.Settings["AllowedHosts"] = "*";
        });
        await app.Lead();
        using var client = await app.SignedInAs(Cast.Kam);
        client.DefaultRequestHeaders.Host = "evil.example";
        (await (await client.PageAsync(SubscriptionsGiven.Form("/performance", "show=under"))).MustBeOk().Form("Subscribe").Fill("How often", "Daily").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);

        var mail = Assert.Single((await app.SendNextDayAsync()).Mails);

        Assert.Contains("https://intranet.example.com/one/performance?show=under", mail.Text(), StringComparison.Ordinal);
        Assert.StartsWith("<https://intranet.example.com/one/reports/unsubscribe/", mail["List-Unsubscribe"], StringComparison.Ordinal);
        Check.None(mail.Leaves.Where(part => part.Type is "text/plain" or "text/html").Where(part => part.Text.Contains("evil.example", StringComparison.Ordinal) || part.Text.Contains("127.0.0.1", StringComparison.Ordinal)).Select(part => part.Text));
    }

    [Fact]
    public async Task A_subscription_of_before_takes_the_address_over_when_it_is_configured()
    {
        await using var app = await RunningApp.StartAsync();
        await app.Lead();
        await app.Subscribed(Cast.Kam, format: SubscriptionFormat.InMail);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await using var later = await RunningApp.BesideAsync(app, options => options.Settings["BaseUrl"] = "https://intranet.example.com/");

        var mail = Assert.Single((await later.SendDueAsync()).Mails);

        Assert.Contains("https://intranet.example.com/performance?show=under", mail.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "intranet.example.com", HttpStatusCode.OK)]
    [InlineData(null, "INTRANET.example.com:8443", HttpStatusCode.OK)]
    [InlineData(null, "localhost:5080", HttpStatusCode.OK)]
    [InlineData(null, "evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData(null, "intranet.example.com.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("*.example.net", "any.example.net", HttpStatusCode.OK)]
    [InlineData("*", "any.example.net", HttpStatusCode.OK)]
    public async Task Other_names_are_refused(string? allowed, string host, HttpStatusCode answer)
    {
        await using var app = await RunningApp.StartAsync(options =>
        {
            options.Settings["BaseUrl"] = "https://intranet.example.com";
            options.Settings["AllowedHosts"] = allowed;
        });
        using var client = app.Anonymous();

        Assert.Equal(answer, await AskedAsync(client, "/account/sign-in", "Host", host));
        if (allowed is null)
            Assert.Equal(HttpStatusCode.OK, await AskedAsync(client, "/health/live", "Host", host));
    }

    [Fact]
    public async Task Without_an_address_any_name_is_answered_and_only_the_names_that_are_allowed_where_some_are()
    {
        await using var any = await RunningApp.StartAsync();
        using var client = any.Anonymous();
        Assert.Equal(HttpStatusCode.OK, await AskedAsync(client, "/account/sign-in", "Host", "any.example"));

        // What a proxy forwards counts, not what the proxy itself was asked by.
        await using var some = await RunningApp.StartAsync(options => (options.Settings["AllowedHosts"], options.Settings["Proxy:KnownProxies"], options.Settings["PathBase"]) = ("good.example", "127.0.0.1", "/one"));
        using var behind = some.Anonymous();
        Assert.Equal(HttpStatusCode.OK, await AskedAsync(behind, "/account/sign-in", "X-Forwarded-Host", "good.example"));
        // Who looks after the app asks it by the address of the machine.
        foreach (var path in new[] { "/health/live", "/one/health/live" })
            Assert.Equal(HttpStatusCode.OK, await AskedAsync(behind, path, "Accept", "*/*"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AskedAsync(behind, "/account/sign-in", "Accept", "*/*"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AskedAsync(behind, "/account/sign-in", "X-Forwarded-Host", "evil.example"));
    }

    [Theory]
    [InlineData("intranet.example.com", "", "BaseUrl is 'intranet.example.com'. Use the address of the start page, such as https://intranet.example.com.")]
    [InlineData("ftp://intranet.example.com", "", "BaseUrl is 'ftp://intranet.example.com'. Use the address of the start page, such as https://intranet.example.com.")]
    [InlineData("https://intranet.example.com/?x=1", "", "BaseUrl is 'https://intranet.example.com/?x=1'. Use the address of the start page, such as https://intranet.example.com.")]
    [InlineData("https://intranet.example.com", "/one", "BaseUrl is 'https://intranet.example.com', but PathBase is '/one'. Both name the same path below the host.")]
    [InlineData("https://intranet.example.com/one", "", "BaseUrl is 'https://intranet.example.com/one', but PathBase is ''. Both name the same path below the host.")]
    public void A_wrong_address_stops_the_start_with_what_to_change(string url, string path, string sentence)
        => Assert.Equal(sentence, Assert.Throws<InvalidOperationException>(() => Site(url, path)).Message);

    [Theory]
    [InlineData("https://intranet.example.com", "", "https://intranet.example.com")]
    [InlineData("HTTPS://Intranet.Example.com:443/", "", "https://intranet.example.com")]
    [InlineData("http://10.0.0.5:8080/a/b/", "/a/b", "http://10.0.0.5:8080/a/b")]
    [InlineData("https://bücher.example/ä b", "/ä b", "https://xn--bcher-kva.example/%C3%A4%20b")]
    [InlineData("https://[::1]:8443", "", "https://[::1]:8443")]
    public void It_is_written_as_links_need_it(string url, string path, string written) => Assert.Equal(written, Site(url, path).Or("http://other.example"));

    private static SiteAddress Site(string url, string path)
        => SiteAddress.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["BaseUrl"] = url, ["PathBase"] = path }).Build());

    private static async Task<HttpStatusCode> AskedAsync(HttpClient client, string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(header, value);
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
