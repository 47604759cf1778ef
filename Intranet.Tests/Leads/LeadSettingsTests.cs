using System.Net;
using Intranet.Data.Jobs;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

public sealed class LeadSettingsTests
{
    private const string Url = "/leads/settings";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thresholds_tell_what_they_would_move_before_they_are_saved()
    {
        await using var app = await RunningApp.StartAsync();
        app.Clock.Advance(TimeSpan.FromDays(60));
        var (often, seldom) = (await app.Lead(), await app.Lead());
        for (var i = 0; i < 6; i++)
            await app.Logged(often, InteractionKind.Order, daysAgo: i, value: 100);
        await app.Logged(seldom, InteractionKind.Order, daysAgo: 1, value: 100);
        Assert.Equal((PerformanceLabel.Well, PerformanceLabel.Under), ((await app.PerformanceOf(often)).Label, (await app.PerformanceOf(seldom)).Label));
        // A closed one moves nowhere.
        var closed = await app.Lead(stage: Stage.Closed);
        for (var i = 0; i < 6; i++)
            await app.Logged(closed, InteractionKind.Order, daysAgo: i, value: 100);
        Assert.Equal((PerformanceLabel.Well, null), await app.PerformanceOf(closed) is var one ? (one.Label, one.ListedAs) : default);
        using var client = await app.SignedInAs(Cast.SalesLead);

        var page = (await client.PageAsync(Url)).MustBeOk();
        Assert.Equal("Moves no account.", page.One("#preview").Words());
        page = (await client.PageAsync($"{Url}?Input.TeamCanSee=true&Input.Touches=Visit&Input.WindowDays=90&Input.WellMinimumOrders=9&Input.WellWithinDays=15&Input.UnderAfterDays=30&Input.UnderMaximumOrders=0")).MustBeOk();
        Assert.Equal("Moves 2 accounts. Well → Average: 1 Under → Average: 1", page.One("#preview").Words());
        // Without a script at a press, which leaves in the address what was typed and no token.
        page = (await page.Form("Preview").Fill("or at most this many orders", "1").Tick("A mail").SubmitAsync()).MustBeOk();
        Assert.StartsWith($"{Url}?Input.", page.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("Token", page.Path, StringComparison.Ordinal);
        Assert.Equal(("1", "9"), (page.Form("Save").Value("or at most this many orders"), page.Form("Save").Value("Well-performing: more orders than")));
        Assert.Equal(["Visit", "Mail"], page.All("[name='Input.Touches'][checked]").Select(box => box.GetAttribute("value")));
        Assert.Equal("Moves 1 account. Well → Average: 1", page.One("#preview").Words());
        Assert.False(await app.Database(db => db.Settings.AnyAsync(setting => setting.Name == "performance-window-days", Cancellation)));

        page = (await (await client.PageAsync(Url)).MustBeOk().Form("Save").Fill("Well-performing: more orders than", "9").Fill("or at most this many orders", "0").Tick("The team can see: key account managers see the leads of others, without changing them", on: false).SubmitAsync()).MustBeOk();
        Assert.Contains("Saved.", page.Text, StringComparison.Ordinal);
        Assert.Equal(new LeadSettings(false, 90, 9, 15, 30, 0), await app.Database(db => db.Settings.LeadSettingsAsync(Cancellation)));
        // Now these are what counts, also before all is computed anew.
        Assert.Equal("Moves no account.", page.One("#preview").Words());
        Assert.Contains("performance-well-minimum-orders: as shipped → 9", await app.Database(db => db.AuditEntries.Where(entry => entry.Subject == "Setting").Select(entry => entry.Details).ToListAsync(Cancellation)));
    }

    [Fact]
    public async Task The_thresholds_of_now_move_nobody_also_where_it_is_tomorrow_already()
    {
        await using var app = await RunningApp.StartAsync();
        app.Clock.Set(new DateTime(2030, 5, 15, 20, 0, 0, DateTimeKind.Utc));
        var lead = await app.Lead(city: "Auckland", zone: "Pacific/Auckland");
        // 31 days ago there, 30 in Greenwich.
        foreach (var days in new[] { 31, 32, 33 })
            await app.Logged(lead, InteractionKind.Order, daysAgo: days - 0.5, value: 100);
        Assert.Equal(PerformanceLabel.Under, (await app.PerformanceOf(lead)).Label);
        using var client = await app.SignedInAs(Cast.SalesLead);

        Assert.Equal("Moves no account.", (await client.PageAsync(Url)).MustBeOk().One("#preview").Words());
    }

    [Fact]
    public async Task Saving_them_computes_all_leads_anew()
    {
        await using var app = await RunningApp.StartAsync(options => options.Settings["Jobs:Enabled"] = "true");
        using var client = await app.SignedInAs(Cast.SalesLead);
        var page = await (await client.PageAsync(Url)).MustBeOk().Form("Save").Fill("Length of the window", "60").SubmitAsync();
        Assert.Contains("Labels and due days are being computed anew.", page.MustBeOk().Text, StringComparison.Ordinal);
        Assert.True(await app.Database(db => db.JobRuns.AnyAsync(run => run.Job == "recompute-performance", Cancellation)));
    }

    [Fact]
    public async Task Those_saved_while_all_leads_are_computed_are_computed_after_that()
    {
        await using var app = await RunningApp.StartAsync(options => options.Settings["Jobs:Enabled"] = "true");
        // One that has read what the thresholds were, and is still at it.
        var running = JobRun.Queued("recompute-performance", "somebody", app.Clock.UtcNow);
        await app.Database(async db =>
        {
            db.JobRuns.Add(running);
            await db.SaveChangesAsync(Cancellation);
            await db.JobRuns.Where(run => run.Id == running.Id).ExecuteUpdateAsync(set => set.SetProperty(run => run.Result, JobResult.Running), Cancellation);
        });
        using var client = await app.SignedInAs(Cast.SalesLead);

        (await (await client.PageAsync(Url)).MustBeOk().Form("Save").Fill("Length of the window", "60").SubmitAsync()).MustBeOk();

        Assert.True(await app.Database(db => db.JobRuns.AnyAsync(run => run.Job == "recompute-performance" && run.Id > running.Id, Cancellation)));
    }

    [Theory]
    [InlineData("Length of the window", "6", "Give a number of days from 7 to 730.")]
    [InlineData("Length of the window", "", "Give a whole number.")]
    [InlineData("Well-performing: more orders than", "1001", "Give a number of orders from 0 to 1000.")]
    [InlineData("and the last within", "0", "Give a number of days from 1 to 730.", "Well-performing: ")]
    [InlineData("Underperforming: no order for more than", "731", "Give a number of days from 1 to 730.")]
    [InlineData("or at most this many orders", "6", "This many orders can't be both under- and well-performing.", "Underperforming: ")]
    public async Task What_cannot_be_is_told_at_its_field_and_not_saved(string field, string value, string message, string of = "")
    {
        await using var app = await RunningApp.StartAsync();
        using var client = await app.SignedInAs(Cast.SalesLead);

        var page = (await (await client.PageAsync(Url)).Form("Save").Fill(field, value).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(message, page.FieldError(field));
        Assert.Equal(value, page.Form("Save").Value(field));
        Assert.Equal($"What it moves shows when these can be used: {of}{field}: {message}", page.One("#preview").Words());
        Assert.False(await app.Database(db => db.Settings.AnyAsync(setting => setting.Name == "performance-window-days", Cancellation)));
        // One of several values, as nobody types it but a program.
        Assert.True((await client.PageAsync($"{Url}?Input.WindowDays=90&Input.Touches[0]=x")).Status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Allowed_moves_are_a_table_that_holds_at_once()
    {
        await using var app = await RunningApp.StartAsync();
        var lead = await app.Lead(stage: Stage.New);
        using var client = await app.SignedInAs(Cast.Administrator);
        var page = (await client.PageAsync(Url)).MustBeOk();
        Assert.Equal(AllowedMove.Shipped.Count, page.All("[name=allowed][checked]").Count);

        page = (await page.Form("Save moves").Tick("New to Active").Tick("New to Contacted", on: false).SubmitAsync()).MustBeOk();

        Assert.Contains("Saved.", page.Text, StringComparison.Ordinal);
        using var karl = await app.SignedInAs(Cast.Kam);
        Assert.Equal(["Active", "Closed"], (await karl.PageAsync($"/leads/board?q={lead.Name}")).MustBeOk().Texts("[name=to] option"));
        Assert.Equal(["added", "removed"], await app.Database(db => db.AuditEntries.Where(entry => entry.Subject == "AllowedMove").OrderBy(entry => entry.Action).Select(entry => entry.Action).ToListAsync(Cancellation)));
        page = (await client.PageAsync(Url)).MustBeOk();
        page.All("[name=allowed]")[0].SetAttribute("value", "New-Nowhere");
        (await page.Form("Save moves").Choose("allowed", "New-Nowhere").SubmitAsync()).MustBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Sales_leads_see_the_moves_and_only_administrators_change_them()
    {
        await using var app = await RunningApp.StartAsync();
        using var ada = await app.SignedInAs(Cast.Administrator);
        var form = (await ada.PageAsync(Url)).MustBeOk().Form("Save moves").Tick("New to Active");
        using var lena = await app.SignedInAs(Cast.SalesLead);

        var page = (await lena.PageAsync(Url)).MustBeOk();
        Assert.Empty(page.All("[name=allowed]"));
        Assert.Equal("yes – – – yes", string.Join(' ', page.All(".moves-table tbody tr")[0].Children.Skip(1).Select(cell => cell.Words()).Where(text => text.Length > 0)));
        Assert.Contains("Administrators change them.", page.Text, StringComparison.Ordinal);
        using var posted = await lena.PostAsync(new Uri($"{Url}?handler=Moves", UriKind.Relative), new FormUrlEncodedContent([new("allowed", "New-Active"), new("__RequestVerificationToken", page.All("[name=__RequestVerificationToken]")[0].GetAttribute("value")!)]), Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, posted.StatusCode);
        Assert.Equal(AllowedMove.Shipped.Count, await app.Database(db => db.AllowedMoves.CountAsync(Cancellation)));
        (await form.SubmitAsync()).MustBeOk();
        Assert.Equal(AllowedMove.Shipped.Count + 1, await app.Database(db => db.AllowedMoves.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task What_somebody_else_saved_meanwhile_stands_beside_what_was_typed()
    {
        await using var app = await RunningApp.StartAsync();
        using var lena = await app.SignedInAs(Cast.SalesLead);
        using var ada = await app.SignedInAs(Cast.Administrator);
        var typed = (await lena.PageAsync(Url)).MustBeOk().Form("Save").Fill("Length of the window", "60");
        (await (await ada.PageAsync(Url)).MustBeOk().Form("Save").Fill("and the last within", "20").Tick("A mail").SubmitAsync()).MustBeOk();

        var page = (await typed.SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody changed these settings in the meantime.", page.Text, StringComparison.Ordinal);
        Assert.Equal(("60", "now: 90", "now: 20", "now: A call that reached somebody, A visit, An order, A mail"),
            (page.Form("Save").Value("Length of the window"), page.One("#Input_WindowDays-now").Words(), page.One("#Input_WellWithinDays-now").Words(), page.One("#Input_Touches-now").Words()));
        Assert.Empty(page.All("#Input_UnderAfterDays-now"));
        Assert.Contains("Moves no account.", page.One("#preview").Words(), StringComparison.Ordinal);
        Assert.Equal((90, 20), await app.Database(db => db.Settings.LeadSettingsAsync(Cancellation)) is var now ? (now.WindowDays, now.WellWithinDays) : default);
        // Knowingly.
        (await page.Form("Save").SubmitAsync()).MustBeOk();
        Assert.Equal(new LeadSettings(WindowDays: 60), await app.Database(db => db.Settings.LeadSettingsAsync(Cancellation)));
    }

    [Fact]
    public async Task Moves_that_somebody_else_saved_meanwhile_stand_beside_those_that_were_ticked()
    {
        await using var app = await RunningApp.StartAsync();
        using var lena = await app.SignedInAs(await app.Given.User(role: Data.Accounts.Role.Administrator));
        using var ada = await app.SignedInAs(Cast.Administrator);
        var ticked = (await lena.PageAsync(Url)).MustBeOk().Form("Save moves").Tick("New to Active");
        (await (await ada.PageAsync(Url)).MustBeOk().Form("Save moves").Tick("New to Contacted", on: false).SubmitAsync()).MustBeOk();

        var page = (await ticked.SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Somebody changed these moves in the meantime.", page.Text, StringComparison.Ordinal);
        Assert.Equal(["now: no", "now: no"], page.Texts(".moves-table .form-hint"));
        Assert.Equal([Stage.Closed], (await app.Database(db => db.AllowedMoves.AllowedMovesAsync(Cancellation))).From(Stage.New));
        (await page.Form("Save moves").SubmitAsync()).MustBeOk();
        Assert.Equal([Stage.Contacted, Stage.Active, Stage.Closed], (await app.Database(db => db.AllowedMoves.AllowedMovesAsync(Cancellation))).From(Stage.New));
    }
}
