using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;
using static Intranet.Tests.Contacts.ContactsGiven;

namespace Intranet.Tests.Contacts;

public sealed class ContactsApiTests(RunningApp app) : IClassFixture<RunningApp>, IAsyncLifetime
{
    private HttpClient steward = null!, employee = null!;

    public async ValueTask InitializeAsync() => (steward, employee) = (await SignedIn(Cast.Steward), await SignedIn(Cast.Employee));

    public ValueTask DisposeAsync()
    {
        steward.Dispose();
        employee.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Contacts_are_found_and_paged()
    {
        var word = Given.Unique("Listed");
        var ids = new List<int>();
        for (var i = 0; i < 3; i++)
            ids.Add((await app.Contact(word)).Id);

        using var answer = await employee.GetAsync(Address($"/api/contacts?q={word}&pageSize=2"), TestContext.Current.CancellationToken);
        var rows = await Json(answer);

        Assert.Equal(("3", 2), (answer.Headers.GetValues("X-Total-Count").Single(), rows.GetArrayLength()));
        Assert.Equal(ids[2], rows[0].GetProperty("id").GetInt32());
        Assert.Contains("rel=\"next\"", answer.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        Assert.Equal("Use a number from 1 to 1000.", Error(await Get("/api/contacts?pageSize=1001", HttpStatusCode.BadRequest), "pageSize"));
        Assert.Equal("Search for at most 200 characters.", Error(await Get($"/api/contacts?q={new string('x', 201)}", HttpStatusCode.BadRequest), "q"));
    }

    [Fact]
    public async Task A_change_keeps_what_is_absent_and_empties_what_is_null()
    {
        var contact = await app.Contact("Ann", "Lee", NewEmail(), Phone(), city: "Goa");

        var answer = await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { givenName = "Anna", city = (string?)null, BIRTHDATE = "1990-02-03" }, HttpStatusCode.OK);

        Assert.Equal(("Anna", "Lee", "1990-02-03"), (answer.GetProperty("givenName").GetString(), answer.GetProperty("familyName").GetString(), answer.GetProperty("birthDate").GetString()));
        var stored = await app.Stored(contact.Id);
        Assert.Equal((null, contact.Email, contact.PhoneKey), (stored.City, stored.Email, stored.PhoneKey));
        // Nothing new makes no row newer: of a person the newest value shows.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { familyName = "Lee " }, HttpStatusCode.OK);
        Assert.Equal((stored.UpdatedAt, stored.Version), ((await app.Stored(contact.Id)).UpdatedAt, (await app.Stored(contact.Id)).Version));
    }

    [Theory]
    [InlineData("""{"email":"nope"}""", "email", "This is not an e-mail address.")]
    [InlineData("""{"phone":5}""", "phone", "Use text or null.")]
    [InlineData("""{"birthDate":"2.3.1990"}""", "birthDate", "Use a day as yyyy-MM-dd.")]
    [InlineData("""{"birthDate":"2999-01-01"}""", "birthDate", "Nobody is born in the future.")]
    [InlineData("""{"givenName":null}""", "givenName", "Give a name, a company, an e-mail address or a phone number.")]
    [InlineData("""{"version":"x"}""", "version", "There is no such field.")]
    [InlineData("""{"postcode":"123456789012345678901"}""", "postcode", "At most 20 characters.")]
    [InlineData("[]", "body", "Send a JSON object with the fields to change.")]
    public async Task A_wrong_change_is_told_at_its_field_and_changes_nothing(string body, string field, string message)
    {
        var contact = await app.Contact("Kept");
        var answer = await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", JsonSerializer.Deserialize<JsonElement>(body), HttpStatusCode.BadRequest);
        Assert.Equal(message, Error(answer, field));
        Assert.Equal(contact.Version, (await app.Stored(contact.Id)).Version);
    }

    [Fact]
    public async Task What_was_told_may_come_back_and_a_name_that_is_no_text_is_told()
    {
        var contact = await app.Contact("Round", "Trip", NewEmail());
        var told = JsonSerializer.Deserialize<Dictionary<string, object?>>((await Send(steward, HttpMethod.Get, $"/api/contacts/{contact.Id}", null, HttpStatusCode.OK)).GetRawText())!;
        told["city"] = "Pune";

        await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", told, HttpStatusCode.OK);
        Assert.Equal("Pune", (await app.Stored(contact.Id)).City);

        using var broken = new StringContent("""{"\ud800":"x"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await steward.PutAsync(new Uri($"/api/contacts/{contact.Id}", UriKind.Relative), broken, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task What_an_import_took_stands_in_the_way_of_no_other_change()
    {
        var contact = await app.Contact(company: "Works", email: "as written", phone: "ask him");
        await app.Database(db => db.Contacts.Where(c => c.Id == contact.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.BirthDate, new DateOnly(2999, 1, 1)).SetProperty(c => c.Street, "Bell\u0007 Lane")));

        await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { city = "Pune", email = "as written " }, HttpStatusCode.OK);

        var stored = await app.Stored(contact.Id);
        Assert.Equal(("Pune", "as written", "ask him", "Works", 2999, "Bell\u0007 Lane"), (stored.City, stored.Email, stored.Phone, stored.Company, stored.BirthDate!.Value.Year, stored.Street));
        // What is changed has to be right, whatever else is wrong.
        Assert.Equal("This is not an e-mail address.", Error(await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { email = "as typed" }, HttpStatusCode.BadRequest), "email"));
        Assert.Equal("This is not a phone number.", Error(await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { phone = "ask her" }, HttpStatusCode.BadRequest), "phone"));
        Assert.Equal("Nobody is born in the future.", Error(await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { birthDate = "2998-01-01" }, HttpStatusCode.BadRequest), "birthDate"));
        Assert.Equal("Use one line without control characters.", Error(await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { city = "a\u0007b" }, HttpStatusCode.BadRequest), "city"));
        var emptied = await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { email = (string?)null, phone = (string?)null, company = "" }, HttpStatusCode.BadRequest);
        Assert.Equal("Give a name, a company, an e-mail address or a phone number.", Error(emptied, "givenName"));

        // Known by its id alone.
        var bare = await app.Contact(city: "Goa");
        await Send(steward, HttpMethod.Put, $"/api/contacts/{bare.Id}", new { city = "Pune" }, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_birth_date_that_came_as_no_day_is_told_and_emptied_with_the_day()
    {
        var contact = await app.Contact("Ann");
        await KeptAsync("01/02/1980");
        Assert.Equal(JsonValueKind.Null, (await Get($"/api/contacts/{contact.Id}", HttpStatusCode.OK)).GetProperty("birthDate").ValueKind);

        var same = await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { city = "Goa" }, HttpStatusCode.OK);
        Assert.Equal("01/02/1980", same.GetProperty("birthDateAsTyped").GetString());
        // As it was read it can be sent.
        same = await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { birthDate = (string?)null, birthDateAsTyped = "01/02/1980" }, HttpStatusCode.OK);
        Assert.Equal("01/02/1980", same.GetProperty("birthDateAsTyped").GetString());
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var emptied = await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { birthDate = (string?)null }, HttpStatusCode.OK);
        Assert.Equal((JsonValueKind.Null, app.Clock.UtcNow), (emptied.GetProperty("birthDateAsTyped").ValueKind, (await app.Stored(contact.Id)).UpdatedAt));
        await KeptAsync("1980");
        var day = await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { birthDate = "1980-02-01" }, HttpStatusCode.OK);
        Assert.Equal(("1980-02-01", JsonValueKind.Null), (day.GetProperty("birthDate").GetString(), day.GetProperty("birthDateAsTyped").ValueKind));

        Task<int> KeptAsync(string text) => app.Database(db => db.Contacts.Where(c => c.Id == contact.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.BirthDateAsTyped, text)));
    }

    [Theory]
    [InlineData("links", """{"firstId":"a"}""", "firstId", "Use a whole number.")]
    [InlineData("links", """{"firstId":1,"secondId":2,"detail":7}""", "detail", "Use text.")]
    [InlineData("separations", """{"firstId":1,"secondId":1.5}""", "secondId", "Use a whole number.")]
    [InlineData("separations", """{"firstId":1,"secondId":}""", "secondId", "This is not valid JSON.")]
    [InlineData("links", "", "body", "The body is empty. Send JSON.")]
    [InlineData("links", "[]", "body", "This is not the JSON that is expected here.")]
    public async Task What_cannot_be_read_is_told_at_its_field(string path, string json, string field, string says)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await steward.PostAsync(new Uri($"/api/{path}", UriKind.Relative), body, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(says, Error(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement, field));
    }

    [Fact]
    public async Task Half_a_letter_is_told_at_its_field()
    {
        var contact = await app.Contact("Kept");
        using var body = new StringContent("""{"givenName":"half \ud800"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await steward.PutAsync(new Uri($"/api/contacts/{contact.Id}", UriKind.Relative), body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("half of a character", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("Kept", (await app.Stored(contact.Id)).GivenName);
    }

    [Fact]
    public async Task Linking_makes_one_cluster_and_cutting_takes_it_apart()
    {
        var (one, two) = (await app.Contact("Ann", email: NewEmail()), await app.Contact("Anna", email: NewEmail()));

        var link = await Send(steward, HttpMethod.Post, "/api/links", new { firstId = two.Id, secondId = one.Id, detail = "met" }, HttpStatusCode.Created);
        var cluster = await Get($"/api/contacts/{two.Id}/cluster", HttpStatusCode.OK);

        Assert.Equal((one.Id, "steward", "met"), (link.GetProperty("firstId").GetInt32(), link.GetProperty("reason").GetString(), link.GetProperty("detail").GetString()));
        Assert.Equal((one.Id, "Anna", 2, 1), (cluster.GetProperty("primaryId").GetInt32(), cluster.GetProperty("person").GetProperty("name").GetString(), cluster.GetProperty("contacts").GetArrayLength(), cluster.GetProperty("links").GetArrayLength()));
        await Send(steward, HttpMethod.Post, "/api/separations", new { firstId = one.Id, secondId = two.Id }, HttpStatusCode.Conflict);
        await Send(steward, HttpMethod.Delete, $"/api/links/{link.GetProperty("id").GetInt32()}", null, HttpStatusCode.NoContent);
        await Send(steward, HttpMethod.Delete, $"/api/links/{link.GetProperty("id").GetInt32()}", null, HttpStatusCode.NotFound);
        await app.Database(async db =>
        {
            db.Add(DuplicatePair.Of(one.Id, two.Id, PairCause.Likeness, 0.9, null, app.Clock.UtcNow));
            await db.SaveChangesAsync();
        });
        await Send(steward, HttpMethod.Post, "/api/separations", new { firstId = two.Id, secondId = one.Id }, HttpStatusCode.Created);
        Assert.Equal(PairState.Different, await app.Database(db => db.DuplicatePairs.Where(pair => pair.FirstId == one.Id && pair.SecondId == two.Id).Select(pair => pair.State).SingleAsync()));
        await Send(steward, HttpMethod.Post, "/api/links", new { firstId = one.Id, secondId = two.Id }, HttpStatusCode.Conflict);
        Assert.Null((await app.Stored(two.Id)).LinkedId);
    }

    [Fact]
    public async Task A_deleted_contact_has_no_cluster()
    {
        var contact = await app.Contact("Gone");
        await Send(steward, HttpMethod.Delete, $"/api/contacts/{contact.Id}", null, HttpStatusCode.NoContent);
        Assert.NotEqual(JsonValueKind.Null, (await Get($"/api/contacts/{contact.Id}", HttpStatusCode.OK)).GetProperty("deletedAt").ValueKind);
        const string says = "This contact is deleted and takes part in nothing. Restore it on its page first.";
        Assert.Equal(says, (await Get($"/api/contacts/{contact.Id}/cluster", HttpStatusCode.NotFound)).GetProperty("detail").GetString());
        Assert.Equal(says, (await Send(steward, HttpMethod.Delete, $"/api/contacts/{contact.Id}", null, HttpStatusCode.NotFound)).GetProperty("detail").GetString());
        Assert.Equal(says, (await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { city = "Goa" }, HttpStatusCode.NotFound)).GetProperty("detail").GetString());
        Assert.Equal("There is no such contact.", (await Get("/api/contacts/2000000000/cluster", HttpStatusCode.NotFound)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_deleted_contact_is_not_changed_until_it_is_restored()
    {
        var contact = await app.Contact("Gone", email: NewEmail());
        await Send(steward, HttpMethod.Delete, $"/api/contacts/{contact.Id}", null, HttpStatusCode.NoContent);
        var deleted = await app.Stored(contact.Id);

        var problem = await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { city = "Goa" }, HttpStatusCode.NotFound);

        Assert.Equal("This contact is deleted and takes part in nothing. Restore it on its page first.", problem.GetProperty("detail").GetString());
        Assert.Equal((deleted.Version, null), ((await app.Stored(contact.Id)).Version, (await app.Stored(contact.Id)).City));
        await app.Operation<DeleteContact, LinkContacts.Refusal?>(delete => delete.RestoreAsync(contact.Id, "somebody"));
        await Send(steward, HttpMethod.Put, $"/api/contacts/{contact.Id}", new { city = "Goa" }, HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/links")]
    [InlineData("/api/separations")]
    public async Task Two_contacts_are_two_and_exist(string address)
    {
        var contact = await app.Contact("One");
        Assert.Equal("Name a contact.", Error(await Send(steward, HttpMethod.Post, address, new { secondId = contact.Id }, HttpStatusCode.BadRequest), "firstId"));
        Assert.Equal("Name another contact than the first.", Error(await Send(steward, HttpMethod.Post, address, new { firstId = contact.Id, secondId = contact.Id }, HttpStatusCode.BadRequest), "secondId"));
        await Send(steward, HttpMethod.Post, address, new { firstId = contact.Id, secondId = int.MaxValue }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Only_stewards_change_and_nobody_unknown_reads()
    {
        var contact = await app.Contact("Safe");
        var links = await app.Database(db => db.Links.CountAsync());
        using var stranger = app.Anonymous();
        foreach (var (method, address) in new[] { (HttpMethod.Put, $"/api/contacts/{contact.Id}"), (HttpMethod.Delete, $"/api/contacts/{contact.Id}"), (HttpMethod.Post, "/api/links"), (HttpMethod.Delete, "/api/links/1"), (HttpMethod.Post, "/api/separations") })
        {
            await Send(employee, method, address, new { firstId = contact.Id, secondId = contact.Id + 1 }, HttpStatusCode.Forbidden);
            await Send(stranger, method, address, new { firstId = contact.Id, secondId = contact.Id + 1 }, HttpStatusCode.Unauthorized);
        }

        foreach (var address in new[] { "/api/contacts", $"/api/contacts/{contact.Id}", $"/api/contacts/{contact.Id}/cluster" })
            await Send(stranger, HttpMethod.Get, address, null, HttpStatusCode.Unauthorized);
        await Get("/api/contacts/2147483647", HttpStatusCode.NotFound);
        await Get("/api/contacts/2147483647/cluster", HttpStatusCode.NotFound);
        await Send(steward, HttpMethod.Put, "/api/contacts/2147483647", new { city = "Goa" }, HttpStatusCode.NotFound);
        Assert.Equal((contact.Version, links), ((await app.Stored(contact.Id)).Version, await app.Database(db => db.Links.CountAsync())));
    }

    private Task<JsonElement> Get(string address, HttpStatusCode status) => Send(employee, HttpMethod.Get, address, null, status);

    private static async Task<JsonElement> Send(HttpClient client, HttpMethod method, string address, object? body, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(status == answer.StatusCode, $"{method} {address} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return status == HttpStatusCode.NoContent ? default : await Json(answer);
    }

    private static string? Error(JsonElement problem, string field) => problem.GetProperty("errors").GetProperty(field)[0].GetString();

    private static Uri Address(string address) => new(address, UriKind.Relative);

    private static async Task<JsonElement> Json(HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    private async Task<HttpClient> SignedIn(Person person)
    {
        var client = app.Anonymous();
        using var answer = await client.PostAsJsonAsync("/api/auth/login", new { username = person.Email, password = Cast.Password }, TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await Json(answer)).GetProperty("access_token").GetString());
        return client;
    }
}
