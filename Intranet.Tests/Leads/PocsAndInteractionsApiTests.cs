using System.Net;
using System.Text.Json;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

public sealed class PocsAndInteractionsApiTests(RunningApp app) : IClassFixture<RunningApp>, IAsyncLifetime
{
    private ApiCaller kam = null!;

    public async ValueTask InitializeAsync() => kam = await ApiCaller.OfAsync(app, Cast.Kam);

    public ValueTask DisposeAsync()
    {
        kam.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_person_who_is_known_is_found_and_not_doubled()
    {
        var phone = ContactsGiven.Phone();
        var contact = await app.Contact("Rosa", "Bianchi", ContactsGiven.NewEmail(), phone);
        var one = await kam.Lead();

        var poc = await kam.Post("/api/pocs/", new { lead_id = one.Id(), name = "Rosa Bianchi", role = "decision maker", phone_number = phone });

        Assert.Equal(("Rosa Bianchi", "decision maker", phone, contact.Email, "True", "True"), (poc.Text("name"), poc.Text("role"), poc.Text("phone_number"), poc.Text("email"), poc.Text("is_main"), poc.Text("is_known")));
        Assert.Equal(contact.Id, poc.GetProperty("contact_id").GetInt32());
        Assert.Equal("This person is a poc of the lead already.", (await kam.Post("/api/pocs", new { lead_id = one.Id(), name = "Rosa Bianchi", phone_number = phone }, HttpStatusCode.BadRequest)).Error("name"));
        Assert.Equal([poc.Id()], (await kam.Get($"/api/pocs/?lead_id={one.Id()}")).Ids());
    }

    [Fact]
    public async Task A_phone_number_may_be_a_number()
    {
        var one = await kam.Lead();
        var poc = await kam.Post("/api/pocs", new { lead_id = one.Id(), name = "Nico Number", phone_number = 123456 });
        Assert.Equal("123456", poc.Text("phone_number"));
        foreach (var wrong in new object[] { 1.5, -3, true })
            Assert.Equal("Use text or a whole number.", (await kam.Post("/api/pocs", new { lead_id = one.Id(), name = "Nico Number", phone_number = wrong }, HttpStatusCode.BadRequest)).Error("phone_number"));
    }

    [Fact]
    public async Task A_poc_shows_the_person_that_links_make_of_its_contact()
    {
        var one = await kam.Lead();
        var poc = await kam.Post("/api/pocs", new { lead_id = one.Id(), name = "Jo Doe", email = ContactsGiven.NewEmail() });
        var older = await app.Stored(poc.GetProperty("contact_id").GetInt32());
        var newer = await app.Contact("Joanna", "Doe", phone: ContactsGiven.Phone());

        await app.Linked(older, newer);

        var read = await kam.Get($"/api/pocs/{poc.Id()}");
        Assert.Equal(("Joanna Doe", newer.Phone, older.Email), (read.Text("name"), read.Text("phone_number"), read.Text("email")));
    }

    [Fact]
    public async Task Removing_a_poc_can_be_taken_back()
    {
        var one = await kam.Lead();
        var poc = await kam.Post("/api/pocs", new { lead_id = one.Id(), name = "Ann Lee" });
        await kam.Delete($"/api/pocs/{poc.Id()}/");
        await kam.Get($"/api/pocs/{poc.Id()}", HttpStatusCode.NotFound);
        await kam.Delete($"/api/pocs/{poc.Id()}", HttpStatusCode.NotFound);
        Assert.Empty((await kam.Get($"/api/pocs?lead_id={one.Id()}")).EnumerateArray());
        Assert.Equal("Ann Lee", (await kam.Post($"/api/pocs/{poc.Id()}/restore", null, HttpStatusCode.OK)).Text("name"));
        Assert.Equal("True", (await kam.Get($"/api/pocs/{poc.Id()}")).Text("is_main"));
    }

    [Fact]
    public async Task Who_was_added_again_comes_back_once()
    {
        var one = await kam.Lead();
        var first = await kam.Post("/api/pocs", new { lead_id = one.Id(), name = "Ann Lee" });
        var contact = first.GetProperty("contact_id").GetInt32();
        await kam.Delete($"/api/pocs/{first.Id()}");
        var again = await kam.Post("/api/pocs", new { lead_id = one.Id(), contact_id = contact });
        await kam.Delete($"/api/pocs/{again.Id()}");

        await kam.Post($"/api/pocs/{first.Id()}/restore", null, HttpStatusCode.OK);
        await kam.Post($"/api/pocs/{again.Id()}/restore", null, HttpStatusCode.Conflict);

        Assert.Equal([first.Id()], (await kam.Get($"/api/pocs?lead_id={one.Id()}")).Ids());
    }

    [Theory]
    [InlineData("""{"name":"Ann"}""", "lead_id", "Give a number.")]
    [InlineData("""{"lead_id":LEAD}""", "name", "Give a name, an e-mail address or a phone number.")]
    [InlineData("""{"lead_id":LEAD,"email":"nope"}""", "email", "This is not an e-mail address.")]
    [InlineData("""{"lead_id":LEAD,"phone_number":"none"}""", "phone_number", "This is not a phone number.")]
    [InlineData("""{"lead_id":LEAD,"name":5}""", "name", "Use text.")]
    [InlineData("""{"lead_id":LEAD,"contact_id":2147483647}""", "contact_id", "There is no such contact.")]
    public async Task A_wrong_poc_is_told_at_its_field(string body, string field, string message)
    {
        var one = await kam.Lead();
        Assert.Equal(message, (await kam.Post("/api/pocs", Json(body, one), HttpStatusCode.BadRequest)).Error(field));
        Assert.Empty((await kam.Get($"/api/pocs?lead_id={one.Id()}")).EnumerateArray());
    }

    [Fact]
    public async Task An_order_is_logged_with_its_value_and_counts()
    {
        var one = await kam.Lead();
        var poc = await kam.Post("/api/pocs", new { lead_id = one.Id(), name = "Buyer" });

        var order = await kam.Post("/api/interactions/", new { lead_id = one.Id(), kind = "Order", interaction_date = "2030-05-10T12:00:00+02:00", order_value = 12_345, poc_id = poc.Id(), details = "Wine" });
        var call = await kam.Post("/api/interactions/", new { lead_id = one.Id(), outcome = "No answer", interaction_date = "2030-05-11T23:30:00" });

        Assert.Equal(("order", "True", "12345", "EUR", "2030-05-10T10:00:00Z"), (order.Text("kind"), order.Text("order_placed"), order.Text("order_value"), order.Text("currency"), order.Text("interaction_date")));
        // Without an offset by the lead's clock.
        Assert.Equal(("no_answer", "2030-05-11T21:30:00Z", "2030-05-11"), (call.Text("outcome"), call.Text("interaction_date"), call.Text("local_date")));
        Assert.Equal([call.Id(), order.Id()], (await kam.Get($"/api/interactions/{one.Id()}")).Ids());
        Assert.Equal([order.Id()], (await kam.Get($"/api/interactions?lead_id={one.Id()}&order_placed=true")).Ids());
        Assert.Equal([call.Id()], (await kam.Get($"/api/interactions?lead_id={one.Id()}&kind=call")).Ids());
        var performance = await kam.Get($"/api/performance/{one.Id()}");
        Assert.Equal(("1", "2030-05-10", "Underperforming", "12345"), (performance.Text("order_frequency"), performance.Text("last_order_date"), performance.Text("performance_status"), performance.Text("revenue")));
    }

    [Theory]
    [InlineData("""{"lead_id":LEAD,"kind":"fax"}""", "kind", "Use call, visit, mail, order or note.")]
    [InlineData("""{"lead_id":LEAD,"outcome":"happy"}""", "outcome", "Use reached, no_answer, left_message or follow_up.")]
    [InlineData("""{"lead_id":LEAD,"kind":"visit","outcome":"reached"}""", "outcome", "Only calls have an outcome.")]
    [InlineData("""{"lead_id":LEAD,"interaction_date":"2031-01-01"}""", "interaction_date", "It can't be in the future.")]
    [InlineData("""{"lead_id":LEAD,"interaction_date":"03/11/2026 14:30"}""", "interaction_date", "Use a day as yyyy-MM-dd, or a time as 2026-11-03T14:30:00Z.")]
    [InlineData("""{"lead_id":LEAD,"interaction_date":"yesterday"}""", "interaction_date", "Use a day as yyyy-MM-dd, or a time as 2026-11-03T14:30:00Z.")]
    [InlineData("""{"lead_id":LEAD,"order_placed":"yes"}""", "order_placed", "Use true or false.")]
    [InlineData("""{"lead_id":LEAD,"order_placed":false,"order_value":5}""", "order_value", "Only orders have a value.")]
    [InlineData("""{"lead_id":LEAD,"order_value":-5}""", "order_value", "Use a whole number from 0 to 9999999999999.")]
    [InlineData("""{"lead_id":LEAD,"order_value":5,"currency":"USD"}""", "currency", "The lead's orders are in EUR.")]
    [InlineData("""{"lead_id":LEAD,"poc_id":2147483647}""", "poc_id", "This is no poc of the lead.")]
    [InlineData("""{"details":"x"}""", "lead_id", "Give a number.")]
    public async Task A_wrong_interaction_is_told_at_its_field_and_leaves_nothing_behind(string body, string field, string message)
    {
        var one = await kam.Lead(frequency: 3);
        Assert.Equal(message, (await kam.Post("/api/interactions", Json(body, one), HttpStatusCode.BadRequest)).Error(field));
        Assert.Empty((await kam.Get($"/api/interactions/{one.Id()}")).EnumerateArray());
        Assert.Equal("True", (await kam.Get($"/api/leads/{one.Id()}")).Text("is_due"));
    }

    [Fact]
    public async Task What_belongs_to_no_lead_is_not_there()
    {
        await kam.Post("/api/interactions", new { lead_id = int.MaxValue, details = "x" }, HttpStatusCode.NotFound);
        await kam.Post("/api/pocs", new { lead_id = int.MaxValue, name = "x" }, HttpStatusCode.NotFound);
        await kam.Get("/api/interactions/2147483647", HttpStatusCode.NotFound);
        await kam.Get("/api/performance/2147483647", HttpStatusCode.NotFound);
        await kam.Get("/api/pocs/2147483647", HttpStatusCode.NotFound);
    }

    private static JsonElement Json(string body, JsonElement lead) => JsonSerializer.Deserialize<JsonElement>(body.Replace("LEAD", $"{lead.Id()}", StringComparison.Ordinal));
}
