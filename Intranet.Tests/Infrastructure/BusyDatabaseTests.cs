using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Infrastructure;

public sealed class BusyDatabaseTests
{
    [Fact]
    public async Task Who_can_not_save_because_somebody_else_writes_for_long_is_asked_to_come_back_and_then_it_works()
    {
        Assert.SkipUnless(TestDatabase.Server is null, "A server has no one writer.");
        var file = "";
        await using var app = await RunningApp.StartAsync(o => o.Database = db =>
        {
            file = db.Database.GetConnectionString()!;
            o.Settings["ConnectionStrings:Intranet"] = $"{file};Default Timeout=1";
            return Task.CompletedTask;
        });
        using var steward = await app.SignedInAs(Cast.Steward);
        using var program = app.Anonymous();
        using (var login = await program.PostAsJsonAsync("/api/auth/login", new { username = Cast.Steward.Email, password = Cast.Password }, TestContext.Current.CancellationToken))
            program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await login.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("access_token").GetString());
        var form = (await steward.PageAsync("/contacts/edit")).MustBeOk().Form("Add").Fill("Given name", "Patient").Fill("E-mail", "patient@busy.example");

        await using (var other = new SqliteConnection(file))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var writing = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);

            var page = (await form.SubmitAsync(follow: false)).MustBe(HttpStatusCode.ServiceUnavailable);
            Assert.Contains("The intranet is not available right now", page.Text, StringComparison.Ordinal);
            using var answer = await AskAsync();
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
            // Reading goes on meanwhile.
            (await steward.PageAsync("/contacts?q=patient")).MustBeOk();
        }

        (await form.SubmitAsync()).MustBeOk();
        using var again = await AskAsync();
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(1, await app.Database(db => db.Contacts.CountAsync(contact => contact.EmailKey == "patient@busy.example", TestContext.Current.CancellationToken)));

        async Task<HttpResponseMessage> AskAsync()
        {
            using var body = new StringContent("""{"email":"patient@busy.example"}""", Encoding.UTF8, "application/json");
            return await program.PostAsync(new Uri("/api/identify", UriKind.Relative), body, TestContext.Current.CancellationToken);
        }
    }
}
