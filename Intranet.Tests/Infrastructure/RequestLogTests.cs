using System.Text.RegularExpressions;

namespace Intranet.Tests.Infrastructure;

public sealed class RequestLogTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task A_request_leaves_one_line_with_user_and_id_but_without_what_was_asked()
    {
        using var client = await app.SignedInAs(Cast.Employee);
        (await client.PageAsync("/directory?q=secret-search")).MustBeOk();

        var line = Assert.Single(Lines(), line => line.Contains("/directory ", StringComparison.Ordinal));
        Assert.Matches(new Regex(@"^GET /directory 200 in \d+ ms, user \d+, request \S+$"), line);
    }

    [Fact]
    public async Task A_page_that_does_not_exist_is_logged_under_the_address_that_was_asked_for()
    {
        using var client = await app.SignedInAs(Cast.Employee);
        await client.PageAsync("/no-such-page");

        Assert.Single(Lines(), line => line.StartsWith("GET /no-such-page 404 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/favicon.ico")]
    public async Task Health_checks_and_files_of_the_front_end_leave_none(string url)
    {
        using var client = app.Anonymous();
        using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();

        Assert.DoesNotContain(Lines(), line => line.Contains(url, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_do_not_tell_which_server_gives_them()
    {
        using var client = app.Anonymous();
        using var answer = await client.GetAsync(new Uri("/account/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.False(answer.Headers.Contains("Server"));
    }

    private IEnumerable<string> Lines() => app.Log.Lines.Where(line => line.Category == "Intranet.Requests").Select(line => line.Text);
}
