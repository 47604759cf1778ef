using System.Net;

namespace Intranet.Tests.Infrastructure;

public sealed class LongRequestTests(RunningApp app) : IClassFixture<RunningApp>
{
    // Percent-encoded, each of these letters is six characters of the address.
    private static readonly string Pasted = Uri.EscapeDataString(new string('ä', 10_000));

    [Fact]
    public async Task Ten_thousand_letters_in_the_search_box_are_refused_by_the_page_in_words()
    {
        using var client = await app.SignedInAs(Cast.Employee);
        var page = (await client.PageAsync($"/directory?q={Pasted}")).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Search for at most 200 characters.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_letters_as_a_name_are_answered_with_a_problem_document()
    {
        using var client = await app.SignedInAs(Cast.Employee);
        using var answer = await client.GetAsync(new Uri($"/api/poc?product_name={Pasted}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("product_name", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
