using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Intranet.Data.Accounts;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

public sealed class LeadsApiTests(RunningApp app) : IClassFixture<RunningApp>, IAsyncLifetime
{
    private ApiCaller kam = null!, lead = null!;

    public async ValueTask InitializeAsync() => (kam, lead) = (await ApiCaller.OfAsync(app, Cast.Kam), await ApiCaller.OfAsync(app, Cast.SalesLead));

    public ValueTask DisposeAsync()
    {
        kam.Dispose();
        lead.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_lead_is_created_with_the_names_that_old_callers_know()
    {
        var name = Given.Unique("Trattoria");

        var created = await kam.Post("/api/leads/", new { restaurant_name = name, address = "1 Via Roma", city = "Rome", status = "Active", call_frequency = 14, last_call_date = Day(-3), EXPECTED_VALUE = 120_00, currency = "eur" });
        var read = await kam.Get($"/api/leads/{created.Id()}/");

        Assert.Equal((name, "1 Via Roma", "Active", "active", "14", Text(Day(-3))), (read.Text("restaurant_name"), read.Text("address"), read.Text("status"), read.Text("stage"), read.Text("call_frequency"), read.Text("last_call_date")));
        Assert.Equal(("Europe/Rome", "12000", "EUR", Cast.Kam.Name), (read.Text("time_zone"), read.Text("expected_value"), read.Text("currency"), read.Text("owner")));
        Assert.Equal(("False", Text(FromWorkday(Day(-3).AddDays(14)))), (read.Text("is_due"), read.Text("next_due")));
        Assert.Equal(read.ToString(), created.ToString());
        var moves = await app.Database(db => db.StageMoves.CountAsync(move => move.LeadId == created.Id() && move.From == null && move.To == Stage.Active, TestContext.Current.CancellationToken));
        Assert.Equal(1, moves);
    }

    [Fact]
    public async Task A_lead_that_begins_closed_keeps_why()
    {
        var one = await kam.Post("/api/leads", new { restaurant_name = Given.Unique("Gone"), status = "Closed", reason = " Moved away " });
        Assert.Equal("Closed", one.Text("status"));
        Assert.Equal((null, Stage.Closed, "Moved away"), await app.Database(db => db.StageMoves.Where(move => move.LeadId == one.Id()).Select(move => ValueTuple.Create(move.From, move.To, move.Reason)).SingleAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_logged_call_moves_the_due_date()
    {
        var one = await kam.Lead(frequency: 7);
        Assert.Equal(("True", "never reached: due now"), (one.Text("is_due"), one.Text("why")));
        Assert.Contains(one.Id(), (await kam.Get("/api/leads/due_today?pageSize=1000")).Ids());

        var logged = await kam.Post("/api/interactions/", new { lead_id = one.Id(), interaction_date = Day(-1), details = "Likes the new menu", order_placed = false });

        Assert.Equal(("call", "reached", Text(FromWorkday(Day(6)))), (logged.Text("kind"), logged.Text("outcome"), logged.Text("next_due")));
        var read = await kam.Get($"/api/leads/{one.Id()}");
        Assert.Equal((Text(Day(-1)), "False"), (read.Text("last_call_date"), read.Text("is_due")));
        Assert.DoesNotContain(one.Id(), (await kam.Get("/api/leads/due_today?pageSize=1000")).Ids());
    }

    [Theory]
    [InlineData("europe/paris", "Europe/Paris")]
    [InlineData("AMERICA/new_york", "America/New_York")]
    [InlineData("america/port-au-prince", "America/Port-au-Prince")]
    [InlineData("africa/dar_es_salaam", "Africa/Dar_es_Salaam")]
    public async Task A_zone_is_kept_as_it_is_spelt(string sent, string kept)
    {
        var one = await kam.Post("/api/leads", new { restaurant_name = Given.Unique("Spelt"), time_zone = sent });
        Assert.Equal(kept, one.Text("time_zone"));
        Assert.Equal("There is no such time zone. Use an IANA name such as Europe/Paris.", (await kam.Put($"/api/leads/{one.Id()}", new { time_zone = "europe/parys" }, HttpStatusCode.BadRequest)).Error("time_zone"));
    }

    [Fact]
    public async Task The_day_of_a_call_is_one_of_the_leads_calendar()
    {
        // It is tomorrow there already.
        var there = Day(1);
        var one = await kam.Post("/api/leads", new { restaurant_name = Given.Unique("Early"), time_zone = "Pacific/Kiritimati", last_call_date = there });

        Assert.Equal(Text(there), one.Text("last_call_date"));
        await kam.Post("/api/leads", new { restaurant_name = Given.Unique("Too early"), time_zone = "Pacific/Kiritimati", last_call_date = Day(2) }, HttpStatusCode.BadRequest);
        await kam.Post("/api/leads", new { restaurant_name = Given.Unique("Late"), time_zone = "Pacific/Pago_Pago", last_call_date = there }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_day_of_a_call_is_one_of_the_place_that_is_sent_with_it()
    {
        var one = await kam.Post("/api/leads", new { restaurant_name = Given.Unique("Moved"), time_zone = "Pacific/Pago_Pago" });

        // There it is tomorrow already; it was not where the lead had been thought to be.
        var moved = await kam.Put($"/api/leads/{one.Id()}", new { time_zone = "Pacific/Kiritimati", last_call_date = Day(1) });
        Assert.Equal(Text(Day(1)), moved.Text("last_call_date"));

        var other = await kam.Post("/api/leads", new { restaurant_name = Given.Unique("Moved"), time_zone = "Pacific/Kiritimati" });
        Assert.Equal("No call was made in the future.", (await kam.Put($"/api/leads/{other.Id()}", new { time_zone = "Pacific/Pago_Pago", last_call_date = Day(1) }, HttpStatusCode.BadRequest)).Error("last_call_date"));
        // Sent back as it was read, and with another zone, it is the same call: today of there.
        var same = await kam.Post("/api/leads", new { restaurant_name = Given.Unique("Moved"), time_zone = "Pacific/Kiritimati", last_call_date = Day(1) });
        Assert.NotEqual(Text(Day(1)), (await kam.Put($"/api/leads/{same.Id()}", new { time_zone = "Pacific/Pago_Pago", last_call_date = Day(1) })).Text("last_call_date"));
        Assert.Equal(1, await app.Database(db => db.Interactions.CountAsync(call => call.LeadId == same.Id(), TestContext.Current.CancellationToken)));
        // Noon of the new clock.
        Assert.Equal(Text(Day(-3)), (await kam.Put($"/api/leads/{other.Id()}", new { time_zone = "Pacific/Pago_Pago", last_call_date = Day(-3) })).Text("last_call_date"));
        var at = await app.Database(db => db.Interactions.Where(call => call.LeadId == other.Id()).Select(call => call.At).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Day(-3).ToDateTime(new TimeOnly(23, 0)), at);
    }

    [Theory]
    [InlineData("T00:00:00+05:30")]
    [InlineData("T23:30:00-08:00")]
    [InlineData("T00:00:00Z")]
    [InlineData(" 23:59:59")]
    [InlineData("")]
    public async Task A_day_is_the_one_that_is_written_whatever_clock_stands_behind_it(string time)
        => Assert.Equal(Text(Day(9)), (await kam.Post("/api/leads", new { restaurant_name = Given.Unique("Paused"), call_frequency = 7, paused_until = Text(Day(9)) + time })).Text("paused_until"));

    [Fact]
    public async Task Deleted_leads_show_to_who_may_bring_them_back_and_to_nobody_else()
    {
        var word = Given.Unique("Deleted");
        var (own, theirs) = (await app.Lead($"{word} own"), await app.Lead($"{word} theirs", owner: Cast.OtherKam));
        foreach (var one in new[] { own, theirs })
            await lead.Delete($"/api/leads/{one.Id}");

        Assert.Equal([own.Id], (await kam.Get($"/api/leads?q={word}&deleted=true")).Ids());
        Assert.Equal([own.Id, theirs.Id], (await lead.Get($"/api/leads?q={word}&deleted=true")).Ids().Order());
        await kam.Get($"/api/leads/{own.Id}?deleted=true");
        await kam.Get($"/api/leads/{theirs.Id}?deleted=true", HttpStatusCode.NotFound);
        await lead.Get($"/api/leads/{theirs.Id}?deleted=true");
        // Those that are there are seen as before.
        var there = await app.Lead(owner: Cast.OtherKam);
        await kam.Get($"/api/leads/{there.Id}?deleted=true");
        using var client = await app.SignedInAs(Cast.Kam);
        var page = (await client.PageAsync($"/leads?q={word}&deleted=true")).MustBeOk();
        Assert.Equal([$"lead-{own.Id}"], page.All(".lead-table tbody tr").Select(row => row.Id));
        var file = await client.GetStringAsync(new Uri($"/leads?q={word}&deleted=true&handler=Csv", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains(own.Name, file, StringComparison.Ordinal);
        Assert.DoesNotContain(theirs.Name, file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_currency_leaves_an_expected_value_what_it_is_or_asks_for_it()
    {
        var one = await kam.Post("/api/leads", new { restaurant_name = Given.Unique("Yen"), expected_value = 1250_50, currency = "EUR" });

        Assert.Contains("minor units of JPY", (await kam.Put($"/api/leads/{one.Id()}", new { currency = "JPY" }, HttpStatusCode.BadRequest)).ToString(), StringComparison.Ordinal);
        Assert.Equal("125050", (await kam.Put($"/api/leads/{one.Id()}", new { currency = "USD" })).Text("expected_value"));
        Assert.Equal(("200000", "JPY"), await kam.Put($"/api/leads/{one.Id()}", new { currency = "jpy", expected_value = 200_000 }) is var yen ? (yen.Text("expected_value"), yen.Text("currency")) : default);
    }

    [Fact]
    public async Task A_zone_nobody_gave_follows_the_place()
    {
        var one = await kam.Post("/api/leads/", new { restaurant_name = Given.Unique("Moving"), address = "12 Linking Road, Mumbai" });
        Assert.Equal("Asia/Kolkata", one.Text("time_zone"));
        Assert.Equal("Asia/Tokyo", (await kam.Put($"/api/leads/{one.Id()}", new { city = "Tokyo" })).Text("time_zone"));
        Assert.Equal("Europe/Rome", (await kam.Put($"/api/leads/{one.Id()}", new { city = "Berlin", time_zone = "Europe/Rome" })).Text("time_zone"));
        Assert.Equal("Europe/Rome", (await kam.Put($"/api/leads/{one.Id()}", new { city = "Tokyo" })).Text("time_zone"));
        // Nobody chose what isn't there, and what is typed over another one is chosen whatever is said.
        var claimed = await kam.Post("/api/leads/", new { restaurant_name = Given.Unique("Claimed"), city = "Paris", is_time_zone_chosen = true });
        Assert.Equal("Europe/Paris", claimed.Text("time_zone"));
        Assert.Equal("Asia/Tokyo", (await kam.Put($"/api/leads/{claimed.Id()}", new { city = "Tokyo" })).Text("time_zone"));
        await kam.Put($"/api/leads/{claimed.Id()}", new { time_zone = "Etc/UTC", is_time_zone_chosen = false });
        Assert.Equal("Etc/UTC", (await kam.Put($"/api/leads/{claimed.Id()}", new { city = "Rome" })).Text("time_zone"));
        var bare = await kam.Post("/api/leads/", new { restaurant_name = Given.Unique("Bare") });
        Assert.Equal(("Etc/UTC", "Asia/Tokyo"), (bare.Text("time_zone"), (await kam.Put($"/api/leads/{bare.Id()}", new { city = "Tokyo" })).Text("time_zone")));
    }

    [Fact]
    public async Task A_zone_that_was_given_stays_also_where_it_is_the_one_that_is_guessed()
    {
        var one = await kam.Post("/api/leads/", new { restaurant_name = Given.Unique("Staying"), city = "Berlin", time_zone = "Europe/Berlin" });
        await ChangeAsync(new { city = "Tokyo" }, "Europe/Berlin", true);
        // Null takes it back, and it is the place's.
        await ChangeAsync(new { time_zone = (string?)null }, "Asia/Tokyo", false);
        await ChangeAsync(new { city = "Lyon" }, "Europe/Paris", false);
        // Who sends back what was read, and another city, has chosen nothing.
        await ChangeAsync(new { city = "Berlin", time_zone = "Europe/Paris", is_time_zone_chosen = false }, "Europe/Berlin", false);
        await ChangeAsync(new { is_time_zone_chosen = true }, "Europe/Berlin", true);
        await ChangeAsync(new { city = "Tokyo" }, "Europe/Berlin", true);
        Assert.Equal("Use true or false.", (await kam.Put($"/api/leads/{one.Id()}", new { is_time_zone_chosen = "perhaps" }, HttpStatusCode.BadRequest)).Error("is_time_zone_chosen"));

        async Task ChangeAsync(object change, string zone, bool isChosen)
            => Assert.Equal((zone, isChosen), await kam.Put($"/api/leads/{one.Id()}", change) is var now ? (now.Text("time_zone"), now.GetProperty("is_time_zone_chosen").GetBoolean()) : default);
    }

    [Fact]
    public async Task A_change_keeps_what_is_absent_and_empties_what_is_null()
    {
        var one = await kam.Post("/api/leads", new { restaurant_name = "Before", address = "Old street", city = "Paris", call_frequency = 10, maximum_days = 30, next_step = "Send prices", preferred_days = Days });

        var changed = await kam.Put($"/api/leads/{one.Id()}", new { restaurantName = "After", next_step = (string?)null, CALL_FREQUENCY = 12 });

        Assert.Equal(("After", "Old street", null, "12", "30"), (changed.Text("restaurant_name"), changed.Text("address"), changed.Text("next_step"), changed.Text("call_frequency"), changed.Text("maximum_days")));
        Assert.Equal(["monday", "friday"], changed.GetProperty("preferred_days").EnumerateArray().Select(day => day.GetString()));
        Assert.Equal("Europe/Paris", changed.Text("time_zone"));
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back_whole()
    {
        var one = await kam.Post("/api/leads", new { restaurant_name = Given.Unique("Whole"), city = "Tokyo", opening_hours = "mo-fr 11-14:30", call_frequency = 5, preferred_from = "10:00", preferred_to = "11:30", paused_until = Day(3), source = "fair", is_main = true });
        var body = JsonNode.Parse(one.ToString())!.AsObject();

        Assert.Equal("Mo-Fr 11:00-14:30; Sa,Su off", one.Text("opening_hours"));
        var same = await kam.Put($"/api/leads/{one.Id()}", body);
        Assert.Equal(one.ToString().Replace(one.Text("version")!, "", StringComparison.Ordinal).Replace(one.Text("updated_at")!, "", StringComparison.Ordinal).Length, same.ToString().Replace(same.Text("version")!, "", StringComparison.Ordinal).Replace(same.Text("updated_at")!, "", StringComparison.Ordinal).Length);
        body["version"] = Guid.NewGuid().ToString();
        body["restaurant_name"] = "Stale";
        await kam.Put($"/api/leads/{one.Id()}", body, HttpStatusCode.Conflict);
        Assert.NotEqual("Stale", (await kam.Get($"/api/leads/{one.Id()}")).Text("restaurant_name"));
        // Who changes the status of what was read doesn't have to change the stage with it.
        (body["version"], body["status"]) = (null, "Contacted");
        Assert.Equal("contacted", (await kam.Put($"/api/leads/{one.Id()}", body)).Text("stage"));
    }

    [Theory]
    [InlineData("""{"call_frequency":0}""", "call_frequency", "Give a number of days from 1, or leave it empty to take the lead out of the plan.")]
    [InlineData("""{"call_frequency":-5}""", "call_frequency", "Give a number of days from 1, or leave it empty to take the lead out of the plan.")]
    [InlineData("""{"call_frequency":9,"maximum_days":5}""", "maximum_days", "The maximum can't be shorter than the interval.")]
    [InlineData("""{"call_frequency":"often"}""", "call_frequency", "Use a whole number.")]
    [InlineData("""{"restaurant_name":" "}""", "restaurant_name", "Give a value.")]
    [InlineData("""{"status":"Hot"}""", "status", "Use new, contacted, qualified, negotiation, active or closed.")]
    [InlineData("""{"status":"3"}""", "status", "Use new, contacted, qualified, negotiation, active or closed.")]
    [InlineData("""{"status":"Closed"}""", "reason", "Say why it is closed.")]
    [InlineData("""{"time_zone":"Mars/Phobos"}""", "time_zone", "There is no such time zone. Use an IANA name such as Europe/Paris.")]
    [InlineData("""{"opening_hours":"always"}""", "opening_hours", "'always' has no times. Write it like Mo-Fr 11:00-14:30,17:00-22:00, or Su off.")]
    [InlineData("""{"currency":"€"}""", "currency", "Use the three letters of ISO 4217, such as EUR.")]
    [InlineData("""{"expected_value":-1}""", "expected_value", "Use a whole number from 0 to 9999999999999.")]
    [InlineData("""{"paused_until":"soon"}""", "paused_until", "Use a day as yyyy-MM-dd.")]
    [InlineData("""{"last_call_date":"2199-01-01"}""", "last_call_date", "No call was made in the future.")]
    [InlineData("""{"owner_id":2147483647}""", "owner_id", "Only active users with the role kam or sales lead can own leads.")]
    [InlineData("""{"preferred_days":["Caturday"]}""", "preferred_days", "Use a list of sunday, monday, tuesday, wednesday, thursday, friday or saturday.")]
    [InlineData("""{"nonsense":1}""", "nonsense", "There is no such field.")]
    [InlineData("[]", "body", "Send a JSON object.")]
    public async Task A_wrong_change_is_told_at_its_field_and_changes_nothing(string body, string field, string message)
    {
        var one = await kam.Lead(frequency: 3);
        var answer = await kam.Put($"/api/leads/{one.Id()}", JsonSerializer.Deserialize<JsonElement>(body), HttpStatusCode.BadRequest);
        Assert.Equal(message, answer.Error(field));
        Assert.Equal(one.ToString(), (await kam.Get($"/api/leads/{one.Id()}")).ToString());
    }

    [Fact]
    public async Task The_currency_of_its_orders_stays_a_leads_currency()
    {
        var one = await kam.Lead();
        await kam.Post("/api/interactions", new { lead_id = one.Id(), order_value = 5000 });
        var stays = "The lead has orders in EUR, which would add up to nothing in another currency. Keep EUR.";
        Assert.Equal(stays, (await kam.Put($"/api/leads/{one.Id()}", new { currency = "usd", address = "Not kept", status = "Contacted" }, HttpStatusCode.BadRequest)).Error("currency"));
        Assert.Equal(("EUR", "", "New"), await kam.Get($"/api/leads/{one.Id()}") is var now ? (now.Text("currency"), now.Text("address"), now.Text("status")) : default);
        await kam.Put($"/api/leads/{one.Id()}", new { currency = "eur", expected_value = 7 });
    }

    [Fact]
    public async Task Deleting_takes_pocs_and_interactions_along_and_restoring_brings_them_back()
    {
        var one = await kam.Lead(frequency: 3);
        var poc = await kam.Post("/api/pocs/", new { lead_id = one.Id(), name = "Rosa Bianchi", role = "kitchen", phone_number = ContactsPhone() });
        await kam.Post("/api/interactions/", new { lead_id = one.Id(), order_placed = true, order_value = 5000 });

        await kam.Delete($"/api/leads/{one.Id()}/");

        await kam.Get($"/api/leads/{one.Id()}", HttpStatusCode.NotFound);
        await kam.Get($"/api/pocs/{poc.Id()}", HttpStatusCode.NotFound);
        await kam.Get($"/api/interactions/{one.Id()}", HttpStatusCode.NotFound);
        await kam.Get($"/api/performance/{one.Id()}", HttpStatusCode.NotFound);
        await kam.Delete($"/api/leads/{one.Id()}", HttpStatusCode.NotFound);
        await kam.Put($"/api/leads/{one.Id()}", new { address = "x" }, HttpStatusCode.NotFound);
        Assert.Contains(one.Id(), (await kam.Get("/api/leads?deleted=true&pageSize=1000")).Ids());

        var back = await kam.Post($"/api/leads/{one.Id()}/restore", null, HttpStatusCode.OK);

        Assert.Null(back.Text("deleted_at"));
        Assert.Equal("Rosa Bianchi", (await kam.Get($"/api/pocs/{poc.Id()}")).Text("name"));
        Assert.Single((await kam.Get($"/api/interactions/{one.Id()}")).EnumerateArray());
    }

    [Fact]
    public async Task A_forbidden_move_says_where_it_may_go_and_closing_asks_why()
    {
        var one = await kam.Lead();
        var address = $"/api/leads/{one.Id()}/stage";

        Assert.Equal("New can go to Contacted or Closed, not to Active.", (await kam.Post(address, new { stage = "active" }, HttpStatusCode.Conflict)).Text("detail"));
        Assert.Equal("New can go to Contacted or Closed, not to Active.", (await kam.Put($"/api/leads/{one.Id()}", new { status = "Active", address = "not kept" }, HttpStatusCode.Conflict)).Text("detail"));
        Assert.Equal("Say why it is closed.", (await kam.Post(address, new { stage = "closed" }, HttpStatusCode.BadRequest)).Error("reason"));
        Assert.Equal("Use new, contacted, qualified, negotiation, active or closed.", (await kam.Post(address, new { }, HttpStatusCode.BadRequest)).Error("stage"));
        Assert.Equal("", (await kam.Get($"/api/leads/{one.Id()}")).Text("address"));

        Assert.Equal("Closed", (await kam.Post(address, new { stage = "Closed", reason = "Moved away" }, HttpStatusCode.OK)).Text("status"));
        Assert.Equal("Contacted", (await kam.Post(address, new { status = "contacted" }, HttpStatusCode.OK)).Text("status"));
    }

    [Fact]
    public async Task Reassigning_keeps_who_is_credited_and_tells_what_was_not_there()
    {
        var other = await app.Given.User(role: Role.Kam);
        var (from, to) = (await UserId(Cast.Kam), await UserId(other));
        var one = await kam.Lead();
        await kam.Post("/api/interactions", new { lead_id = one.Id(), order_placed = true, order_value = 100 });
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        var done = await lead.Post("/api/leads/reassign", new { lead_ids = new[] { one.Id(), int.MaxValue }, owner_ids = new[] { to }, note = "New region", first_call_date = Day(2) }, HttpStatusCode.OK);

        Assert.Equal(("1", "1"), (done.Text("reassigned"), done.Text("missing")));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await lead.Post("/api/interactions", new { lead_id = one.Id(), order_placed = true, order_value = 200 });
        var credited = (await lead.Get($"/api/interactions/{one.Id()}?order_placed=true")).EnumerateArray().Where(row => row.GetProperty("order_placed").GetBoolean()).ToDictionary(row => row.GetProperty("order_value").GetInt64(), row => row.GetProperty("credited_to_id").GetInt32());
        Assert.Equal((from, to), (credited[100], credited[200]));

        Assert.Equal("Say who gets them.", (await lead.Post("/api/leads/reassign", new { lead_ids = new[] { one.Id() } }, HttpStatusCode.BadRequest)).Error("owner_ids"));
        Assert.Equal("Name leads, or whose in from_owner_id.", (await lead.Post("/api/leads/reassign", new { owner_ids = new[] { to } }, HttpStatusCode.BadRequest)).Error("lead_ids"));
        Assert.NotNull((await lead.Post("/api/leads/reassign", new { lead_ids = new[] { one.Id() }, owner_ids = new[] { await UserId(Cast.Employee) } }, HttpStatusCode.BadRequest)).Error("owner_ids"));
    }

    [Fact]
    public async Task A_kam_gives_new_leads_to_nobody_else()
    {
        var other = await UserId(await app.Given.User(role: Role.Kam));
        Assert.Equal("Only sales leads give leads to others.", (await kam.Post("/api/leads", new { restaurant_name = "Given away", owner_id = other }, HttpStatusCode.BadRequest)).Error("owner_id"));
        Assert.Equal(other, (await lead.Post("/api/leads", new { restaurant_name = "Given", owner_id = other })).GetProperty("owner_id").GetInt32());
        Assert.Null((await lead.Post("/api/leads", new { restaurant_name = "Nobody's" })).Text("owner_id"));
    }

    [Fact]
    public async Task Leads_are_found_filtered_and_paged()
    {
        var word = Given.Unique("Pagoda");
        var ids = new List<int>();
        foreach (var n in "cab")
            ids.Add((await kam.Lead($"{word} {n}", city: "Hanoi", status: n == 'a' ? "Active" : "New")).Id());

        using var answer = await kam.Answer("GET", $"/api/leads?q={word}&pageSize=2");
        var page = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal([ids[1], ids[2]], page.Ids());
        Assert.Equal("3", answer.Headers.GetValues("X-Total-Count").Single());
        Assert.Contains("rel=\"next\"", answer.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        Assert.Equal([ids[1]], (await kam.Get($"/api/leads?q={word}&status=Active")).Ids());
        Assert.Equal([ids[1]], (await kam.Get($"/api/leads?q={word}&stage=&status=Active")).Ids());
        Assert.Equal("stage and status say two things.", (await kam.Get("/api/leads?stage=new&status=active", HttpStatusCode.BadRequest)).Error("stage"));
        Assert.NotNull((await kam.Get("/api/leads?stage=new&status=hot", HttpStatusCode.BadRequest)).Error("status"));
        // However the names are spelled, the addresses that are told can be asked.
        using var spelled = await kam.Answer("GET", $"/api/leads?q={word}&PageSize=2&PageNumber=1");
        var next = System.Text.RegularExpressions.Regex.Match(spelled.Headers.GetValues("Link").Single(), "<([^>]+)>; rel=\"next\"").Groups[1].Value;
        Assert.Equal([ids[0]], (await kam.Get(next)).Ids());
        Assert.Equal("Use new, contacted, qualified, negotiation, active or closed.", (await kam.Get("/api/leads?status=Hot", HttpStatusCode.BadRequest)).Error("status"));
        Assert.Equal("Use a number from 1 to 1000.", (await kam.Get("/api/leads?pageSize=0", HttpStatusCode.BadRequest)).Error("pageSize"));
        await kam.Get("/api/leads/2147483647", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_waited_longest_is_called_first()
    {
        var word = Given.Unique("Queue");
        var (plain, main) = (await kam.Lead($"{word} plain", frequency: 30), await kam.Lead($"{word} main", frequency: 30));
        await kam.Put($"/api/leads/{main.Id()}", new { is_main = true });
        var over = await kam.Post("/api/leads", new { restaurant_name = $"{word} over", call_frequency = 5, maximum_days = 7, last_call_date = Day(-20) });

        var due = (await kam.Get("/api/leads/due_today?pageSize=1000")).EnumerateArray().Where(row => row.Text("restaurant_name")!.StartsWith(word, StringComparison.Ordinal)).ToList();

        Assert.Equal([over.Id(), main.Id(), plain.Id()], due.ConvertAll(row => row.Id()));
        Assert.Equal("True", due[0].Text("is_past_maximum"));
        Assert.InRange(due[0].GetProperty("overdue_days").GetInt32(), 13, 15);
    }

    // JSON as it is sent, the field, and what is said.
    [Theory]
    [InlineData("""{"restaurant_name":"a\u0000b"}""", "restaurant_name", "Use one line without control characters.")]
    [InlineData("""{"restaurant_name":"a\nb"}""", "restaurant_name", "Use one line without control characters.")]
    [InlineData("""{"restaurant_name":"a\ud800b"}""", "restaurant_name", "Use text; half of a character is none.")]
    [InlineData("""{"restaurant_name":"A","a\ud800":1}""", "body", "A name is no text.")]
    [InlineData("""{"restaurant_name":"A","preferred_days":["\ud800"]}""", "preferred_days", "Use a list of sunday, monday, tuesday, wednesday, thursday, friday or saturday.")]
    [InlineData("""{"restaurant_name":"A","last_call_date":"0001-01-01"}""", "last_call_date", "Give a time after 1999.")]
    [InlineData("""{"restaurant_name":"A","last_call_date":"9999-12-31"}""", "last_call_date", "No call was made in the future.")]
    [InlineData("""{"restaurant_name":"A","last_call_date":"2026-02-30"}""", "last_call_date", "Use a day as yyyy-MM-dd.")]
    [InlineData("""{"restaurant_name":"A","expected_value":9223372036854775807}""", "expected_value", "Use a whole number from 0 to 9999999999999.")]
    [InlineData("""{"restaurant_name":"A","call_frequency":99999999999999999999}""", "call_frequency", "Use a whole number.")]
    [InlineData("""{"restaurant_name":["A"]}""", "restaurant_name", "Use text.")]
    [InlineData("""{"restaurant_name":"A","status":"Closed"}""", "reason", "Say why it is closed.")]
    [InlineData("""{"restaurant_name":"A","stage":"closed","reason":" "}""", "reason", "Say why it is closed.")]
    [InlineData("[]", "body", "Send a JSON object.")]
    public async Task What_is_no_lead_is_told_at_its_field_and_none_is_made(string body, string field, string message)
    {
        var before = await app.Database(db => db.Leads.CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(message, (await kam.Post("/api/leads", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), HttpStatusCode.BadRequest)).Error(field));
        Assert.Equal(before, await app.Database(db => db.Leads.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("""{"interaction_date":"0001-01-01"}""", "interaction_date", "Give a time after 1999.")]
    [InlineData("""{"interaction_date":"0001-01-01T00:00"}""", "interaction_date", "Give a time after 1999.")]
    [InlineData("""{"interaction_date":"9999-12-31"}""", "interaction_date", "It can't be in the future.")]
    [InlineData("""{"details":"a\u0000b"}""", "details", "Use text without control characters.")]
    [InlineData("""{"order_value":9223372036854775807}""", "order_value", "Use a whole number from 0 to 9999999999999.")]
    public async Task What_cannot_have_happened_is_told_at_its_field(string body, string field, string message)
    {
        var made = await kam.Lead();
        var sent = System.Text.Json.Nodes.JsonNode.Parse(body)!.AsObject();
        sent["lead_id"] = made.Id();
        Assert.Equal(message, (await kam.Post("/api/interactions", sent, HttpStatusCode.BadRequest)).Error(field));
        Assert.Equal(0, await app.Database(db => db.Interactions.CountAsync(one => one.LeadId == made.Id(), TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task The_largest_amounts_can_still_be_added_up_everywhere()
    {
        await using var own = await RunningApp.StartAsync();
        using var caller = await ApiCaller.OfAsync(own, Cast.SalesLead);
        for (var i = 0; i < 2; i++)
        {
            var made = await caller.Post("/api/leads", new { restaurant_name = $"Large {i}", expected_value = MinorUnits.Largest, owner_id = await own.UserId(Cast.Kam) });
            for (var j = 0; j < 2; j++)
                await caller.Post("/api/interactions", new { lead_id = made.Id(), order_value = MinorUnits.Largest });
        }

        using var client = await own.SignedInAs(Cast.SalesLead);
        foreach (var url in new[] { "/", "/leads", "/leads/board", "/leads/due", "/performance?show=average", "/performance/charts" })
            (await client.PageAsync(url)).MustBeOk();
        Assert.Contains("399,999,999,999.96", (await client.PageAsync("/performance/charts")).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/leads?owner_id=abc", "owner_id", "Use a whole number.")]
    [InlineData("/api/leads?due=maybe", "due", "Use true or false.")]
    [InlineData("/api/leads/due_today?owner_id=99999999999", "owner_id", "Use a whole number.")]
    public async Task An_address_that_cannot_be_read_is_told_at_its_parameter(string address, string parameter, string message)
        => Assert.Equal(message, (await kam.Get(address, HttpStatusCode.BadRequest)).Error(parameter));

    [Fact]
    public async Task The_queue_is_in_the_order_of_the_page()
    {
        await using var own = await RunningApp.StartAsync();
        using var caller = await ApiCaller.OfAsync(own, Cast.Kam);
        // 11:00 in Berlin on a Wednesday.
        var closed = await own.Lead("Closed now", interval: 7, hours: "Mo-Fr 18:00-23:00");
        var open = await own.Lead("Open now", interval: 7, hours: "Mo-Fr 08:00-23:00");
        var main = await own.Lead("Main", interval: 7, isMain: true, hours: "Mo-Fr 18:00-23:00");
        var tried = await own.Lead("Tried yesterday", interval: 7);
        await own.Logged(tried, daysAgo: 20);
        await own.Logged(tried, outcome: CallOutcome.NoAnswer, daysAgo: 1);
        using var client = await own.SignedInAs(Cast.Kam);
        var page = (await client.PageAsync("/leads/due")).MustBeOk();

        var due = await caller.Get("/api/leads/due_today");

        Assert.Equal([tried.Id, main.Id, open.Id, closed.Id], due.Ids());
        Assert.Equal(due.Ids().Select(id => $"lead-{id}"), page.All("[data-due]").Select(row => row.Id));
        Assert.Equal([main.Id, open.Id], (await caller.Get("/api/leads/due_today?pageNumber=2&pageSize=1")).Ids().Concat((await caller.Get("/api/leads/due_today?pageNumber=3&pageSize=1")).Ids()));
    }

    [Fact]
    public async Task The_number_of_all_is_that_of_those_listed()
    {
        await using var own = await RunningApp.StartAsync();
        using var lead = await ApiCaller.OfAsync(own, Cast.SalesLead);
        using var kam = await ApiCaller.OfAsync(own, Cast.Kam);
        var gone = await own.Lead(owner: Cast.Kam);
        await own.Lead(owner: Cast.Kam, stage: Stage.Active);
        await own.Lead(owner: Cast.OtherKam);
        await own.Lead(unowned: true);
        await lead.Delete($"/api/leads/{gone.Id}");
        var (mine, others) = (await own.UserId(Cast.Kam), await own.UserId(Cast.OtherKam));

        foreach (var (caller, question, expected) in new[]
        {
            (lead, "", 3), (lead, $"owner_id={mine}", 1), (lead, $"owner_id={others}", 1), (lead, "owner_id=0", 0), (lead, "owner_id=999999", 0), (lead, "status=active", 1), (lead, "deleted=true", 1),
            (kam, "", 3), (kam, $"owner_id={others}", 1),
        })
        {
            using var answer = await caller.Answer("GET", $"/api/leads?{question}");
            Assert.Equal((question, expected, $"{expected}"), (question, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetArrayLength(), answer.Headers.GetValues("X-Total-Count").Single()));
        }
    }

    [Fact]
    public async Task The_queue_is_in_one_order_at_every_depth()
    {
        await using var own = await RunningApp.StartAsync();
        using var caller = await ApiCaller.OfAsync(own, Cast.SalesLead);
        var random = new Random(3);
        for (var i = 0; i < 60; i++)
        {
            var lead = await own.Lead(owner: i % 3 == 0 ? Cast.OtherKam : Cast.Kam, interval: 5 + random.Next(20), maximum: random.Next(2) == 0 ? 40 : null, isMain: random.Next(3) == 0, hours: random.Next(3) switch { 0 => null, 1 => "Mo-Fr 08:00-23:00", _ => "Mo-Fr 18:00-23:00" });
            if (random.Next(3) > 0)
                await own.Logged(lead, daysAgo: random.Next(70));
            if (random.Next(4) == 0)
                await own.Logged(lead, outcome: CallOutcome.NoAnswer, daysAgo: 1);
        }

        // Past the maximum without a missed day: a pause or a promise that ends today.
        await own.Database(async db => await db.Leads.Where(lead => lead.PastMaximumAt != null && lead.Id % 2 == 0).ExecuteUpdateAsync(set => set.SetProperty(lead => lead.OverdueAt, (DateTime?)null)));
        var places = await own.Database(db => db.Leads.Current().DueQueueAsync(own.Clock.UtcNow, TestContext.Current.CancellationToken));
        var states = await own.Database(db => db.Leads.DueStatesAsync(places, own.Clock.UtcNow, TestContext.Current.CancellationToken));
        // What is sorted by and what shows are read in two ways.
        Assert.Equal(places, states.Select(state => DuePlace.Of(state.Group, state.Lead.IsMain, state.IsOpen, state.Lead.DueAt, state.Lead.Id)));
        var queue = states.ConvertAll(state => (state.Lead.Id, state.Group, state.Lead.IsMain, state.IsOpen));
        // Of every kind there are some.
        Assert.True(queue.Select(one => one.Group).Distinct().Count() == 3 && queue.Select(one => (one.Group, one.IsMain, one.IsOpen)).Distinct().Count() > 9);
        var paged = new List<int>();
        for (var page = 1; page <= (queue.Count / 7) + 1; page++)
            paged.AddRange((await caller.Get($"/api/leads/due_today?pageNumber={page}&pageSize=7")).Ids());

        Assert.Equal(queue.Select(one => one.Id), paged);
        // Where more are due than are put in order together, pages are still parts of one list, and hold every lead once.
        var all = await own.Database(db => db.Leads.Current().DuePageAsync(own.Clock.UtcNow, places.Count, 0, 100, most: 10, TestContext.Current.CancellationToken));
        Assert.Equal(paged.Order(), all.Order());
        Assert.Equal(queue.Select(one => (one.Group, one.IsMain)), all.Select(id => queue.Find(one => one.Id == id)).Select(one => (one.Group, one.IsMain)));
        Assert.Equal(all, await own.Database(db => db.Leads.Current().DuePageAsync(own.Clock.UtcNow, total: 0, 0, 100, most: 10, TestContext.Current.CancellationToken)));
        for (var start = 0; start < all.Count; start += 7)
            Assert.Equal(all.Skip(start).Take(7), await own.Database(db => db.Leads.Current().DuePageAsync(own.Clock.UtcNow, places.Count, start, 7, most: 10, TestContext.Current.CancellationToken)));
        Assert.Empty((await caller.Get("/api/leads/due_today?pageNumber=100&pageSize=7")).Ids());
        using var answer = await caller.Answer("GET", $"/api/leads/due_today?owner_id={await own.UserId(Cast.OtherKam)}");
        Assert.InRange(int.Parse(answer.Headers.GetValues("X-Total-Count").Single(), System.Globalization.CultureInfo.InvariantCulture), 1, 20);
    }

    [Fact]
    public async Task A_change_that_is_refused_halfway_changes_nothing()
    {
        var made = await kam.Lead("Whole", frequency: 14);
        var stored = await app.Database(db => db.Leads.AsNoTracking().SingleAsync(one => one.Id == made.Id(), TestContext.Current.CancellationToken));
        var (by, employee) = (await app.Viewer(Cast.Kam), await app.UserId(Cast.Employee));

        var refused = await app.Operation<SaveLead, SaveLead.Result>(save => save.RunAsync(
            new SaveLead.Request(stored.Id, null, Stage.Contacted, null, plan => plan with { IntervalDays = 7 }, one => one.Name = "Half", new InteractionValues(InteractionKind.Call, CallOutcome.Reached), employee), by, TestContext.Current.CancellationToken));

        Assert.Equal("To", refused.Refused?.Field);
        Assert.Equal(stored.Version.ToString(), (await kam.Get($"/api/leads/{stored.Id}")).Text("version"));
        Assert.Equal((Stage.New, 14, "Whole", (DateTime?)null), await app.Now(stored) is var now ? (now.Stage, now.IntervalDays, now.Name, now.LastTouchAt) : default);
        Assert.Equal((1, 0), await app.Database(async db => (await db.StageMoves.CountAsync(move => move.LeadId == stored.Id), await db.Interactions.CountAsync(one => one.LeadId == stored.Id))));
    }

    [Fact]
    public async Task Two_who_change_different_fields_at_once_both_get_what_they_sent()
    {
        var made = await kam.Lead(frequency: 14);
        var url = $"/api/leads/{made.Id()}";
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? kam.Put(url, new { call_frequency = 20 + i }) : lead.Put(url, new { maximum_days = 60 + i })));
        var now = await kam.Get(url);
        Assert.InRange(now.GetProperty("call_frequency").GetInt32(), 20, 26);
        Assert.InRange(now.GetProperty("maximum_days").GetInt32(), 61, 67);

        // Who says which version was read is told instead.
        var version = now.Text("version");
        await kam.Put(url, new { address = "First", version });
        await lead.Put(url, new { address = "Second", version }, HttpStatusCode.Conflict);
        Assert.Equal("First", (await kam.Get(url)).Text("address"));
    }

    private static readonly string[] Days = ["monday", "Friday"];

    private DateOnly Day(int days) => app.Clock.Today.AddDays(days);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static DateOnly FromWorkday(DateOnly day) => NextDue.NextPreferred(day, Data.Directory.Workdays.None);

    private static string ContactsPhone() => Contacts.ContactsGiven.Phone();

    private Task<int> UserId(Person person) => app.Database(db => db.Users.Where(user => user.Email == person.Email).Select(user => user.Id).SingleAsync(TestContext.Current.CancellationToken));
}
