using System.Net;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

public sealed class LeadEditTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lead_is_entered_with_its_plan_and_its_zone_is_guessed()
    {
        var name = Given.Unique("Bistro");
        using var client = await app.SignedInAs(Cast.Kam);

        var answer = await (await client.PageAsync("/leads/edit")).MustBeOk().Form("Add")
            .Fill("Name", $" {name} ").Fill("City", "Lyon").Fill("Opening hours", "mo-fr 11-14:30; su off").Fill("Expected value", "1250.5").Fill("Currency", "eur").Fill("Source", "referral")
            .Tick("Main account: first among those to call").Fill("Call every … days", "14").Fill("At most … days apart", "30").Choose("Input.PreferredDays", "Tuesday").Fill("Preferred from", "15:00").Fill("to", "17:00")
            .SubmitAsync(follow: false);

        answer.MustBe(HttpStatusCode.Redirect);
        var lead = await app.Database(db => db.Leads.AsNoTracking().SingleAsync(one => one.Name == name, Cancellation));
        Assert.Equal($"/leads/{lead.Id}", answer.RedirectsTo);
        Assert.Equal((await app.UserId(Cast.Kam), Stage.New, "Lyon", "Europe/Paris", 125050L, "EUR", true), (lead.OwnerId!.Value, lead.Stage, lead.City, lead.TimeZone, lead.ExpectedValue!.Value, lead.Currency, lead.IsMain));
        Assert.Equal(new CallPlan(14, 30, Workdays.Tuesday, new TimeOnly(15, 0), new TimeOnly(17, 0)), lead.Plan);
        Assert.StartsWith("Mo-Fr 11:00-14:30", lead.OpeningHours, StringComparison.Ordinal);
        Assert.Equal(1, await app.Database(db => db.OwnershipPeriods.CountAsync(period => period.LeadId == lead.Id && period.To == null, Cancellation)));
    }

    [Fact]
    public async Task The_guess_follows_the_city_until_somebody_chooses()
    {
        using var client = await app.SignedInAs(Cast.Kam);
        var zone = (await client.PageAsync("/leads/edit?handler=Zone&Input.City=Lyon&Input.TimeZone=&guessed=")).MustBeOk();
        Assert.Equal(("Europe/Paris", "Europe/Paris", "By the city, Lyon."), Read(zone));
        zone = (await client.PageAsync("/leads/edit?handler=Zone&Input.City=Mumbai&Input.TimeZone=Europe/Paris&guessed=Europe/Paris")).MustBeOk();
        Assert.Equal("Asia/Kolkata", Read(zone).Zone);
        zone = (await client.PageAsync("/leads/edit?handler=Zone&Input.City=Mumbai&Input.TimeZone=Europe/Rome&guessed=Europe/Paris")).MustBeOk();
        Assert.Equal("Europe/Rome", Read(zone).Zone);
        // A place that isn't known takes back nothing.
        zone = (await client.PageAsync("/leads/edit?handler=Zone&Input.City=Kleinmachnow&Input.TimeZone=Europe/Berlin&guessed=Europe/Berlin")).MustBeOk();
        Assert.Equal(("Europe/Berlin", "Europe/Berlin"), (Read(zone).Zone, Read(zone).Guessed));

        static (string? Zone, string? Guessed, string Why) Read(Page page)
            => (page.One("[name='Input.TimeZone']").GetAttribute("value"), page.One("[name=guessed]").GetAttribute("value"), page.One("#zone-hint").Words());
    }

    [Fact]
    public async Task A_sales_lead_gives_a_new_lead_to_somebody_and_changes_any()
    {
        var name = Given.Unique("Cantine");
        using var client = await app.SignedInAs(Cast.SalesLead);
        (await (await client.PageAsync("/leads/edit")).MustBeOk().Form("Add").Fill("Name", name).Fill("Owner", Cast.OtherKam.Name).Fill("Stage", "Qualified").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);
        var lead = await app.Database(db => db.Leads.AsNoTracking().SingleAsync(one => one.Name == name, Cancellation));
        Assert.Equal((await app.UserId(Cast.OtherKam), Stage.Qualified, "Etc/UTC"), (lead.OwnerId!.Value, lead.Stage, lead.TimeZone));

        (await (await client.PageAsync($"/leads/edit/{lead.Id}")).MustBeOk().Form("Save").Fill("City", "Tokyo").Fill("Time zone", "Asia/Tokyo").Fill("Call every … days", "7").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);
        var now = await app.Now(lead);
        Assert.Equal(("Tokyo", "Asia/Tokyo", 7, Stage.Qualified, lead.OwnerId), (now.City, now.TimeZone, now.IntervalDays!.Value, now.Stage, now.OwnerId));
        Assert.NotNull(now.DueAt);
    }

    [Theory]
    [InlineData("Name", "", "Give the lead a name.")]
    [InlineData("Name", "x*201", "At most 200 characters.")]
    [InlineData("Time zone", "Moon/Crater", "This is not the name of a time zone, such as Europe/Berlin. Leave it empty to have it guessed from the city.")]
    [InlineData("Opening hours", "always", "'always' has no times. Write it like Mo-Fr 11:00-14:30,17:00-22:00, or Su off.")]
    [InlineData("Expected value", "-1", "Give an amount from 0.")]
    [InlineData("Expected value", "1.234", "EUR has 2 decimals.")]
    [InlineData("Currency", "EURO", "Give the three letters of a currency, such as EUR.")]
    [InlineData("Call every … days", "0", "Give a number of days from 1, or leave it empty to take the lead out of the plan.")]
    [InlineData("Call every … days", "-3", "Give a number of days from 1, or leave it empty to take the lead out of the plan.")]
    [InlineData("At most … days apart", "3", "The maximum can't be shorter than the interval.")]
    [InlineData("Preferred from", "09:00", "Give both a beginning and an end, or neither.", "to")]
    [InlineData("Next step", "x*501", "At most 500 characters.")]
    public async Task Bad_input_is_told_at_its_field_and_changes_nothing(string field, string value, string message, string? at = null)
    {
        var lead = await app.Lead(interval: 7);
        using var client = await app.SignedInAs(Cast.Kam);
        var typed = value.StartsWith("x*", StringComparison.Ordinal) ? new string('x', int.Parse(value[2..], null)) : value;

        var page = (await (await client.PageAsync($"/leads/edit/{lead.Id}")).MustBeOk().Form("Save").Fill("Address", "Typed").Fill(field, typed).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(message, page.FieldError(at ?? field));
        Assert.Equal("Typed", page.Form("Save").Value("Address"));
        Assert.Equal(lead.Version, (await app.Now(lead)).Version);
    }

    [Fact]
    public async Task Of_two_who_change_one_lead_the_second_is_told()
    {
        var lead = await app.Lead();
        using var client = await app.SignedInAs(Cast.Kam);
        var first = (await client.PageAsync($"/leads/edit/{lead.Id}")).Form("Save");
        var second = (await client.PageAsync($"/leads/edit/{lead.Id}")).Form("Save");
        (await first.Fill("City", "Bonn").Fill("Expected value", "1250.50").Fill("Call every … days", "14").Choose("Input.PreferredDays", "Tuesday").Tick("Main account: first among those to call").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);

        var page = (await second.Fill("City", "Goa").Fill("Next step", "Typed").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody changed this lead in the meantime. What is stored now stands beside each field that differs", page.Text, StringComparison.Ordinal);
        Assert.Equal("Bonn", (await app.Now(lead)).City);
        Assert.Equal(
            ["City: Bonn", "ExpectedValue: 1250.5", "IntervalDays: 14", "IsMain: yes", "NextStep: empty", "PreferredDays: Tuesday"],
            page.All("[id$='-now']").Select(now => $"{now.Id!["Input_".Length..^"-now".Length]}: {now.Words()["now: ".Length..]}").Order(StringComparer.Ordinal));
        Assert.Equal(("Goa", "Typed"), (page.Form("Save").Value("City"), page.Form("Save").Value("Next step")));

        // Knowingly: what stands in the fields now is what is wanted.
        (await page.Form("Save").Fill("Call every … days", "14").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);
        Assert.Equal(("Goa", "Typed", 14, false), await app.Now(lead) is var now ? (now.City, now.NextStep, now.IntervalDays!.Value, now.IsMain) : default);
    }

    [Fact]
    public async Task Who_changed_nothing_of_the_form_is_told_so()
    {
        var lead = await app.Lead();
        using var client = await app.SignedInAs(Cast.Kam);
        var form = (await client.PageAsync($"/leads/edit/{lead.Id}")).Form("Save");
        (await (await client.PageAsync($"/leads/{lead.Id}")).Form("Move").Fill("Move to", "Contacted").SubmitAsync()).MustBeOk();
        var page = (await form.SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Somebody changed this lead in the meantime, but nothing that stands here. Save again.", page.Text, StringComparison.Ordinal);
        (await page.Form("Save").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task The_currency_of_its_orders_stays()
    {
        var (lead, without) = (await app.Lead(value: 500), await app.Lead(value: 500));
        await app.Logged(lead, InteractionKind.Order, value: 1000);
        using var client = await app.SignedInAs(Cast.Kam);
        var page = (await (await client.PageAsync($"/leads/edit/{lead.Id}")).Form("Save").Fill("Currency", "USD").Fill("Next step", "Typed").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("The lead has orders in EUR, which would add up to nothing in another currency. Keep EUR.", page.FieldError("Currency"));
        Assert.Equal(("Typed", lead.Version), (page.Form("Save").Value("Next step"), (await app.Now(lead)).Version));
        (await (await client.PageAsync($"/leads/edit/{without.Id}")).Form("Save").Fill("Currency", "USD").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);
        Assert.Equal("USD", (await app.Now(without)).Currency);
    }

    [Fact]
    public async Task A_zone_that_was_guessed_follows_the_city_without_script_too()
    {
        var (guessed, chosen) = (await app.Lead(city: "Berlin"), await app.Lead(city: "Berlin", zone: "Europe/Rome"));
        using var client = await app.SignedInAs(Cast.Kam);
        foreach (var (lead, expected) in new[] { (guessed, "Asia/Tokyo"), (chosen, "Europe/Rome") })
        {
            (await (await client.PageAsync($"/leads/edit/{lead.Id}")).Form("Save").Fill("City", "Tokyo").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);
            Assert.Equal(expected, (await app.Now(lead)).TimeZone);
        }

        // Somebody says otherwise.
        (await (await client.PageAsync($"/leads/edit/{guessed.Id}")).Form("Save").Fill("City", "Lyon").Fill("Time zone", "Asia/Seoul").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);
        Assert.Equal("Asia/Seoul", (await app.Now(guessed)).TimeZone);
        // While it is typed, the address alone does, too.
        Assert.Equal("Asia/Kolkata", (await client.PageAsync("/leads/edit?handler=Zone&Input.City=&Input.Address=12 Linking Road, Mumbai&Input.TimeZone=&guessed=")).MustBeOk().One("[name='Input.TimeZone']").GetAttribute("value"));
    }

    [Fact]
    public async Task A_zone_that_somebody_chose_stays_also_where_it_is_the_one_that_is_guessed()
    {
        var lead = await app.Lead(city: "Berlin");
        const string stays = "Stays when city or address change";
        using var client = await app.SignedInAs(Cast.Kam);
        await SaveAsync(form => form.Tick(stays), "Berlin", "Europe/Berlin", true);
        await SaveAsync(form => form.Fill("City", "Tokyo"), "Tokyo", "Europe/Berlin", true);
        // While the city is typed, too.
        var zone = (await client.PageAsync("/leads/edit?handler=Zone&Input.City=Lyon&Input.TimeZone=Europe/Berlin&Input.IsTimeZoneChosen=true&guessed=Europe/Berlin")).MustBeOk();
        Assert.Equal(("Europe/Berlin", true), (zone.One("[name='Input.TimeZone']").GetAttribute("value"), zone.One("[name='Input.IsTimeZoneChosen']").HasAttribute("checked")));
        // Taken back, it is the place's again.
        await SaveAsync(form => form.Tick(stays, on: false), "Tokyo", "Asia/Tokyo", false);
        await SaveAsync(form => form.Fill("City", "Lyon"), "Lyon", "Europe/Paris", false);
        // Emptied, it is guessed, whatever the box says.
        await SaveAsync(form => form.Fill("Time zone", "").Tick(stays), "Lyon", "Europe/Paris", false);
        // Typed over the guess, it is chosen without saying so.
        await SaveAsync(form => form.Fill("Time zone", "Europe/Rome"), "Lyon", "Europe/Rome", true);

        async Task SaveAsync(Func<Form, Form> fill, string city, string expected, bool isChosen)
        {
            (await fill((await client.PageAsync($"/leads/edit/{lead.Id}")).MustBeOk().Form("Save")).SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);
            Assert.Equal((city, expected, isChosen), await app.Now(lead) is var now ? (now.City, now.TimeZone, now.IsTimeZoneChosen) : default);
        }
    }

    [Fact]
    public async Task A_zone_that_is_typed_for_a_new_lead_is_chosen_and_one_that_was_guessed_is_not()
    {
        using var client = await app.SignedInAs(Cast.Kam);
        foreach (var (typed, isChosen) in new[] { ("Europe/Berlin", true), ("", false) })
        {
            var name = Given.Unique("Zoned");
            (await (await client.PageAsync("/leads/edit")).MustBeOk().Form("Add").Fill("Name", name).Fill("City", "Berlin").Fill("Time zone", typed).SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);
            Assert.Equal(("Europe/Berlin", isChosen), await app.Database(db => db.Leads.AsNoTracking().SingleAsync(one => one.Name == name, Cancellation)) is var lead ? (lead.TimeZone, lead.IsTimeZoneChosen) : default);
        }
    }

    [Fact]
    public async Task There_is_no_form_for_what_is_not_there_or_not_theirs()
    {
        var lead = await app.Lead(owner: Cast.OtherKam);
        using var client = await app.SignedInAs(Cast.Kam);
        (await client.PageAsync("/leads/edit/999999")).MustBe(HttpStatusCode.NotFound);
        (await client.PageAsync($"/leads/edit/{lead.Id}")).MustBe(HttpStatusCode.NotFound);
    }
}
