using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Intranet.Data.Contacts;
using Intranet.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Contacts.Duplicates;

/// <summary>An app with people in it, some of them twice with typing errors, and what the tests of duplicates ask of it.</summary>
internal static class DuplicatesApp
{
    /// <summary>Jobs run when somebody asks; arrivals are compared when a test says so.</summary>
    internal static Task<RunningApp> WithJobsAsync() => StartAsync("true");

    internal static Task<RunningApp> StartAsync() => StartAsync("false");

    private static Task<RunningApp> StartAsync(string jobs) => RunningApp.StartAsync(options =>
    {
        options.Settings["Jobs:Enabled"] = jobs;
        // Before the first of them is due, which is at once.
        options.Database = async db =>
        {
            db.Settings.Add(new Setting { Name = Setting.PausedJob("compare-arrivals"), Value = "tests" });
            await db.SaveChangesAsync();
        };
    });

    internal static Contact Person(RunningApp app, string given, string family, string? email = null, string? phone = null, string? birth = null, string? street = null, string? city = null, string? externalId = null)
    {
        var contact = new Contact
        {
            Source = "entry",
            ExternalId = externalId,
            GivenName = given,
            FamilyName = family,
            BirthDate = birth is null ? null : DateOnly.ParseExact(birth, "yyyy-MM-dd", null),
            Street = street,
            City = city,
            CreatedAt = app.Clock.UtcNow,
            UpdatedAt = app.Clock.UtcNow,
        };
        contact.SetEmail(email);
        contact.SetPhone(phone, new PhoneRules("IN"));
        return contact;
    }

    internal static Contact Featherstone(RunningApp app, string externalId = "crm-1")
        => Person(app, "Jonathan", "Featherstonehaugh", "jonathan.featherstonehaugh@mail.example", "9820011111", "1971-03-14", "12 Harbour Lane", "Plymouth", externalId);

    /// <summary>The same man, with typing errors in all that identifies him.</summary>
    internal static Contact Misspelt(RunningApp app, string? externalId = "crm-2")
        => Person(app, "Jonathon", "Fetherstonehaugh", "jonathan.fetherstonehaugh@mail.example", "9820011112", "1971-03-14", "12 Harbor Lane", "Plymouth", externalId);

    /// <summary>Saves them, and a few others that are nobody's duplicates.</summary>
    internal static async Task AddAsync(RunningApp app, params Contact[] contacts)
        => await app.Database(async db =>
        {
            db.AddRange(contacts);
            db.AddRange(
                Person(app, "Maria", "Oyelaran", "maria@oyelaran.example", "9830022222", "1988-11-02", "4 Mill Road", "Leeds"),
                Person(app, "Chen", "Weiming", "chen.weiming@work.example", "9840033333", "1964-07-21", "88 Station Street", "Derby"),
                Person(app, "Piotr", "Zawadzki", "piotr.z@firma.example", "9850044444", "1990-01-30", "7 Castle Close", "York"));
            await db.SaveChangesAsync();
        });

    internal static async Task<T> With<TOperation, T>(this RunningApp app, Func<TOperation, Task<T>> act) where TOperation : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TOperation>());
    }

    internal static Task<ScanDuplicates.Result> ScanAsync(this RunningApp app)
        => app.With<ScanDuplicates, ScanDuplicates.Result>(scan => scan.RunAsync(cancellation: TestContext.Current.CancellationToken));

    internal static async Task<HttpClient> ApiAsync(this RunningApp app, Person person)
    {
        var client = app.Anonymous();
        using var answer = await client.PostAsJsonAsync("/api/auth/login", new { username = person.Email, password = Cast.Password }, TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await answer.JsonAsync()).GetProperty("access_token").GetString());
        return client;
    }

    internal static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer)
        => await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    internal static async Task<JsonElement> JsonAsync(this HttpClient client, string url)
    {
        using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    internal static async Task<string[]> CsvAsync(this HttpClient client, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.ParseAdd("text/csv");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/csv"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
