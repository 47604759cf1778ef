using System.Net;
using System.Text.Json;
using Intranet.Data.Mail;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Infrastructure;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_stranger_reads_that_all_is_well(string url)
    {
        await using var app = await RunningApp.StartAsync(options => options.Settings["Jobs:Enabled"] = "true");
        using var client = app.Anonymous();
        var (status, body) = await AskAsync(client, url);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("ok", body.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Mail_that_is_due_for_more_than_an_hour_makes_it_unready_in_words()
    {
        await using var app = await RunningApp.StartAsync();
        using var client = app.Anonymous();
        await app.Database(async db =>
        {
            var message = new OutboxMessage { To = ["somebody@example.org"], Subject = "Secret subject", CreatedAt = app.Clock.UtcNow };
            message.Resend(app.Clock.UtcNow);
            db.Add(message);
            await db.SaveChangesAsync();
        });

        app.Clock.Advance(TimeSpan.FromMinutes(60));
        var (status, body) = await AskAsync(client, "/health/ready");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("ok: the oldest mail is due for 60 minutes", Check(body, "mail"));

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (status, body) = await AskAsync(client, "/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith("failed: the oldest mail is due for 61 minutes", Check(body, "mail"), StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", body.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_gone_makes_it_unready_but_not_dead()
    {
        await using var app = await RunningApp.StartAsync();
        using var client = app.Anonymous();
        await app.Database(async db => await db.Database.ExecuteSqlAsync($"DROP TABLE Settings"));

        var (status, body) = await AskAsync(client, "/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("failed: it doesn't answer; the log says why", Check(body, "database"));
        (status, _) = await AskAsync(client, "/health/live");
        Assert.Equal(HttpStatusCode.OK, status);
    }

    private static string Check(JsonElement body, string name) => body.GetProperty("checks").GetProperty(name).GetString()!;

    private static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(HttpClient client, string url)
    {
        using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }
}
