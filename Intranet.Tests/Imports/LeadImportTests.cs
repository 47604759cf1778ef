using Intranet.Data.Contacts;
using Intranet.Data.Imports;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Intranet.Tests.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Imports;

public sealed class LeadImportTests(ImportsApp app) : IClassFixture<ImportsApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private const string Header = "Id,Name,Address,City,TimeZone,OpeningHours,Stage,Source,ExpectedValue,Currency,Owner,IsMain,NextStep,CallFrequency,MaximumDays,PreferredDays,StageHistory,OwnerHistory";

    private static string Csv(params string[] rows) => string.Join("\r\n", [Header, .. rows]) + "\r\n";

    private static (int New, int Updated, int Same, int Error) Counts(Import import) => (import.NewRows, import.UpdatedRows, import.SameRows, import.ErrorRows);

    private Task<Lead> Row(string id) => app.Database(db => db.Leads.AsNoTracking().Include(lead => lead.Owner).SingleAsync(lead => lead.ExternalId == id, Cancellation));

    [Fact]
    public async Task Two_rows_about_one_lead_are_seen_however_they_name_it_and_two_leads_of_one_id_are_told_apart()
    {
        var (id, one, other) = (Given.Unique("twice"), await app.Lead(), await app.Lead());
        await app.Database(db => db.Leads.Where(lead => lead.Id == one.Id || lead.Id == other.Id).ExecuteUpdateAsync(set => set.SetProperty(lead => lead.ExternalId, id), Cancellation));
        const string header = "IntranetId,Id,Name,NextStep\r\n";

        Assert.Equal((0, 2, 0, 0), Counts(await app.StateAsync(await app.PreviewAsync($"{header}{one.Id},{id},{one.Name},Call\r\n{other.Id},{id},{other.Name},Call\r\n", kind: "leads"))));
        Assert.Equal((0, 1, 0, 1), Counts(await app.StateAsync(await app.PreviewAsync($"{header}{one.Id},{id},{one.Name},Call\r\n,{id},Another name,Write\r\n", kind: "leads"))));
    }

    [Fact]
    public async Task A_row_becomes_a_lead_with_its_histories_and_the_same_file_again_changes_nothing()
    {
        var id = Given.Unique("l");
        var file = Csv($"{id},Trattoria {id},1 Via Roma,Rome,,\"mo-fr 11-14:30\",Qualified,Fair,1250.50,eur,{Cast.Kam.Email},yes,Send samples,14,30,\"Tue,Thu\",New 2030-01-10; Contacted 2030-02-01 15:00; Qualified today-5,{Cast.SalesLead.Email} 2030-01-10; {Cast.Kam.Email} 2030-03-01");
        var preview = await app.PreviewAsync(file, kind: "leads");
        Assert.Equal(0, await app.Database(db => db.Leads.CountAsync(lead => lead.ExternalId == id, Cancellation)));
        await app.ApplyAsync(preview);

        var lead = await Row(id);
        Assert.Equal(("1 Via Roma", "Rome", "Europe/Rome", "Mo-Fr 11:00-14:30; Sa,Su off", Stage.Qualified, "Fair", 125_050, "EUR", Cast.Kam.Email, true, "Send samples"),
            (lead.Address, lead.City, lead.TimeZone, lead.OpeningHours, lead.Stage, lead.Source, lead.ExpectedValue, lead.Currency, lead.Owner!.Email, lead.IsMain, lead.NextStep));
        Assert.Equal((14, 30, Data.Directory.Workdays.Tuesday | Data.Directory.Workdays.Thursday), (lead.IntervalDays, lead.MaximumDays, lead.PreferredDays));
        Assert.NotNull(lead.DueAt);
        var moves = await app.Database(db => db.StageMoves.Where(move => move.LeadId == lead.Id).OrderBy(move => move.At).Select(move => new { move.From, move.To, move.At }).ToListAsync(Cancellation));
        Assert.Equal([(null, Stage.New), (Stage.New, Stage.Contacted), (Stage.Contacted, Stage.Qualified)], moves.ConvertAll(move => (move.From, move.To)));
        Assert.Equal(new DateTime(2030, 2, 1, 14, 0, 0, DateTimeKind.Utc), moves[1].At);
        Assert.Equal(2, await app.Database(db => db.OwnershipPeriods.CountAsync(period => period.LeadId == lead.Id, Cancellation)));
        Assert.Equal(1, await app.Database(db => db.LeadPerformance.CountAsync(one => one.LeadId == lead.Id && one.Label == PerformanceLabel.Under, Cancellation)));
        Assert.Equal([lead.Id], await app.Database(db => db.Leads.Matching(db, $"tratt {id}").Select(one => one.Id).ToListAsync(Cancellation)));

        Assert.Equal((0, 0, 1, 0), Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "leads"))));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_row_is_told_at_once_and_a_lead_without_a_name_is_called_by_its_city()
    {
        var page = await app.PreviewAsync($"Id,Name,City,Currency,Stage,IsMain\n{Given.Unique("l")},,Paris,EURO,Asleep,perhaps\n", kind: "leads");

        var row = page.Line(2);
        Assert.Contains("Name is empty. Every row needs one.", row, StringComparison.Ordinal);
        Assert.Contains("Currency: Currency has 4 characters. At most 3 fit.", row, StringComparison.Ordinal);
        Assert.DoesNotContain("three letters", row, StringComparison.Ordinal);
        Assert.Contains("Stage: The stage is New,", row, StringComparison.Ordinal);
        Assert.Contains("IsMain: Write yes or no.", row, StringComparison.Ordinal);
        Assert.Equal(["Paris"], page.Texts("td[data-label=Row]"));
    }

    [Fact]
    public async Task A_known_lead_is_updated_and_its_steps_are_kept()
    {
        var id = Given.Unique("l");
        await app.ImportAsync(Csv($"{id},Before,Old street,Berlin,,,New,,100,EUR,{Cast.Kam.Email},no,,7,,,,"), kind: "leads");
        var before = await Row(id);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        var page = await app.ImportAsync(Csv($"{id},After {id},,,,,Contacted,,200,,{Cast.SalesLead.Email},,,10,,,,"), kind: "leads");

        Assert.Equal((0, 1, 0, 0), Counts(await app.StateAsync(page)));
        var lead = await Row(id);
        Assert.Equal((before.Id, $"After {id}", "Old street", Stage.Contacted, 20_000, Cast.SalesLead.Email, 10), (lead.Id, lead.Name, lead.Address, lead.Stage, lead.ExpectedValue, lead.Owner!.Email, lead.IntervalDays));
        Assert.NotEqual(before.Version, lead.Version);
        Assert.Equal(1, await app.Database(db => db.StageMoves.CountAsync(move => move.LeadId == lead.Id && move.From == Stage.New && move.To == Stage.Contacted, Cancellation)));
        var periods = await app.Database(db => db.OwnershipPeriods.Where(period => period.LeadId == lead.Id).OrderBy(period => period.From).Select(period => new { period.From, period.To }).ToListAsync(Cancellation));
        Assert.Equal((2, periods[1].From, null), (periods.Count, periods[0].To, periods[1].To));
        Assert.Contains("Before", await app.Database(db => db.AuditEntries.Where(entry => entry.Subject == "Lead" && entry.SubjectId == lead.Id && entry.Action == "changed").Select(entry => entry.Details).SingleAsync(Cancellation)), StringComparison.Ordinal);
        Assert.Equal([lead.Id], await app.Database(db => db.Leads.Matching(db, $"after {id}").Select(one => one.Id).ToListAsync(Cancellation)));
    }

    [Fact]
    public async Task A_step_that_the_board_forbids_is_told_before_and_kept_with_who_did_it_and_why()
    {
        var (id, other) = (Given.Unique("l"), Given.Unique("l"));
        await app.ImportAsync(Csv($"{id},Name {id},,Berlin,,,New,,,,,,,,,,,", $"{other},Name {other},,Berlin,,,New,,,,,,,,,,,"), kind: "leads");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var file = $"Id,Name,Stage,Reason\r\n{id},Name {id},Active,Signed at the fair\r\n{other},Name {other},Contacted,\r\n";

        var preview = await app.PreviewAsync(file, kind: "leads");

        Assert.Contains("1 lead changes its stage in a step that isn't among the allowed moves. Applying does it nevertheless, as a correction in your name.", preview.Text, StringComparison.Ordinal);
        Assert.Equal(Stage.New, (await Row(id)).Stage);
        await app.ApplyAsync(preview);
        var lead = await Row(id);
        Assert.Equal(Stage.Active, lead.Stage);
        var step = await app.Database(db => db.StageMoves.SingleAsync(move => move.LeadId == lead.Id && move.From == Stage.New, Cancellation));
        Assert.Equal((Stage.Active, Cast.SalesLead.Name, "Signed at the fair"), (step.To, step.ByName, step.Reason));
        Assert.Equal(Cast.SalesLead.Email, await app.Database(db => db.Users.Where(user => user.Id == step.ById).Select(user => user.Email).SingleAsync(Cancellation)));
        // What is allowed is not told.
        preview = await app.PreviewAsync($"Id,Name,Stage\r\n{other},Name {other},Qualified\r\n", kind: "leads");
        Assert.DoesNotContain("allowed moves", preview.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zone_that_a_file_gives_stays_also_where_it_is_the_one_that_is_guessed()
    {
        var (given, same, other) = (Given.Unique("l"), Given.Unique("l"), Given.Unique("l"));
        await app.ImportAsync($"Id,Name,City,TimeZone\r\n{given},Name {given},Berlin,Europe/Berlin\r\n{same},Name {same},Berlin,\r\n{other},Name {other},Berlin,\r\n", kind: "leads");
        // Given again as it is it is no news, and another one is.
        await app.ImportAsync($"Id,Name,TimeZone,Source\r\n{same},Name {same},Europe/Berlin,fair\r\n{other},Name {other},Europe/Rome,fair\r\n", kind: "leads");
        Assert.Equal((true, false, true), ((await Row(given)).IsTimeZoneChosen, (await Row(same)).IsTimeZoneChosen, (await Row(other)).IsTimeZoneChosen));

        await app.ImportAsync($"Id,Name,City\r\n{given},Name {given},Tokyo\r\n{same},Name {same},Tokyo\r\n{other},Name {other},Tokyo\r\n", kind: "leads");

        Assert.Equal(("Europe/Berlin", "Asia/Tokyo", "Europe/Rome"), ((await Row(given)).TimeZone, (await Row(same)).TimeZone, (await Row(other)).TimeZone));
        // What was exported comes back with another city, and the zone of before beside it.
        await app.ImportAsync($"Id,Name,City,TimeZone\r\n{same},Name {same},Paris,Asia/Tokyo\r\n{other},Name {other},Paris,Europe/Rome\r\n", kind: "leads");
        Assert.Equal(("Europe/Paris", false, "Europe/Rome"), ((await Row(same)).TimeZone, (await Row(same)).IsTimeZoneChosen, (await Row(other)).TimeZone));
    }

    [Fact]
    public async Task A_zone_that_nobody_gave_goes_along_with_the_city_and_is_previewed()
    {
        var (guessed, given) = (Given.Unique("l"), Given.Unique("l"));
        await app.ImportAsync($"Id,Name,Address,TimeZone\r\n{guessed},Name {guessed},\"12 Linking Road, Mumbai\",\r\n{given},Name {given},,Europe/Rome\r\n", kind: "leads");
        Assert.Equal(("Asia/Kolkata", "Europe/Rome"), ((await Row(guessed)).TimeZone, (await Row(given)).TimeZone));
        var file = $"Id,Name,City\r\n{guessed},Name {guessed},Tokyo\r\n{given},Name {given},Tokyo\r\n";

        var preview = await app.PreviewAsync(file, kind: "leads");

        Assert.Contains("Asia/Tokyo", preview.Line(2), StringComparison.Ordinal);
        Assert.DoesNotContain("Asia/Tokyo", preview.Line(3), StringComparison.Ordinal);
        await app.ApplyAsync(preview);
        Assert.Equal(("Asia/Tokyo", "Europe/Rome"), ((await Row(guessed)).TimeZone, (await Row(given)).TimeZone));
        Assert.Equal((0, 0, 2, 0), Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "leads"))));
    }

    [Fact]
    public async Task The_currency_of_its_orders_stays_a_leads_currency()
    {
        var (sold, unsold) = (Given.Unique("l"), Given.Unique("l"));
        await app.ImportAsync($"Id,Name,ExpectedValue,Currency\r\n{sold},Name {sold},100,EUR\r\n{unsold},Name {unsold},100,EUR\r\n", kind: "leads");
        await app.ImportAsync($"LeadId,When,Kind,OrderValue\r\n{sold},2030-01-10,order,50\r\n", kind: "interactions");
        var page = await app.PreviewAsync($"Id,Name,ExpectedValue,Currency\r\n{sold},Name {sold},100,usd\r\n{unsold},Name {unsold},100,usd\r\n", kind: "leads");
        Assert.Contains("The lead has orders in EUR, which would add up to nothing in another currency. Keep EUR.", page.Line(2), StringComparison.Ordinal);
        Assert.Equal((0, 1, 0, 1), Counts(await app.StateAsync(page)));
        Assert.Equal((0, 0, 1, 0), Counts(await app.StateAsync(await app.PreviewAsync($"Id,Name,Currency\r\n{sold},Name {sold},eur\r\n", kind: "leads"))));
    }

    [Fact]
    public async Task A_currency_with_other_decimals_comes_with_the_value_in_it()
    {
        var (valued, bare) = (Given.Unique("l"), Given.Unique("l"));
        await app.ImportAsync($"Id,Name,ExpectedValue,Currency\r\n{valued},Name {valued},12.50,EUR\r\n{bare},Name {bare},,EUR\r\n", kind: "leads");

        var page = await app.PreviewAsync($"Id,Name,Currency\r\n{valued},Name {valued},JPY\r\n{bare},Name {bare},JPY\r\n", kind: "leads");
        Assert.Contains("Give ExpectedValue as well: JPY has other decimals than EUR.", page.Line(2), StringComparison.Ordinal);
        Assert.Equal((0, 1, 0, 1), Counts(await app.StateAsync(page)));

        await app.ImportAsync($"Id,Name,ExpectedValue,Currency\r\n{valued},Name {valued},1250,JPY\r\n", kind: "leads");
        Assert.Equal((1250, "JPY"), await Row(valued) is var lead ? (lead.ExpectedValue, lead.Currency) : default);
        await app.ImportAsync($"Id,Name,Currency\r\n{bare},Name {bare},USD\r\n", kind: "leads");
        Assert.Equal("USD", (await Row(bare)).Currency);
    }

    [Fact]
    public async Task What_was_no_order_becomes_none_by_its_value()
    {
        var id = Given.Unique("l");
        await app.ImportAsync($"Id,Name,City\r\n{id},Name {id},Berlin\r\n", kind: "leads");

        var page = await app.PreviewAsync(
            $"LeadId,When,Kind,OrderPlaced,OrderValue\r\n{id},2030-01-10,call,no,0\r\n{id},2030-01-11,call,,0.00\r\n{id},2030-01-12,call,,7\r\n{id},2030-01-13,visit,yes,0\r\n{id},2030-01-14,order,no,\r\n{id},2030-01-15,note,,0\r\n"
            + $"{id},2030-01-16,call,no,7\r\n{id},2030-01-17,note,,7\r\n", kind: "interactions");

        Assert.Equal((6, 0, 0, 2), Counts(await app.StateAsync(page)));
        Assert.Contains("Only orders have a value: say yes in OrderPlaced, or leave the value empty.", page.Line(8), StringComparison.Ordinal);
        Assert.Contains("A note carries no order: leave the value empty.", page.Line(9), StringComparison.Ordinal);
        await app.ApplyAsync(page);
        var lead = (await Row(id)).Id;
        Assert.Equal(
            [(10, false, null), (11, false, null), (12, true, 700L), (13, true, 0L), (14, true, null), (15, false, null)],
            (await app.Database(db => db.Interactions.Where(one => one.LeadId == lead).OrderBy(one => one.At).Select(one => new { one.On, one.IsOrder, one.OrderValue }).ToListAsync(Cancellation))).Select(one => (one.On.Day, one.IsOrder, one.OrderValue)));
    }

    [Fact]
    public async Task A_call_is_asked_for_within_ten_years()
    {
        var id = Given.Unique("l");
        await app.ImportAsync($"Id,Name,City,CallFrequency\r\n{id},Name {id},Berlin,7\r\n", kind: "leads");
        var page = await app.PreviewAsync($"LeadId,When,Kind,Outcome,FollowUpOn\r\n{id},2030-01-10,call,FollowUp,9999-12-31\r\n{id},2030-01-11,call,FollowUp,2030-02-01\r\n", kind: "interactions");
        Assert.Contains("Write a day after the interaction, within ten years, as 2026-11-03", page.Line(2), StringComparison.Ordinal);
        await app.ApplyAsync(page);
        var lead = await Row(id);
        Assert.Equal(new DateOnly(2030, 2, 1), lead.NextDueOn);

        // One that came in before that was asked stops nothing.
        await app.Database(db => db.Interactions.Where(one => one.LeadId == lead.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.FollowUpOn, DateOnly.MaxValue), Cancellation));
        await app.Operation<RecomputePerformance, LeadPerformance?>(recompute => recompute.OneAsync(lead.Id, Cancellation));
        Assert.Equal(DateOnly.MaxValue, (await Row(id)).NextDueOn);
    }

    [Fact]
    public async Task Another_zone_puts_what_happened_on_the_days_of_its_clock()
    {
        var id = Given.Unique("l");
        await app.ImportAsync($"Id,Name,TimeZone\r\n{id},Name {id},Europe/Berlin\r\n", kind: "leads");
        await app.ImportAsync($"LeadId,When,Kind,OrderValue\r\n{id},2030-01-10 20:00,order,50\r\n{id},2030-01-12,order,5\r\n", kind: "interactions");

        await app.ImportAsync($"Id,Name,TimeZone\r\n{id},Name {id},Pacific/Kiritimati\r\n", kind: "leads");

        var lead = await Row(id);
        Assert.Equal(
            [(11, 11), (12, 12)],
            (await app.Database(db => db.Interactions.Where(one => one.LeadId == lead.Id).OrderBy(one => one.At).Select(one => new { one.On, one.OrderedOn }).ToListAsync(Cancellation))).Select(one => (one.On.Day, one.OrderedOn!.Value.Day)));
    }

    [Fact]
    public async Task An_order_in_another_currency_than_its_leads_is_refused_at_its_row()
    {
        var (euro, yen) = (Given.Unique("l"), Given.Unique("l"));
        await app.ImportAsync($"Id,Name,City,Currency\r\n{euro},Name {euro},Berlin,\r\n{yen},Name {yen},Tokyo,JPY\r\n", kind: "leads");
        var page = await app.PreviewAsync(
            $"LeadId,When,Kind,OrderValue,Currency Code\r\n{euro},2030-01-10,order,50,eur\r\n{euro},2030-01-11,order,50,\r\n{euro},2030-01-12,order,50,usd\r\n{yen},2030-01-10,order,5000,JPY\r\n{yen},2030-01-11,order,50.25,EUR\r\n{euro},2030-01-13,call,,USD\r\n", kind: "interactions");

        Assert.Equal((3, 0, 0, 3), Counts(await app.StateAsync(page)));
        foreach (var (line, says, own) in new[] { (4, "USD", "EUR"), (6, "EUR", "JPY"), (7, "USD", "EUR") })
            Assert.Contains($"The lead's orders are in {own}, and this says {says}. Give the value in {own}.", page.Line(line), StringComparison.Ordinal);
        await app.ApplyAsync(page);
        var ids = new[] { (await Row(euro)).Id, (await Row(yen)).Id };
        Assert.Equal(
            [("EUR", 5000), ("EUR", 5000), ("JPY", 5000)],
            (await app.Database(db => db.Interactions.Where(one => ids.Contains(one.LeadId)).OrderBy(one => one.Currency).Select(one => new { one.Currency, one.OrderValue }).ToListAsync(Cancellation))).Select(one => (one.Currency!, one.OrderValue!.Value)));
    }

    [Fact]
    public async Task Sales_leads_bring_in_leads_and_nothing_else_and_stewards_everything_else()
    {
        using var sales = await app.SignedInAs(Cast.SalesLead);
        using var steward = await app.SignedInAs(Cast.Steward);
        using var administrator = await app.SignedInAs(Cast.Administrator);
        var id = Given.Unique("l");
        var ofLeads = await app.PreviewAsync(Csv($"{id},Name {id},,Berlin,,,,,,,,,,,,,,"), $"{id}.csv", "leads");
        var ofPeople = await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row(id, await app.PlaceAsync())), $"{id}p.csv");

        Assert.Equal(["leads", "pocs", "interactions"], (await sales.PageAsync("/imports")).MustBeOk().All("#Input_Kind option").Select(option => option.GetAttribute("value")));
        Assert.DoesNotContain("leads", (await steward.PageAsync("/imports")).MustBeOk().All("#Input_Kind option").Select(option => option.GetAttribute("value")));
        Assert.Equal(ImportKind.All.Count, (await administrator.PageAsync("/imports")).MustBeOk().All("#Input_Kind option").Count);

        // Each finds their own files, and only those; the same for programs.
        foreach (var (client, own, others) in new[] { (sales, ofLeads, ofPeople), (steward, ofPeople, ofLeads) })
        {
            (await client.PageAsync(own.Path)).MustBeOk();
            (await client.PageAsync(others.Path)).MustBe(System.Net.HttpStatusCode.NotFound);
            Assert.Equal(System.Net.HttpStatusCode.OK, (await client.GetAsync($"/api{own.Path}", Cancellation)).StatusCode);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync($"/api{others.Path}", Cancellation)).StatusCode);
            var list = (await client.PageAsync("/imports")).MustBeOk();
            Assert.Contains(own.Path, list.All(".file-name a").Select(link => link.GetAttribute("href")));
            Assert.DoesNotContain(others.Path, list.All(".file-name a").Select(link => link.GetAttribute("href")));
        }

        // A kind that isn't offered is none, and what waits is nobody else's to apply.
        var refused = (await (await sales.PageAsync("/imports")).Form("Upload").Forge("Kind", "employees").Attach("File", "x.csv", ImportsApp.Csv()).SubmitAsync()).MustBe(System.Net.HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Choose what the file holds.", refused.FieldError("Kind"));
        using var kam = await app.SignedInAs(Cast.Kam);
        (await kam.PageAsync("/imports")).MustBe(System.Net.HttpStatusCode.Forbidden);
        await app.ApplyAsync(ofLeads);
        Assert.NotNull(await Row(id));
    }

    [Theory]
    [InlineData("ID,Name,,Berlin,Mars/Phobos,,,,,,,,,,,,,", "Mars/Phobos is no time zone.")]
    [InlineData("ID,Name,,Berlin,,,Hot,,,,,,,,,,,", "The stage is New, Contacted, Qualified, Negotiation, Active or Closed.")]
    [InlineData("ID,Name,,Berlin,,,,,1.234,EUR,,,,,,,,", "The value is an amount such as 1250.50")]
    [InlineData("ID,Name,,Berlin,,,,,,,nobody@cast.example,,,,,,,", "is no active user with the role kam or sales lead.")]
    [InlineData("ID,Name,,Berlin,,,,,,,emma@cast.example,,,,,,,", "is no active user with the role kam or sales lead.")]
    [InlineData("ID,Name,,Berlin,,,,,,,,,,0,,,,", "Give a number of days from 1")]
    [InlineData("ID,Name,,Berlin,,,,,,,,,,-3,,,,", "Give a number of days from 1")]
    [InlineData("ID,Name,,Berlin,,,,,,,,maybe,,,,,,", "Write yes or no.")]
    [InlineData("ID,Name,,Berlin,,,Active,,,,,,,,,,New 2030-01-01,", "Write stages with their days")]
    [InlineData("ID,,,Berlin,,,,,,,,,,,,,,", "Name is empty.")]
    public async Task A_row_that_is_wrong_says_what_to_do_and_brings_nothing(string row, string problem)
    {
        var id = Given.Unique("l");
        var page = await app.PreviewAsync(Csv(row.Replace("ID", id, StringComparison.Ordinal)), kind: "leads");
        Assert.Contains(problem, page.Line(2), StringComparison.Ordinal);
        Assert.Equal(0, await app.Database(db => db.Leads.CountAsync(lead => lead.ExternalId == id, Cancellation)));
    }

    [Fact]
    public async Task A_poc_on_a_line_without_a_name_or_at_a_mailbox_for_all_is_a_person_of_their_own()
    {
        var (id, phone, mailbox) = (Given.Unique("l"), ContactsGiven.Phone(), $"info@{Given.Unique("d")}.example");
        var (unnamed, rosa) = (await app.Contact(phone: phone), await app.Contact("Rosa", "Bianchi", mailbox));
        await app.ImportAsync(Csv($"{id},Name {id},,Berlin,,,,,,,{Cast.Kam.Email},,,14,,,,"), kind: "leads");
        var lead = await Row(id);
        var file = $"LeadId,Name,Phone,Email\r\n{id},Dieter Klein,{phone},\r\n{id},Emma Vogel,{phone},\r\n{id},R. Bianchi,,{mailbox}\r\n";

        Assert.Equal((3, 0, 0, 0), Counts(await app.StateAsync(await app.ImportAsync(file, kind: "pocs"))));

        var people = await app.Database(db => db.Pocs.Where(poc => poc.LeadId == lead.Id).OrderBy(poc => poc.Id).Select(poc => new { poc.ContactId, poc.Contact!.FullName, Person = poc.Contact.LinkedId ?? poc.ContactId }).ToListAsync(Cancellation));
        Assert.Equal(["Dieter Klein", "Emma Vogel", "R. Bianchi"], people.Select(poc => poc.FullName));
        Assert.Equal(3, people.Select(poc => poc.Person).Distinct().Count());
        Assert.DoesNotContain(rosa.Id, people.Select(poc => poc.Person));
        Assert.DoesNotContain(unnamed.Id, people.Select(poc => poc.ContactId));
        Assert.Equal((0, 0, 3, 0), Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "pocs"))));
    }

    [Fact]
    public async Task Pocs_are_found_among_the_contacts_and_interactions_are_credited_to_who_owned_the_lead()
    {
        var (id, phone) = (Given.Unique("l"), ContactsGiven.Phone());
        var rosa = await app.Contact("Rosa", "Bianchi", phone: phone);
        await app.ImportAsync(Csv($"{id},Name {id},,Berlin,,,,,,,{Cast.Kam.Email},,,14,,,,{Cast.SalesLead.Email} 2030-01-10; {Cast.Kam.Email} 2030-03-01"), kind: "leads");
        var lead = await Row(id);
        var pocs = $"LeadId,Name,Role,Phone,Email,IsMain\r\n{id},Rosa Bianchi,owner,+91{phone},,yes\r\n{id},Nino Rossi,kitchen,,{id}@shop.example,yes\r\nnone,X,,,,\r\n";
        var interactions = $"LeadId,InteractionDate,Kind,Outcome,Details,OrderPlaced,OrderValue\r\n{id},2030-02-01 10:00,Order,,Wine,,100.50\r\n{id},today-3,Call,Reached,,yes,200\r\n{id},2031-01-01,Call,,,,\r\n{id},2030-02-01 10:00,Order,,again,,\r\n";

        var page = await app.PreviewAsync(pocs, kind: "pocs");
        Assert.Contains("1 row says yes in IsMain after another row of the same lead did. The first one's person is the main one.", page.Text, StringComparison.Ordinal);
        Assert.Equal((2, 0, 0, 1), Counts(await app.StateAsync(await app.ApplyAsync(page))));
        Assert.Equal((2, 0, 0, 2), Counts(await app.StateAsync(await app.ImportAsync(interactions, kind: "interactions"))));

        var people = await app.Database(db => db.Pocs.Where(poc => poc.LeadId == lead.Id).OrderBy(poc => poc.Id).Select(poc => new { poc.ContactId, poc.Role, poc.IsMain, poc.Contact!.FullName }).ToListAsync(Cancellation));
        Assert.Equal([(rosa.Id, "owner", true), (people[1].ContactId, "kitchen", false)], people.ConvertAll(poc => (poc.ContactId, poc.Role, poc.IsMain)));
        Assert.Equal("Nino Rossi", people[1].FullName);
        var orders = await app.Database(db => db.Interactions.Where(one => one.LeadId == lead.Id).OrderBy(one => one.At).Select(one => new { one.OrderValue, one.IsOrder, one.OrderedOn, one.CreditedTo!.Email }).ToListAsync(Cancellation));
        Assert.Equal([(10_050, true, Cast.SalesLead.Email), (20_000, true, Cast.Kam.Email)], orders.ConvertAll(one => (one.OrderValue!.Value, one.IsOrder, one.Email)));
        Assert.Equal(app.Clock.Today.AddDays(-3), (await Row(id)).LastTouchOn);
        Assert.Equal(1, await app.Database(db => db.LeadPerformance.Where(one => one.LeadId == lead.Id).Select(one => one.Orders).SingleAsync(Cancellation)));

        Assert.Equal((0, 0, 2, 1), Counts(await app.StateAsync(await app.PreviewAsync(pocs, kind: "pocs"))));
        // What is new of somebody known is kept in one row of its own, linked to theirs, however many leads the file has.
        var (one, two, mail) = (await app.Lead(), await app.Lead(), ContactsGiven.NewEmail("rosa"));
        await app.Database(db => db.Leads.Where(l => l.Id == one.Id || l.Id == two.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.ExternalId, l => "poc-of-" + l.Name)));
        var names = await app.Database(db => db.Leads.Where(l => l.Id == one.Id || l.Id == two.Id).Select(l => l.ExternalId!).ToListAsync(Cancellation));
        var more = $"LeadId,Name,Role,Phone,Email,IsMain\r\n{names[0]},Rosa Bianchi,owner,+91{phone},{mail},\r\n{names[1]},Rosa Bianchi,owner,+91{phone},{mail},\r\n";
        Assert.Equal((2, 0, 0, 0), Counts(await app.StateAsync(await app.ImportAsync(more, kind: "pocs"))));
        var rows = await app.Database(db => db.Pocs.Where(poc => poc.LeadId == one.Id || poc.LeadId == two.Id).Select(poc => new { poc.ContactId, poc.Contact!.Email, poc.Contact.LinkedId }).ToListAsync(Cancellation));
        Assert.Equal([(mail, rosa.Id), (mail, rosa.Id)], rows.ConvertAll(poc => (poc.Email!, poc.LinkedId!.Value)));
        Assert.Single(rows.Select(poc => poc.ContactId).Distinct());
        Assert.Equal((0, 0, 2, 2), Counts(await app.StateAsync(await app.PreviewAsync(interactions, kind: "interactions"))));
    }

    [Fact]
    public async Task A_new_number_or_address_of_a_known_poc_is_kept_beside_what_they_have()
    {
        var (first, second) = (await LeadWithIdAsync(), await LeadWithIdAsync());
        var (mail, other, phone, mailbox) = (ContactsGiven.NewEmail("anna"), ContactsGiven.NewEmail("anna"), ContactsGiven.Phone(), $"info@{Given.Unique("d")}.example");
        var (anna, mona) = (await app.Contact("Anna", "Berg", mail), await app.Contact("Mona", "Berg", mailbox));
        await app.ImportAsync($"LeadId,Name,Role,Email\r\n{first.Id},Anna Berg,owner,{mail}\r\n{second.Id},Anna Berg,owner,{mail}\r\n{first.Id},Mona Berg,chef,{mailbox}\r\n", kind: "pocs");
        var pocs = await PocsAsync();
        Assert.Equal(3, pocs.Count);
        // The same of two leads, once more of the first, and somebody at a mailbox for all.
        var file = $"LeadId,Name,Phone,Email\r\n{first.Id},Anna Berg,+91 {phone},{mail}\r\n{second.Id},Anna Berg,+91 {phone},{mail}\r\n{first.Id},Anna Berg,{ContactsGiven.Phone()},{mail}\r\n{first.Id},Mona Berg,{ContactsGiven.Phone()},{mailbox}\r\n";

        var page = await app.PreviewAsync(file, kind: "pocs");
        Assert.Equal((0, 3, 0, 1), Counts(await app.StateAsync(page)));
        Assert.Contains($"update Anna Berg ({first.Id}) Phone (empty) +91 {phone}", page.Line(2), StringComparison.Ordinal);
        Assert.DoesNotContain("Email", page.Line(2), StringComparison.Ordinal);
        Assert.Contains("Line 2 says the same.", page.Line(4), StringComparison.Ordinal);
        Assert.Equal((0, 3, 0, 1), Counts(await app.StateAsync(await app.ApplyAsync(page))));

        Assert.Equal(pocs, await PocsAsync());
        var added = await app.Database(db => db.Contacts.Where(contact => contact.LinkedId == anna.Id).Select(contact => new { contact.Id, contact.Source, contact.FullName, contact.Email, contact.Phone }).SingleAsync(Cancellation));
        Assert.Equal(("poc", "Anna Berg", mail, $"+91 {phone}"), (added.Source, added.FullName, added.Email, added.Phone));
        Assert.Contains(added.Id, await app.Database(db => db.ContactWords.Where(word => word.Word == "berg").Select(word => word.ContactId).ToListAsync(Cancellation)));
        // An address for all links nobody; the two wait for a steward.
        var beside = await app.Database(db => db.Contacts.Where(contact => contact.Email == mailbox && contact.Id != mona.Id).Select(contact => new { contact.Id, contact.LinkedId }).SingleAsync(Cancellation));
        Assert.Null(beside.LinkedId);
        Assert.Equal(PairCause.GenericValue, await app.Database(db => db.DuplicatePairs.Where(pair => pair.FirstId == mona.Id && pair.SecondId == beside.Id).Select(pair => pair.Cause).SingleAsync(Cancellation)));
        Assert.Equal((0, 0, 3, 1), Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "pocs"))));

        // By the number a new address, however the number is written.
        var more = $"LeadId,Name,Phone,Email\r\n{first.Id},A. Berg,{phone},{other}\r\n";
        Assert.Equal((0, 1, 0, 0), Counts(await app.StateAsync(await app.ImportAsync(more, kind: "pocs"))));
        Assert.Equal([phone], await app.Database(db => db.Contacts.Where(contact => contact.LinkedId == anna.Id && contact.Email == other).Select(contact => contact.Phone!).ToListAsync(Cancellation)));
        Assert.Equal((0, 0, 1, 0), Counts(await app.StateAsync(await app.PreviewAsync(more, kind: "pocs"))));
        // What they have in two rows is nothing new; somebody of another name is somebody else.
        Assert.Equal((0, 0, 1, 0), Counts(await app.StateAsync(await app.PreviewAsync($"LeadId,Name,Phone,Email\r\n{second.Id},Anna Berg,{phone},{other}\r\n", kind: "pocs"))));
        Assert.Equal((1, 0, 0, 0), Counts(await app.StateAsync(await app.PreviewAsync($"LeadId,Name,Phone,Email\r\n{second.Id},Zoltan Kovacs,{ContactsGiven.Phone()},{mail}\r\n", kind: "pocs"))));
        Assert.Equal(pocs, await PocsAsync());

        async Task<(string Id, int Key)> LeadWithIdAsync()
        {
            var id = Given.Unique("l");
            await app.ImportAsync(Csv($"{id},Name {id},,Berlin,,,,,,,{Cast.Kam.Email},,,14,,,,"), kind: "leads");
            return (id, (await Row(id)).Id);
        }

        Task<List<string>> PocsAsync() => app.Database(db => db.Pocs.Where(poc => poc.LeadId == first.Key || poc.LeadId == second.Key).OrderBy(poc => poc.Id).Select(poc => $"{poc.Id} {poc.LeadId} {poc.ContactId} {poc.Role} {poc.IsMain}").ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_poc_whose_address_and_number_two_contacts_have_is_found_by_either()
    {
        var (id, mail, phone) = (Given.Unique("l"), ContactsGiven.NewEmail("eva"), ContactsGiven.Phone());
        await app.ImportAsync(Csv($"{id},Name {id},,Berlin,,,,,,,{Cast.Kam.Email},,,14,,,,"), kind: "leads");
        var lead = await Row(id);
        // Nobody has linked them: the address came first, the poc is who has the number.
        var byMail = await app.Contact("Eva", "Lind", mail);
        var byPhone = await app.Contact("Eva", "Lind", phone: phone);
        await app.ImportAsync($"LeadId,Name,Role,Phone,Email\r\n{id},Eva Lind,owner,{phone},\r\n", kind: "pocs");
        Assert.Equal([byPhone.Id], await PocsAsync());

        var both = $"LeadId,Name,Role,Phone,Email\r\n{id},Eva Lind,owner,{phone},{mail}\r\n";
        Assert.Equal((0, 1, 0, 0), Counts(await app.StateAsync(await app.ImportAsync(both, kind: "pocs"))));
        Assert.Equal([byPhone.Id], await PocsAsync());
        // What says both is one more row, and by it they are one person.
        Assert.Equal(byMail.Id, await app.Database(db => db.Contacts.Where(contact => contact.Id == byPhone.Id).Select(contact => contact.LinkedId).SingleAsync(Cancellation)));
        Assert.Equal((0, 0, 1, 0), Counts(await app.StateAsync(await app.PreviewAsync(both, kind: "pocs"))));

        Task<List<int>> PocsAsync() => app.Database(db => db.Pocs.Where(poc => poc.LeadId == lead.Id).Select(poc => poc.ContactId).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task The_main_poc_is_who_the_file_says_it_is()
    {
        var id = Given.Unique("l");
        await app.ImportAsync(Csv($"{id},Name {id},,Berlin,,,,,,,{Cast.Kam.Email},,,14,,,,"), kind: "leads");
        var lead = await Row(id);

        Assert.Equal((3, 0, 0, 0), await PocsAsync("First One,owner,,first@ID,", "Second One,kitchen,,second@ID,yes", "Third One,bar,,third@ID,"));
        Assert.Equal("Second One", await MainAsync());
        // Blank says nothing, and the same again is no news.
        Assert.Equal((0, 0, 2, 0), await PocsAsync("Second One,kitchen,,second@ID,yes", "First One,,,first@ID,"));
        // Somebody known, and somebody new, instead of who it was; the role stays.
        Assert.Equal((0, 1, 0, 0), await PocsAsync("First One,,,first@ID,yes"));
        Assert.Equal("First One", await MainAsync());
        Assert.Equal("owner", await app.Database(db => db.Pocs.Where(poc => poc.LeadId == lead.Id && poc.IsMain).Select(poc => poc.Role).SingleAsync(Cancellation)));
        Assert.Equal((1, 0, 0, 0), await PocsAsync("Fourth One,,,fourth@ID,yes"));
        Assert.Equal("Fourth One", await MainAsync());
        // By the name alone, without an address.
        Assert.Equal((0, 1, 0, 0), await PocsAsync("Third One,,,,yes"));
        Assert.Equal("Third One", await MainAsync());
        Assert.Equal((0, 1, 0, 0), await PocsAsync("Third One,,,,no"));
        Assert.Null(await MainAsync());

        async Task<(int, int, int, int)> PocsAsync(params string[] rows)
        {
            var page = await app.PreviewAsync($"LeadId,Name,Role,Phone,Email,IsMain\r\n{string.Concat(rows.Select(row => $"{id},{row.Replace("ID", $"{id}.example", StringComparison.Ordinal)}\r\n"))}", kind: "pocs");
            return Counts(await app.StateAsync(Counts(await app.StateAsync(page)) is (0, 0, _, _) ? page : await app.ApplyAsync(page)));
        }

        Task<string?> MainAsync() => app.Database(db => db.Pocs.Where(poc => poc.LeadId == lead.Id && poc.IsMain).Select(poc => poc.Contact!.FullName).SingleOrDefaultAsync(Cancellation));
    }

    [Fact]
    public async Task A_list_comes_back_while_somebody_who_left_still_owns_a_lead()
    {
        var (id, other) = (Given.Unique("l"), Given.Unique("l"));
        var left = await app.Given.User(Given.Unique("Left "), role: "kam");
        await app.ImportAsync(Csv($"{id},Name {id},,Berlin,,,New,,,,{left.Email},,,14,,,,"), kind: "leads");
        await app.Database(db => db.Users.Where(user => user.Email == left.Email).ExecuteUpdateAsync(set => set.SetProperty(user => user.LockoutEnd, DateTimeOffset.MaxValue), Cancellation));

        Assert.Equal((0, 1, 0, 0), Counts(await app.StateAsync(await app.ImportAsync(Csv($"{id},Name {id},,Berlin,,,New,,,,{left.Email},,Call,14,,,,"), kind: "leads"))));
        Assert.Equal((left.Email, "Call"), await Row(id) is var kept ? (kept.Owner!.Email, kept.NextStep) : default);
        // A history is of the past; who has it now works here.
        Assert.Equal((1, 0, 0, 0), Counts(await app.StateAsync(await app.ImportAsync(Csv($"{other},Name {other},,Berlin,,,,,,,,,,,,,,{left.Email} 2030-01-10; {Cast.Kam.Email} 2030-03-01"), kind: "leads"))));
        Assert.Equal(Cast.Kam.Email, (await Row(other)).Owner!.Email);
        // Nobody gives them another one.
        Assert.Equal((0, 0, 0, 1), Counts(await app.StateAsync(await app.PreviewAsync(Csv($"{other},Name {other},,Berlin,,,,,,,{left.Email},,,,,,,"), kind: "leads"))));
        var fresh = Given.Unique("l");
        Assert.Equal((0, 0, 0, 1), Counts(await app.StateAsync(await app.PreviewAsync(Csv($"{fresh},Name {fresh},,Berlin,,,,,,,,,,,,,,{Cast.Kam.Email} 2030-01-10; {left.Email} 2030-03-01"), kind: "leads"))));
    }

    [Fact]
    public async Task The_same_file_of_interactions_adds_nothing_whatever_became_of_them_or_of_the_clock()
    {
        var id = Given.Unique("l");
        await app.ImportAsync(Csv($"{id},Name {id},,{Given.Unique("Nowhere")},,,,,,,{Cast.Kam.Email},,,14,,,,"), kind: "leads");
        var lead = await Row(id);
        Assert.Equal(GuessTimeZone.Fallback, lead.TimeZone);
        // The last two rows say the same.
        var file = $"LeadId,InteractionDate,Kind,Outcome,Details,OrderPlaced,OrderValue,Author\r\n{id},2030-03-04,Order,,Wine,,100,\r\n{id},2030-03-05 08:30,Call,Reached,talked,,,\r\n{id},today-2 09:00,Visit,,,,,\r\n{id},today,Call,NoAnswer,,,,{Cast.Kam.Email}\r\n{id},today,Call,NoAnswer,,,,{Cast.Kam.Email}\r\n";
        Assert.Equal((4, 0, 0, 1), Counts(await app.StateAsync(await app.ImportAsync(file, kind: "interactions"))));

        // Before noon, a day of today alone is now.
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((0, 0, 4, 1), await AgainAsync());
        // Days and times are those of another clock.
        await app.ImportAsync(Csv($"{id},Name {id},,,America/New_York,,,,,,,,,,,,,"), kind: "leads");
        Assert.Equal("America/New_York", (await Row(id)).TimeZone);
        Assert.Equal((0, 0, 4, 1), await AgainAsync());
        // Its author says that it was on another day, and somebody that an order was another.
        var all = await app.Database(db => db.Interactions.AsNoTracking().Where(one => one.LeadId == lead.Id).OrderBy(one => one.At).ToListAsync(Cancellation));
        var by = await app.Viewer(Cast.Kam);
        Assert.NotNull((await app.Operation<EditInteraction, EditInteraction.Result>(edit => edit.RunAsync(all[3].Id, new InteractionValues(InteractionKind.Call, CallOutcome.Reached, app.Clock.UtcNow.AddDays(-40), Details: "reached"), null, by, Cancellation))).Interaction);
        Assert.NotNull((await app.Operation<CorrectInteraction, CorrectInteraction.Result>(correct => correct.RunAsync(all[0].Id, new InteractionValues(InteractionKind.Order, Details: "More wine", OrderValue: 20_000), null, by, Cancellation))).Interaction);
        Assert.Equal((0, 0, 4, 1), await AgainAsync());
        // Without the text they are the same ones.
        Assert.Equal((0, 0, 1, 0), Counts(await app.StateAsync(await app.PreviewAsync($"LeadId,InteractionDate,Kind\r\n{id},2030-03-05 08:30,Call\r\n", kind: "interactions"))));

        async Task<(int, int, int, int)> AgainAsync() => Counts(await app.StateAsync(await app.PreviewAsync(file, kind: "interactions")));
    }

    [Fact]
    public async Task Another_order_of_a_day_is_not_taken_for_the_one_that_is_known()
    {
        var (id, was) = (Given.Unique("l"), Given.Unique("l"));
        await app.ImportAsync(Csv($"{id},Name {id},,Berlin,,,,,,,{Cast.Kam.Email},,,14,,,,", $"{was},Name {was},,Berlin,,,,,,,{Cast.Kam.Email},,,14,,,,"), kind: "leads");
        const string Columns = "LeadId,InteractionDate,Kind,Outcome,Details,OrderPlaced,OrderValue\r\n";
        await app.ImportAsync($"{Columns}{id},2030-03-04,Order,,Wine,,100\r\n{id},2030-03-04 10:00,Call,Reached,,,\r\n", kind: "interactions");

        var page = await app.PreviewAsync($"{Columns}{id},2030-03-04,Order,,,,250\r\n{id},2030-03-04 10:00,Call,NoAnswer,,,\r\n{id},2030-03-04 15:00,Order,,,,250\r\n", kind: "interactions");

        Assert.Equal((1, 0, 0, 2), Counts(await app.StateAsync(page)));
        Assert.Contains("Another order of this time is known. Give a time of its own, or take the row out.", page.Line(2), StringComparison.Ordinal);
        Assert.Contains("Another call of this time is known.", page.Line(3), StringComparison.Ordinal);
        // What it leaves out, or writes otherwise, is no other.
        Assert.Equal((0, 0, 1, 0), Counts(await app.StateAsync(await app.PreviewAsync($"{Columns}{id},2030-03-04 12:00,Order,,,,100.00\r\n", kind: "interactions"))));
        // Of files from before their rows were remembered: what was changed here since may have been this, what wasn't is not.
        var lead = await Row(was);
        await app.ImportAsync($"{Columns}{was},2030-03-04,Order,,Wine,,100\r\n", kind: "interactions");
        await app.Database(db => db.Interactions.Where(one => one.LeadId == lead.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.ImportKey, (long?)null).SetProperty(one => one.OrderValue, 7), Cancellation));
        Assert.Equal((0, 0, 0, 1), await OldAsync());
        await app.Database(db => db.Interactions.Where(one => one.LeadId == lead.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.UpdatedAt, app.Clock.UtcNow), Cancellation));
        Assert.Equal((0, 0, 1, 0), await OldAsync());

        async Task<(int, int, int, int)> OldAsync() => Counts(await app.StateAsync(await app.PreviewAsync($"{Columns}{was},2030-03-04,Order,,Wine,,100\r\n", kind: "interactions")));
    }
}
