using Intranet.Data.Accounts;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

/// <summary>The start page, for each what is theirs.</summary>
public sealed class MyDayTests
{
    [Fact]
    public async Task A_kam_sees_calls_follow_ups_slipping_accounts_and_what_is_new()
    {
        await using var app = await RunningApp.StartAsync();
        app.Clock.Advance(TimeSpan.FromDays(-1) - TimeSpan.FromDays(30));
        var slipping = await app.Lead("Slipping");
        for (var ago = 20; ago <= 80; ago += 4)
            await app.Logged(slipping, InteractionKind.Order, daysAgo: ago - 20, value: 5000);
        var given = await app.Lead("Given", owner: Cast.OtherKam);
        app.Clock.Advance(TimeSpan.FromDays(30));
        var due = await app.Lead("Due one", interval: 7);
        var promised = await app.Lead("Promised", interval: 30);
        await app.Logged(promised, outcome: CallOutcome.FollowUp, followUpOn: app.Clock.Today.AddDays(6));
        var moved = await app.Lead("Moved");
        var theirs = await app.Lead("Theirs", owner: Cast.OtherKam, interval: 7);
        app.Clock.Advance(TimeSpan.FromDays(1));
        var lead = await app.Viewer(Cast.SalesLead);
        await app.Operation<MoveStage, MoveStage.Result>(move => move.RunAsync(moved.Id, Stage.Contacted, null, null, lead, TestContext.Current.CancellationToken));
        var slip = await app.Operation<MoveStage, MoveStage.Result>(move => move.RunAsync(due.Id, Stage.Contacted, null, null, lead, TestContext.Current.CancellationToken));
        Assert.NotNull((await app.Operation<TakeBackMove, TakeBackMove.Result>(back => back.RunAsync(slip.Move!.Id, lead, TestContext.Current.CancellationToken))).Lead);
        await app.Operation<ReassignLeads, ReassignLeads.Result>(async reassign => await reassign.RunAsync(new ReassignLeads.Request([given.Id], null, [await app.UserId(Cast.Kam)]), lead, TestContext.Current.CancellationToken));
        await app.Logged(due, InteractionKind.Order, daysAgo: 0.5, value: 12345);
        await app.Operation<RecomputePerformance, int>(recompute => recompute.RunAsync(cancellation: TestContext.Current.CancellationToken));
        using var client = await app.SignedInAs(Cast.Kam);

        var page = (await client.PageAsync("/")).MustBeOk();

        Assert.Contains("Promised", page.One("[aria-labelledby=follow-title]").Words(), StringComparison.Ordinal);
        Assert.Contains("Slipping orders every 4 ± 0 days; now", page.One("[aria-labelledby=slipping-title]").Words(), StringComparison.Ordinal);
        var news = page.One("[aria-labelledby=news-title]").Words();
        Assert.Contains("1 order €123.45", news, StringComparison.Ordinal);
        Assert.Contains("1 lead was given to you: Given", news, StringComparison.Ordinal);
        Assert.Contains("Moved New → Contacted", news, StringComparison.Ordinal);
        // Taken back at once: neither it nor its return is news.
        Assert.DoesNotContain("Due one", news, StringComparison.Ordinal);
        Assert.DoesNotContain("Theirs", page.Text, StringComparison.Ordinal);
        using var team = await app.SignedInAs(Cast.SalesLead);
        page = (await team.PageAsync("/")).MustBeOk();
        Assert.Contains("Calls due in the team", page.Text, StringComparison.Ordinal);
        Assert.Contains("Theirs", page.One("[aria-labelledby=due-title]").Words(), StringComparison.Ordinal);
        Assert.NotNull(theirs);
    }

    [Fact]
    public async Task What_was_promised_stays_after_a_call_that_nobody_answered_also_without_a_plan()
    {
        await using var app = await RunningApp.StartAsync();
        // A Thursday.
        app.Clock.Set(new DateTime(2030, 11, 7, 10, 0, 0, DateTimeKind.Utc));
        var lead = await app.Lead("Promised");
        await app.Logged(lead, outcome: CallOutcome.FollowUp, daysAgo: 2, followUpOn: new DateOnly(2030, 11, 5));
        await app.Logged(lead, outcome: CallOutcome.NoAnswer, daysAgo: 1);

        var now = await app.Now(lead);
        Assert.Equal((new DateOnly(2030, 11, 7), new DateOnly(2030, 11, 5), RetryCause.NoAnswer, new DateTime(2030, 11, 5, 23, 0, 0)), (now.NextDueOn, now.PromisedOn, now.RetryCause, now.OverdueAt));
        using var client = await app.SignedInAs(Cast.Kam);
        Assert.Contains("no answer on 6 Nov (1 attempt), try again; promised for 5 Nov", (await client.PageAsync("/leads/due")).MustBeOk().One($"#lead-{lead.Id}").Words(), StringComparison.Ordinal);
        Assert.Contains("Promised", (await client.PageAsync("/")).MustBeOk().One("[aria-labelledby=follow-title]").Words(), StringComparison.Ordinal);
        Assert.Contains("no answer yet; promised for 5 Nov", (await client.PageAsync("/")).MustBeOk().One("[aria-labelledby=follow-title]").Words(), StringComparison.Ordinal);

        // Whoever answers ends it.
        await app.Logged(lead);
        Assert.Equal((null, null), await app.Now(lead) is var done ? (done.NextDueOn, done.PromisedOn) : default);
        Assert.Contains("Nothing was promised.", (await client.PageAsync("/")).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_a_lead_back_that_was_given_away_by_mistake_was_given_none()
    {
        await using var app = await RunningApp.StartAsync();
        var lead = await app.Lead("Back again");
        app.Clock.Advance(TimeSpan.FromHours(1));
        var by = await app.Viewer(Cast.SalesLead);
        var kora = await app.UserId(Cast.OtherKam);
        var given = await app.Operation<ReassignLeads, ReassignLeads.Result>(reassign => reassign.RunAsync(new ReassignLeads.Request([lead.Id], null, [kora]), by, TestContext.Current.CancellationToken));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using (var client = await app.SignedInAs(Cast.OtherKam))
            Assert.Contains("1 lead was given to you: Back again", (await client.PageAsync("/")).MustBeOk().Text, StringComparison.Ordinal);
        Assert.Equal(1, (await app.Operation<TakeBackReassignment, TakeBackReassignment.Result>(back => back.RunAsync(null, given.At, by, TestContext.Current.CancellationToken))).Back);

        foreach (var person in new[] { Cast.Kam, Cast.OtherKam })
        {
            using var client = await app.SignedInAs(person);
            Assert.DoesNotContain("was given to you", (await client.PageAsync("/")).MustBeOk().Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_has_nothing_to_do_is_told_what_would_be_here()
    {
        await using var app = await RunningApp.StartAsync();
        using (var client = await app.SignedInAs(Cast.Kam))
        {
            var page = (await client.PageAsync("/")).MustBeOk();
            foreach (var text in new[] { "Nobody is due.", "Nothing was promised.", "Everybody orders in their own rhythm.", "Nothing new.", "Nothing to confirm." })
                Assert.Contains(text, page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Reviews waiting", page.Text, StringComparison.Ordinal);
        }

        using (var client = await app.SignedInAs(Cast.Employee))
        {
            var page = (await client.PageAsync("/")).MustBeOk();
            Assert.Equal(["To confirm", "Whom to ask"], page.Texts("main h2"));
            Assert.StartsWith("/directory?q=oil", (await page.Form("Find").Fill("Product, repository or person", "oil").SubmitAsync()).Path, StringComparison.Ordinal);
        }

        using var steward = await app.SignedInAs(Cast.Steward);
        Assert.Contains("Nothing to review.", (await steward.PageAsync("/")).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_is_said_to_own_is_confirmed_from_here()
    {
        await using var app = await RunningApp.StartAsync();
        var employee = await app.Given.Employee();
        var product = await app.Given.Product("Kettle");
        var never = await app.Given.Assignment(employee, product);
        await app.Given.Assignment(employee, await app.Given.Product("Fresh"), confirmedOn: app.Clock.Today.AddDays(-90));
        await app.Given.Assignment(employee, await app.Given.Product("Stale"), confirmedOn: app.Clock.Today.AddDays(-91));
        await app.Given.Assignment(product: await app.Given.Product("Another's"));
        await app.Database(db => db.Users.Where(user => user.Email == Cast.Employee.Email).ExecuteUpdateAsync(set => set.SetProperty(user => user.EmployeeId, employee.Id), TestContext.Current.CancellationToken));
        using var client = await app.SignedInAs(Cast.Employee);

        var page = (await client.PageAsync("/")).MustBeOk();
        Assert.Equal(["Kettle", "Stale"], page.Texts("[aria-labelledby=confirm-title] strong"));
        page = (await page.Form("Kettle is still true").SubmitAsync()).MustBeOk();

        Assert.Equal("/", page.Path);
        Assert.Equal(["Stale"], page.Texts("[aria-labelledby=confirm-title] strong"));
        Assert.Equal(app.Clock.Today, await app.Database(db => db.Assignments.Where(one => one.Id == never.Id).Select(one => one.ConfirmedOn).SingleAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData(Role.Kam, false, false)]
    [InlineData(Role.Kam, true, true)]
    [InlineData(Role.Steward, true, false)]
    public async Task Axe_finds_nothing(string role, bool dark, bool phone)
    {
        await using var app = await RunningApp.StartAsync();
        var overdue = await app.Lead("A restaurant with a rather long name by the river", interval: 7, maximum: 9);
        await app.Logged(overdue, daysAgo: 20);
        await Browser.VisitAsync(app, Cast.All.First(person => person.Role == role), async page =>
        {
            await page.GotoAsync("/");
            await page.AxeAsync();
            await page.FitsTheWidthAsync();
        }, dark, phone);
    }
}
