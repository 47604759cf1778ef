using System.Net;
using Intranet.Data.Contacts;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

/// <summary>The page of one lead, through its forms.</summary>
public sealed class LeadPageTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task It_moves_where_it_may_and_says_where_it_can_go_and_asks_why_when_it_is_closed()
    {
        // An app of its own: sessions don't outlive the days that pass.
        await using var app = await RunningApp.StartAsync();
        var lead = await app.Lead();
        app.Clock.Advance(TimeSpan.FromDays(3));
        using var client = await app.SignedInAs(Cast.Kam);
        var form = (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk().Form("Move");
        Assert.Equal("Choose a stage.", (await form.SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).FieldError("Move to"));

        var page = (await (await client.PageAsync($"/leads/{lead.Id}")).Form("Move").Fill("Move to", "Closed").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Say why it is closed.", page.FieldError("Reason"));
        Assert.Equal(Stage.New, (await app.Now(lead)).Stage);

        page = (await (await client.PageAsync($"/leads/{lead.Id}")).Form("Move").Fill("Move to", "Contacted").SubmitAsync()).MustBeOk();
        Assert.Contains("Moved to Contacted.", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal(["Contacted", "New"], page.All("[aria-labelledby=stages-title] tbody tr").Select(row => row.Children[0].Words()));
        Assert.Equal("3 days", page.All("[aria-labelledby=stages-title] tbody tr")[1].Children[2].Words());

        // A form that was filled in before that doesn't count any more.
        page = (await form.Fill("Move to", "Closed").Fill("Reason", "too late").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Somebody changed this lead in the meantime. What is stored now stands beside each field that differs", page.Text, StringComparison.Ordinal);
        Assert.Equal(["now: Contacted"], page.Texts("[id$='-now']"));
        Assert.Equal("too late", page.Form("Move").Value("Reason"));
        (await page.Form("Move").Fill("Move to", "Closed").SubmitAsync()).MustBeOk();
        Assert.Equal(Stage.Closed, (await app.Now(lead)).Stage);
    }

    [Fact]
    public async Task A_time_that_the_clock_shows_twice_stays_the_moment_it_is_when_words_are_changed()
    {
        var lead = await app.Lead();
        // Half past two in Berlin, for the second time that night.
        var at = new DateTime(2029, 10, 28, 1, 30, 12, DateTimeKind.Utc);
        var logged = (await app.TryLog(lead, new(InteractionKind.Visit, At: at), Cast.Kam)).Interaction!;
        using var client = await app.SignedInAs(Cast.Kam);
        client.DefaultRequestHeaders.Add("Cookie", "tz=Europe%2FBerlin");
        var form = (await client.PageAsync($"/leads/{lead.Id}?change={logged.Id}")).MustBeOk().Form("Save");
        Assert.Equal("2029-10-28T02:30", form.Value("When"));

        (await form.Fill("Details", "talked about olive oil").SubmitAsync()).MustBeOk();

        Assert.Equal((at, "talked about olive oil"), await app.Now(logged) is var now ? (now.At, now.Details) : default);
    }

    [Fact]
    public async Task A_label_that_somebody_else_set_meanwhile_stands_beside_what_was_typed_and_is_not_taken_back_unseen()
    {
        await using var app = await RunningApp.StartAsync();
        var lead = await app.Lead();
        var (soon, later) = (app.Clock.Today.AddDays(10), app.Clock.Today.AddDays(20));
        using var client = await app.SignedInAs(Cast.SalesLead);
        async Task<Form> FormAsync() => (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk().Form("Set the label");
        Form Fill(Form form, string label, string why, DateOnly until) => form.Fill("Label", label).Fill("Why", why).Fill("Until", until.ToString("yyyy-MM-dd", null));

        var late = await FormAsync();
        var set = (await Fill(await FormAsync(), "Well", "opens in June", soon).SubmitAsync()).MustBeOk();
        var page = (await Fill(late, "Average", "quiet", later).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody changed the label in the meantime. What is stored now stands beside each field that differs", page.Text, StringComparison.Ordinal);
        Assert.Equal(["now: Well", "now: opens in June", $"now: {soon.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture)}"], page.Texts("[id$='-now']"));
        Assert.Equal(("Average", "quiet"), page.Form("Set the label") is var typed ? (typed.Value("Label"), typed.Value("Why")) : default);
        Assert.Equal(PerformanceLabel.Well, (await app.PerformanceOf(lead)).ManualLabel);
        page = (await page.Form("Set the label").SubmitAsync()).MustBeOk();
        Assert.Equal((PerformanceLabel.Average, "quiet"), await app.PerformanceOf(lead) is var now ? (now.ManualLabel!.Value, now.ManualReason!) : default);

        // What was pressed for the first label leaves the second alone.
        foreach (var button in new[] { "Take the label back", "Undo" })
        {
            var refused = (await set.Form(button).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
            Assert.Contains("Somebody changed this in the meantime", refused.Text, StringComparison.Ordinal);
            Assert.Equal(PerformanceLabel.Average, (await app.PerformanceOf(lead)).ManualLabel);
        }

        var undone = (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Equal((PerformanceLabel.Well, "opens in June"), await app.PerformanceOf(lead) is var former ? (former.ManualLabel!.Value, former.ManualReason!) : default);
        // Refused for something else, the form still is about what its reader saw.
        var incomplete = (await Fill(page.Form("Set the label"), "Choose", "quiet", later).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Choose a label.", incomplete.Text, StringComparison.Ordinal);
        Assert.Contains("Somebody changed the label in the meantime", (await Fill(incomplete.Form("Set the label"), "Under", "now with a reason", later).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);
        (await undone.Form("Take the label back").SubmitAsync()).MustBeOk();
        Assert.Null((await app.PerformanceOf(lead)).ManualLabel);
        // Nothing is set any more: that is told as well.
        page = (await Fill(page.Form("Set the label"), "Well", "again", later).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["now: none set by hand", "now: empty", "now: empty"], page.Texts("[id$='-now']"));
    }

    [Fact]
    public async Task An_entry_that_was_changed_elsewhere_meanwhile_stands_beside_what_was_typed()
    {
        await using var app = await RunningApp.StartAsync();
        var lead = await app.Lead();
        var poc = await app.Poc(lead, "Rosa Bianchi");
        var logged = await app.Logged(lead, details: "First", by: Cast.Kam);
        using var client = await app.SignedInAs(Cast.Kam);
        async Task<Form> FormAsync() => (await client.PageAsync($"/leads/{lead.Id}?change={logged.Id}")).MustBeOk().Form("Save");

        var late = await FormAsync();
        (await (await FormAsync()).Fill("Details", "Second").Fill("Outcome of a call", "No answer").Fill("With", poc.Contact?.FullName ?? "Rosa Bianchi").SubmitAsync()).MustBeOk();
        var page = (await late.Fill("Details", "Third").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody changed this entry in the meantime.", page.Text, StringComparison.Ordinal);
        Assert.Equal(["Changed_Outcome-now now: No answer", "Changed_PocId-now now: Rosa Bianchi", "Changed_Details-now now: Second"], page.All("[id$='-now']").Select(now => $"{now.Id} {now.Words()}"));
        Assert.Equal("Second", (await app.Now(logged)).Details);
        (await page.Form("Save").SubmitAsync()).MustBeOk();
        Assert.Equal(("Third", CallOutcome.Reached), await app.Now(logged) is var now ? (now.Details, now.Outcome!.Value) : default);
    }

    [Fact]
    public async Task A_move_is_taken_back_from_the_toast_and_only_by_who_made_it()
    {
        await using var app = await RunningApp.StartAsync();
        var (lead, another) = (await app.Lead(), await app.Lead());
        app.Clock.Advance(TimeSpan.FromDays(3));
        using var client = await app.SignedInAs(Cast.Kam);
        var page = (await (await client.PageAsync($"/leads/{lead.Id}")).Form("Move").Fill("Move to", "Closed").Fill("Reason", "Bankrupt").SubmitAsync()).MustBeOk();
        Assert.Equal(Stage.Closed, (await app.Now(lead)).Stage);
        var undo = page.Form("Undo");

        using var colleague = await app.SignedInAs(Cast.SalesLead);
        var move = await app.Database(db => db.StageMoves.Where(one => one.LeadId == lead.Id && one.To == Stage.Closed).Select(one => one.Id).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(colleague, lead, move));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(client, another, move));
        Assert.Equal(Stage.Closed, (await app.Now(lead)).Stage);

        page = (await undo.SubmitAsync()).MustBeOk();
        Assert.Equal("/leads/" + lead.Id, page.Path);
        Assert.Contains("Back in New.", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        // Since when it was, and the history keeps both.
        Assert.Equal((Stage.New, lead.StageSince), await app.Now(lead) is var now ? (now.Stage, now.StageSince) : default);
        Assert.Equal(["New", "Closed", "New"], page.All("[aria-labelledby=stages-title] tbody tr").Select(row => row.Children[0].Words()));
        Assert.Equal("3 days so far", page.All("[aria-labelledby=stages-title] tbody tr")[0].Children[2].Words());
        Assert.Equal(page.All("[aria-labelledby=stages-title] tbody tr")[2].Children[1].Words(), page.All("[aria-labelledby=stages-title] tbody tr")[0].Children[1].Words());
        page = (await undo.SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("This can't be taken back any more.", page.Text, StringComparison.Ordinal);

        async Task<HttpStatusCode> PostAsync(HttpClient by, Lead on, int moved)
        {
            var token = (await by.PageAsync($"/leads/{on.Id}")).MustBeOk().All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;
            using var body = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
            using var answer = await by.PostAsync($"/leads/{on.Id}?handler=TakeBack&move={moved}", body, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task The_time_in_a_stage_counts_days_as_the_calendar_does()
    {
        await using var own = await RunningApp.StartAsync();
        own.Clock.Advance(TimeSpan.FromHours(10));
        var lead = await own.Lead();
        own.Clock.Advance(TimeSpan.FromHours(38));
        using var client = await own.SignedInAs(Cast.Kam);

        var row = (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk().One("[aria-labelledby=stages-title] tbody tr");

        Assert.Equal(("2 days ago", "2 days so far"), (row.Children[1].Words(), row.Children[2].Words()));
    }

    [Fact]
    public async Task The_plan_says_what_is_next_and_refuses_what_makes_no_sense()
    {
        var lead = await app.Lead();
        using var client = await app.SignedInAs(Cast.Kam);
        var page = (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk();
        Assert.Contains("Not in the plan", page.One("#plan").Words(), StringComparison.Ordinal);

        page = (await page.Form("Save the plan").Fill("Call every … days", "0").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.StartsWith("Give a number of days from 1", page.FieldError("Call every … days"), StringComparison.Ordinal);
        page = (await (await client.PageAsync($"/leads/{lead.Id}")).Form("Save the plan").Fill("Call every … days", "14").Fill("At most … days", "7").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("The maximum can't be shorter than the interval.", page.FieldError("At most … days"));
        Assert.True(page.One("#plan details").HasAttribute("open"));

        await app.Logged(lead, daysAgo: 1);
        var touched = DateOnly.FromDateTime(app.Clock.UtcNow.AddDays(-1));
        page = (await (await client.PageAsync($"/leads/{lead.Id}")).Form("Save the plan").Fill("Call every … days", "14").Choose("Plan.PreferredDays", "Tuesday").SubmitAsync()).MustBeOk();
        var stored = await app.Now(lead);
        Assert.Equal(14, stored.IntervalDays);
        Assert.Equal(DayOfWeek.Tuesday, stored.NextDueOn!.Value.DayOfWeek);
        Assert.InRange(stored.NextDueOn.Value, touched.AddDays(14), touched.AddDays(20));
        Assert.Contains($"last reached on {touched:d MMM}, every 14 days", page.One("#plan").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poc_who_is_known_is_found_and_shows_as_the_person_they_are_also_after_a_merge_and_a_cut()
    {
        var (mail, phone) = (ContactsGiven.NewEmail("poc"), ContactsGiven.Phone());
        var known = await app.Contact("Ada", "Berg", mail);
        var other = await app.Contact("Ada", "Bergmann", ContactsGiven.NewEmail("other"), phone);
        var lead = await app.Lead();
        using var client = await app.SignedInAs(Cast.Kam);
        var count = await app.Database(db => db.Contacts.CountAsync(TestContext.Current.CancellationToken));

        var page = (await (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk().Form("Add").Fill("Name", "Ada Berg").Fill("E-mail", mail.ToUpperInvariant()).Fill("Role", "kitchen").SubmitAsync()).MustBeOk();

        Assert.Contains("Ada Berg was known already", page.One("[data-toast]").Words(), StringComparison.Ordinal);
        Assert.Equal(count, await app.Database(db => db.Contacts.CountAsync(TestContext.Current.CancellationToken)));
        var poc = await app.Database(db => db.Pocs.SingleAsync(one => one.LeadId == lead.Id, TestContext.Current.CancellationToken));
        Assert.Equal($"/contacts/{known.Id}", page.One($"#poc-{poc.Id} a[href^='/contacts/']").GetAttribute("href"));
        page = (await page.Form("Add").Fill("E-mail", mail).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("already", page.FieldError("Name"), StringComparison.Ordinal);

        // Who turns out to be the same person stands on another lead.
        var (elsewhere, by) = (await app.Lead(), await app.Viewer(Cast.SalesLead));
        var there = (await app.Operation<AddPoc, AddPoc.Result>(add => add.RunAsync(new AddPoc.Request(elsewhere.Id, "owner", ContactId: other.Id), by, TestContext.Current.CancellationToken))).Poc!;
        var link = await app.Linked(known, other);
        Assert.Contains("Ada Bergmann main", (await client.PageAsync($"/leads/{elsewhere.Id}")).MustBeOk().One($"#poc-{there.Id}").Words(), StringComparison.Ordinal);
        page = (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk();
        Assert.Contains("Ada Bergmann main", page.One($"#poc-{poc.Id}").Words(), StringComparison.Ordinal);
        Assert.Contains(phone, page.One($"#poc-{poc.Id}").Words(), StringComparison.Ordinal);
        await app.Operation<CutLink, IReadOnlyList<int>?>(cut => cut.RunAsync(link.Id, Cast.Steward.Name, TestContext.Current.CancellationToken));
        page = (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk();
        Assert.Contains("Ada Berg main", page.One($"#poc-{poc.Id}").Words(), StringComparison.Ordinal);
        Assert.DoesNotContain(phone, page.One($"#poc-{poc.Id}").Words(), StringComparison.Ordinal);
        page = (await client.PageAsync($"/leads/{elsewhere.Id}")).MustBeOk();
        Assert.Equal($"/contacts/{other.Id}", page.One($"#poc-{there.Id} a[href^='/contacts/']").GetAttribute("href"));
        Assert.DoesNotContain(mail, page.One($"#poc-{there.Id}").Words(), StringComparison.OrdinalIgnoreCase);

        foreach (var (field, value, message) in new[] { ("E-mail", "nobody", "This is not an e-mail address."), ("Phone", "call me", "This is not a phone number.") })
            Assert.Equal(message, (await (await client.PageAsync($"/leads/{lead.Id}")).Form("Add").Fill(field, value).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).FieldError(field));
    }

    [Fact]
    public async Task A_poc_is_removed_comes_back_and_another_becomes_the_main_one()
    {
        var lead = await app.Lead();
        var (first, second) = (await app.Poc(lead, "First One"), await app.Poc(lead, "Second One"));
        using var client = await app.SignedInAs(Cast.Kam);

        var page = (await (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk().Form("Make Second One the main poc").SubmitAsync()).MustBeOk();
        Assert.Contains("main", page.One($"#poc-{second.Id} .badge").Words(), StringComparison.Ordinal);
        Assert.Empty(page.All($"#poc-{first.Id} .badge"));
        page = (await page.Form("Remove Second One").SubmitAsync()).MustBeOk();
        Assert.Contains("removed", page.One($"#poc-{second.Id}").Words(), StringComparison.Ordinal);
        page = (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.DoesNotContain("removed", page.One($"#poc-{second.Id}").Words(), StringComparison.Ordinal);
        page = (await page.Form("Remove First One").SubmitAsync()).MustBeOk();
        (await page.Form("Put First One back").SubmitAsync()).MustBeOk();
        Assert.Equal(2, await app.Database(db => db.Pocs.CountAsync(poc => poc.LeadId == lead.Id && poc.RemovedAt == null, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Who_may_not_change_the_lead_is_offered_no_correction_and_makes_none()
    {
        var lead = await app.Lead(owner: Cast.Kam, interval: 7);
        var order = await app.Logged(lead, InteractionKind.Order, value: 1000, by: Cast.Kam);
        using var author = await app.SignedInAs(Cast.Kam);
        var (url, offered) = ($"/leads/{lead.Id}?change={order.Id}", $"#interaction-{order.Id} .timeline-actions");
        var edit = (await author.PageAsync(url)).MustBeOk().Form("Save");
        Assert.Single((await author.PageAsync($"/leads/{lead.Id}")).All(offered));
        using var colleague = await app.SignedInAs(Cast.OtherKam);
        Assert.Empty((await colleague.PageAsync(url)).MustBeOk().All($"{offered}, .lead-log"));

        // Its author gives the lead away: they see it, and change nothing of it any more, be it today or later.
        var (by, to) = (await app.Viewer(Cast.SalesLead), await app.UserId(Cast.OtherKam));
        await app.Operation<ReassignLeads, ReassignLeads.Result>(reassign => reassign.RunAsync(new ReassignLeads.Request([lead.Id], null, [to]), by, TestContext.Current.CancellationToken));
        Assert.Empty((await author.PageAsync(url)).MustBeOk().All($"{offered}, .lead-log"));
        (await edit.Fill("Order value (EUR)", "999").SubmitAsync()).MustBe(HttpStatusCode.NotFound);
        (await (await ColleagueFormAsync()).SubmitAsync()).MustBeOk();
        Assert.Equal((1, 500L), await app.PerformanceOf(lead) is var now ? (now.Orders, now.Revenue) : default);

        async Task<Form> ColleagueFormAsync() => (await colleague.PageAsync(url)).MustBeOk().Form("Correct").Fill("Order value (EUR)", "5");
    }

    [Fact]
    public async Task Of_two_who_change_a_plan_the_second_sees_what_it_is_now()
    {
        var lead = await app.Lead(interval: 7);
        using var client = await app.SignedInAs(Cast.Kam);
        var second = (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk().Form("Save the plan");
        (await (await client.PageAsync($"/leads/{lead.Id}")).Form("Save the plan").Fill("Call every … days", "14").Choose("Plan.PreferredDays", "Friday").SubmitAsync()).MustBeOk();

        var page = (await second.Fill("Call every … days", "21").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(["now: 14", "now: Friday"], page.Texts("[id$='-now']"));
        (await page.Form("Save the plan").SubmitAsync()).MustBeOk();
        Assert.Equal(new CallPlan(21, null), (await app.Now(lead)).Plan);
    }

    [Fact]
    public async Task The_plainest_log_is_a_call_that_reached_somebody()
    {
        var lead = await app.Lead(interval: 7);
        using var client = await app.SignedInAs(Cast.Kam);
        (await (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk().Form("Log").SubmitAsync()).MustBeOk();
        Assert.Equal((InteractionKind.Call, CallOutcome.Reached), await app.Database(db => db.Interactions.Where(one => one.LeadId == lead.Id).Select(one => ValueTuple.Create(one.Kind, one.Outcome!.Value)).SingleAsync(TestContext.Current.CancellationToken)));
        // What else happened has no outcome, whatever the list beside it says.
        (await (await client.PageAsync($"/leads/{lead.Id}")).Form("Log").Fill("Kind", "Visit").SubmitAsync()).MustBeOk();
        Assert.True(await app.Database(db => db.Interactions.AnyAsync(one => one.LeadId == lead.Id && one.Kind == InteractionKind.Visit && one.Outcome == null, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task What_happened_can_be_backdated_is_edited_for_a_day_by_its_author_and_corrected_after_it()
    {
        await using var app = await RunningApp.StartAsync();
        var lead = await app.Lead(interval: 7);
        var start = app.Clock.UtcNow;
        using var client = await app.SignedInAs(Cast.Kam);
        var log = (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk().Form("Log");
        Assert.Equal("Say how the call went.", (await log.Fill("Outcome of a call", "").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).One("#Log_Outcome-error").Words());
        Assert.Equal("It can't be in the future.", (await log.Fill("Outcome of a call", "Reached").Fill("When", start.AddDays(2).ToString("yyyy-MM-ddTHH:mm", null)).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).One("#Log_At-error").Words());

        var page = (await log.Fill("When", start.AddDays(-2).ToString("yyyy-MM-ddTHH:mm", null)).Fill("Details", "talked about oil").Fill("Order value (EUR)", "120").SubmitAsync()).MustBeOk();

        var logged = await app.Database(db => db.Interactions.AsNoTracking().SingleAsync(one => one.LeadId == lead.Id, TestContext.Current.CancellationToken));
        Assert.Equal((start.AddDays(-2), 12000L, true), (logged.At, logged.OrderValue!.Value, logged.IsOrder));
        Assert.Equal(DateOnly.FromDateTime(start.AddDays(-2)), (await app.Now(lead)).LastTouchOn);
        Assert.Contains("Call: reached order €120", page.One($"#interaction-{logged.Id}").Words(), StringComparison.Ordinal);
        Assert.Contains("written down", page.One($"#interaction-{logged.Id}").Words(), StringComparison.Ordinal);
        Assert.Equal("€120", page.All("#orders-by-week tbody tr").Select(row => row.Children[1].Words()).Single(text => text != "€0"));

        page = (await (await client.PageAsync($"/leads/{lead.Id}?change={logged.Id}")).MustBeOk().Form("Save").Fill("Details", "talked about olive oil").SubmitAsync()).MustBeOk();
        Assert.Contains("talked about olive oil", page.One($"#interaction-{logged.Id}").Words(), StringComparison.Ordinal);
        Assert.Equal(logged.At, (await app.Now(logged)).At);

        app.Clock.Advance(TimeSpan.FromHours(25));
        using var later = await app.SignedInAs(Cast.SalesLead);
        page = (await (await later.PageAsync($"/leads/{lead.Id}?change={logged.Id}")).MustBeOk().Form("Correct").Fill("Order value (EUR)", "1200").Fill("Details", "it was a big order").SubmitAsync()).MustBeOk();
        var right = await app.Database(db => db.Interactions.AsNoTracking().SingleAsync(one => one.CorrectsId == logged.Id, TestContext.Current.CancellationToken));
        Assert.Equal(["Call: reached", "€120", "talked about olive oil"], page.Texts($"#interaction-{logged.Id} del"));
        Assert.Contains($"Corrected just now by {Cast.SalesLead.Name}: Call: reached, €1,200, it was a big order", page.One($"#interaction-{logged.Id} .timeline-correction").Words(), StringComparison.Ordinal);
        Assert.Contains("corrects what was here before", page.One($"#interaction-{right.Id}").Words(), StringComparison.Ordinal);
        Assert.Equal(120000, (await app.PerformanceOf(lead)).Revenue);
        // What is corrected is corrected: the form of the old one is gone, and sending it once more changes nothing.
        Assert.Empty((await later.PageAsync($"/leads/{lead.Id}?change={logged.Id}")).MustBeOk().All($"#interaction-{logged.Id} form"));
    }

    [Fact]
    public async Task The_timeline_is_paged_and_each_entry_shows_once()
    {
        var lead = await app.Lead();
        for (var i = 0; i < 45; i++)
            await app.Logged(lead, InteractionKind.Note, daysAgo: i / 3, details: $"note {i}.");
        using var client = await app.SignedInAs(Cast.Kam);

        var (seen, pages) = (new List<string>(), 0);
        for (var url = $"/leads/{lead.Id}"; url is not null; pages++)
        {
            var page = (await client.PageAsync(url)).MustBeOk();
            seen.AddRange(page.All(".timeline > li").Select(item => item.Id!));
            url = page.All("#timeline .card-footer a").SingleOrDefault(link => link.Words() == "Earlier")?.GetAttribute("href");
        }

        Assert.Equal((3, 45, 45), (pages, seen.Count, seen.Distinct().Count()));
        (await client.PageAsync($"/leads/{lead.Id}?before=nonsense")).MustBeOk();
    }

    [Fact]
    public async Task A_sales_lead_labels_by_hand_with_a_reason_and_takes_it_back()
    {
        var lead = await app.Lead();
        using var client = await app.SignedInAs(Cast.SalesLead);
        var page = (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk();
        Assert.Contains("Underperforming", page.One("#performance").Words(), StringComparison.Ordinal);
        Assert.Contains("no order yet", page.One("#performance").Words(), StringComparison.Ordinal);
        Assert.Equal("Say why.", (await page.Form("Set the label").Fill("Label", "Well").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).One("#Label_Reason-error").Words());

        page = (await (await client.PageAsync($"/leads/{lead.Id}")).Form("Set the label").Fill("Label", "Well").Fill("Why", "opens in June").Fill("Until", app.Clock.Today.AddDays(30).ToString("yyyy-MM-dd", null)).SubmitAsync()).MustBeOk();

        Assert.Contains("Well-performing", page.One("#performance .badge").Words(), StringComparison.Ordinal);
        Assert.Contains("opens in June", page.One("#performance").Words(), StringComparison.Ordinal);
        page = (await page.Form("Take the label back").SubmitAsync()).MustBeOk();
        Assert.Contains("Underperforming", page.One("#performance .badge").Words(), StringComparison.Ordinal);
        using var kam = await app.SignedInAs(Cast.Kam);
        Assert.DoesNotContain("Set a label", (await kam.PageAsync($"/leads/{lead.Id}")).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_may_look_and_not_touch_and_without_the_teams_right_there_is_nothing()
    {
        await using var own = await RunningApp.StartAsync();
        var lead = await own.Lead();
        var logged = await own.Logged(lead, by: Cast.Kam);
        var poc = await own.Poc(lead);
        using var other = await own.SignedInAs(Cast.OtherKam);
        var page = (await other.PageAsync($"/leads/{lead.Id}")).MustBeOk();
        Assert.Empty(page.All("main form"));
        Assert.Empty(page.All("main a[href*='/edit/'], main a[href*='change=']"));
        var token = page.All("input[name=__RequestVerificationToken]")[0].GetAttribute("value")!;
        (string Url, Dictionary<string, string> Fields)[] forbidden =
        [
            ("handler=Move", new() { ["Move.Stage"] = "Contacted" }), ("handler=Plan", new() { ["Plan.IntervalDays"] = "7" }), ("handler=Poc", new() { ["Poc.Name"] = "Somebody" }),
            ($"handler=Main&poc={poc.Id}", []), ($"handler=Remove&poc={poc.Id}", []), ($"handler=Restore&poc={poc.Id}", []), ("handler=Log", new() { ["Log.Kind"] = "Note" }),
            ($"handler=Change&interaction={logged.Id}", new() { ["Changed.Kind"] = "Note" }), ($"handler=Undo&interaction={logged.Id}", []),
        ];
        foreach (var (url, fields) in forbidden)
        {
            fields["__RequestVerificationToken"] = token;
            using var content = new FormUrlEncodedContent(fields);
            using var answer = await other.PostAsync(new Uri($"/leads/{lead.Id}?{url}", UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity, $"{url} answered {answer.StatusCode}.");
        }

        var now = await own.Now(lead);
        Assert.Equal((Stage.New, null, 1, 1), (now.Stage, now.IntervalDays, await own.Database(db => db.Interactions.CountAsync(TestContext.Current.CancellationToken)), await own.Database(db => db.Pocs.CountAsync(one => one.RemovedAt == null, TestContext.Current.CancellationToken))));

        await own.Database(async db =>
        {
            db.Settings.Add(new Intranet.Data.Settings.Setting { Name = Intranet.Data.Settings.Setting.TeamCanSee, Value = "false" });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        (await other.PageAsync($"/leads/{lead.Id}")).MustBe(HttpStatusCode.NotFound);
        using var owner = await own.SignedInAs(Cast.Kam);
        (await owner.PageAsync($"/leads/{lead.Id}")).MustBeOk();
        (await owner.PageAsync("/leads/2147483647")).MustBe(HttpStatusCode.NotFound);
        foreach (var person in new[] { Cast.Employee, Cast.Steward })
        {
            using var client = await own.SignedInAs(person);
            (await client.PageAsync($"/leads/{lead.Id}")).MustBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task The_number_of_queries_does_not_grow_with_what_happened()
    {
        var counter = new QueryCounter();
        await using var own = await RunningApp.StartAsync(options => options.Services = counter.Listen);
        var lead = await own.Lead();
        await GrowAsync(2);
        using var client = await own.SignedInAs(Cast.Kam);
        var few = await counter.OfPageAsync(client, $"/leads/{lead.Id}");
        await GrowAsync(12);

        Assert.Equal(few, await counter.OfPageAsync(client, $"/leads/{lead.Id}"));
        Assert.InRange(few, 1, 16);

        async Task GrowAsync(int by)
        {
            for (var i = 0; i < by; i++)
            {
                await own.Poc(lead, phone: ContactsGiven.Phone());
                var wrong = await own.Logged(lead, InteractionKind.Order, daysAgo: i * 9, value: 1000);
                await own.Operation<CorrectInteraction, CorrectInteraction.Result>(async correct => await correct.RunAsync(wrong.Id, new InteractionValues(InteractionKind.Order, OrderValue: 2000), null, await own.Viewer(Cast.SalesLead), TestContext.Current.CancellationToken));
            }
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task In_a_browser_parts_are_replaced_in_place_and_the_chart_is_drawn_from_its_table(bool dark, bool phone)
    {
        await using var own = await RunningApp.StartAsync();
        var lead = await own.Lead("A restaurant with a rather long name by the river", interval: 7, value: 1250000, isMain: true, hours: "Mo-Fr 11:00-14:30; Sa-Su off", nextStep: "Offer the new oil");
        await own.Poc(lead, "Pia Poc", phone: "+49 30 5550001", email: "a.very.long.address.of.somebody@restaurant-by-the-river.example");
        for (var i = 0; i < 24; i++)
            await own.Logged(lead, InteractionKind.Order, daysAgo: 7 * i, value: 10000 + (i % 5 * 2500));
        await Browser.VisitAsync(own, Cast.SalesLead, async page =>
        {
            await page.GotoAsync($"/leads/{lead.Id}");
            await Microsoft.Playwright.Assertions.Expect(page.Locator("canvas[data-drawn]")).ToHaveCountAsync(1);
            await page.AxeAsync();
            await page.FitsTheWidthAsync();
            await page.GetByText("Change the plan").ClickAsync();
            await page.GetByLabel("Call every … days").FillAsync("0");
            await page.Locator("#plan form").EvaluateAsync("form => form.noValidate = true");
            await page.GetByText("Save the plan").ClickAsync();
            await Microsoft.Playwright.Assertions.Expect(page.Locator("#Plan_IntervalDays-error")).ToContainTextAsync("from 1");
            await page.GetByLabel("Call every … days").FillAsync("10");
            await page.GetByText("Save the plan").ClickAsync();
            await Microsoft.Playwright.Assertions.Expect(page.Locator("#plan .facts")).ToContainTextAsync("10 days");
            await page.GetByText("Edit", new() { Exact = true }).Nth(1).ClickAsync();
            await page.Locator("#timeline textarea").FillAsync("a case more");
            await page.AxeAsync();
            await page.Locator("#timeline form").GetByText("Save").ClickAsync();
            await Microsoft.Playwright.Assertions.Expect(page.Locator("#timeline .timeline-details")).ToHaveTextAsync("a case more");
            await page.GetByText("Set a label by hand").ClickAsync();
            await page.GetByText("Add a poc").ClickAsync();
            await page.GetByText("As a table").ClickAsync();
            await page.AxeAsync();
            await page.FitsTheWidthAsync();
            // The chart is still there after its surroundings were replaced.
            Assert.True(await page.Locator("canvas[data-drawn]").EvaluateAsync<bool>("canvas => canvas.width > 200 && canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0)"));
        }, dark, phone);
    }

    [Fact]
    public async Task Who_takes_an_order_back_empties_its_value_as_well()
    {
        var lead = await app.Lead();
        var order = await app.Logged(lead, isOrder: true, value: 12_000, by: Cast.Kam);
        using var client = await app.SignedInAs(Cast.Kam);
        var form = (await client.PageAsync($"/leads/{lead.Id}?change={order.Id}")).MustBeOk().Form("Save").Tick("An order was placed", on: false);

        var page = (await form.SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Empty the value, or tick that an order was placed.", page.One("#Changed_OrderValue-error").Words());
        Assert.True((await app.Now(order)).IsOrder);

        (await page.Form("Save").Fill("Order value (EUR)", "").SubmitAsync()).MustBeOk();
        Assert.Equal((false, null), await app.Now(order) is var now ? (now.IsOrder, now.OrderValue) : default);
        // A value typed in says that there is one.
        (await (await client.PageAsync($"/leads/{lead.Id}?change={order.Id}")).MustBeOk().Form("Save").Fill("Order value (EUR)", "90").SubmitAsync()).MustBeOk();
        Assert.Equal((true, 9_000), await app.Now(order) is var again ? (again.IsOrder, again.OrderValue!.Value) : default);
    }

    [Fact]
    public async Task Who_adds_a_main_poc_by_mistake_has_the_one_before_back()
    {
        var lead = await app.Lead();
        var former = await app.Poc(lead, "Former One");
        using var client = await app.SignedInAs(Cast.Kam);
        var page = (await (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk().Form("Add").Fill("Poc.Name", "Wrong One").Tick("Poc.IsMain").SubmitAsync()).MustBeOk();
        Assert.False(await IsMainAsync(former));

        page = (await page.Form("Undo").SubmitAsync()).MustBeOk();

        Assert.True(await IsMainAsync(former));
        // Back once more, they are one among others.
        (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Equal([former.Id], await app.Database(db => db.Pocs.Where(poc => poc.LeadId == lead.Id && poc.IsMain && poc.RemovedAt == null).Select(poc => poc.Id).ToListAsync(TestContext.Current.CancellationToken)));

        Task<bool> IsMainAsync(Poc poc) => app.Database(db => db.Pocs.Where(one => one.Id == poc.Id).Select(one => one.IsMain).SingleAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_label_that_comes_back_keeps_the_name_of_who_set_it()
    {
        var lead = await app.Lead();
        using var lena = await app.SignedInAs(Cast.SalesLead);
        using var ada = await app.SignedInAs(Cast.Administrator);
        var until = app.Clock.Today.AddDays(30).ToString("yyyy-MM-dd", null);
        var page = (await (await lena.PageAsync($"/leads/{lead.Id}")).MustBeOk().Form("Set the label").Fill("Label", "Well").Fill("Why", "opens in June").Fill("Until", until).SubmitAsync()).MustBeOk();
        Assert.Contains($"set by {Cast.SalesLead.Name} until", page.One("#performance").Words(), StringComparison.Ordinal);
        page = (await (await ada.PageAsync($"/leads/{lead.Id}")).MustBeOk().Form("Set the label").Fill("Label", "Average").Fill("Why", "by mistake").Fill("Until", until).SubmitAsync()).MustBeOk();

        page = (await page.Form("Undo").SubmitAsync()).MustBeOk();

        Assert.Contains($"set by {Cast.SalesLead.Name} until", page.One("#performance").Words(), StringComparison.Ordinal);
        // Taken back, and that undone.
        page = (await (await page.Form("Take the label back").SubmitAsync()).MustBeOk().Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Contains($"set by {Cast.SalesLead.Name} until", page.One("#performance").Words(), StringComparison.Ordinal);
        // What nobody ever said is said by who says it.
        var performance = await app.PerformanceOf(lead);
        var by = await app.Viewer(Cast.Administrator);
        Assert.True((await app.Operation<SetManualLabel, SetManualLabel.Result>(set => set.SetAgainAsync(lead.Id, PerformanceLabel.Under, "never said", performance.ManualUntil, null, by, TestContext.Current.CancellationToken))).IsDone);
        Assert.Equal(Cast.Administrator.Name, (await app.PerformanceOf(lead)).ManualBy);
    }

    [Fact]
    public async Task A_pause_that_is_over_is_told_no_more()
    {
        var lead = await app.Lead(plan: new CallPlan(7, PausedUntil: app.Clock.Today));
        var paused = await app.Lead(plan: new CallPlan(7, PausedUntil: app.Clock.Today.AddDays(1)));
        using var client = await app.SignedInAs(Cast.Kam);

        Assert.DoesNotContain("Paused", (await client.PageAsync($"/leads/{lead.Id}")).MustBeOk().Texts("dt"));
        Assert.Contains("Paused", (await client.PageAsync($"/leads/{paused.Id}")).MustBeOk().Texts("dt"));
    }
}
