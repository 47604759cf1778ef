using Intranet.Data.Leads;
using Intranet.Data.Settings;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

public sealed class PerformanceTests : IAsyncLifetime
{
    private RunningApp app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task All_are_computed_those_without_orders_too_and_time_alone_changes_labels()
    {
        var (well, none) = (await WithOrdersAsync(6), await app.Lead());
        Assert.Equal(PerformanceLabel.Well, (await app.PerformanceOf(well)).Label);
        var told = new List<int>();

        app.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(2, await app.Operation<RecomputePerformance, int>(recompute => recompute.RunAsync((_, percent) => told.Add(percent), cancellation: Cancellation)));
        Assert.Equal((PerformanceLabel.Average, true), (await app.PerformanceOf(well)) is var later ? (later.Label, later.IsSlipping) : default);
        app.Clock.Advance(TimeSpan.FromDays(80));
        await RecomputeAsync();

        var now = await app.PerformanceOf(well);
        Assert.Equal((PerformanceLabel.Under, 0, 0L, app.Clock.Today), (now.Label, now.Orders, now.Revenue, now.ComputedFor));
        Assert.Equal(PerformanceLabel.Under, (await app.PerformanceOf(none)).Label);
        Assert.NotEmpty(told);
    }

    [Fact]
    public async Task A_missing_row_is_added_and_one_lead_can_be_computed_alone()
    {
        var lead = await WithOrdersAsync(3);
        await app.Database(db => db.LeadPerformance.ExecuteDeleteAsync(Cancellation));

        Assert.Equal(3, (await app.Operation<RecomputePerformance, LeadPerformance?>(recompute => recompute.OneAsync(lead.Id, Cancellation)))!.Orders);
        Assert.Null(await app.Operation<RecomputePerformance, LeadPerformance?>(recompute => recompute.OneAsync(int.MaxValue, Cancellation)));
        await app.Database(db => db.LeadPerformance.ExecuteDeleteAsync(Cancellation));
        await RecomputeAsync();
        Assert.Equal(3, (await app.PerformanceOf(lead)).Orders);
    }

    [Fact]
    public async Task What_a_touch_is_counts_once_all_are_computed_with_their_interactions()
    {
        var lead = await app.Lead(interval: 14);
        await app.Logged(lead, InteractionKind.Mail);
        await app.Database(async db =>
        {
            db.Settings.Add(new Setting { Name = Setting.LeadTouches, Value = $"{(int)Touches.Mail}" });
            await db.SaveChangesAsync(Cancellation);
        });

        await RecomputeAsync();
        Assert.Null((await app.Now(lead)).LastTouchAt);
        await app.Operation<RecomputePerformance, int>(recompute => recompute.RunAsync(withTouches: true, cancellation: Cancellation));
        Assert.Equal(app.Clock.UtcNow, (await app.Now(lead)).LastTouchAt);
    }

    [Fact]
    public async Task A_label_by_hand_holds_until_its_last_day_is_over()
    {
        var lead = await app.Lead(owner: Cast.Kam);
        var until = app.Clock.Today.AddDays(10);
        Assert.Equal("Label", (await SetAsync(lead, PerformanceLabel.Well, "New kitchen", until, Cast.Kam)).Refused!.Field);
        Assert.Equal("Reason", (await SetAsync(lead, PerformanceLabel.Well, " ", until)).Refused!.Field);
        Assert.Equal("Until", (await SetAsync(lead, PerformanceLabel.Well, "New kitchen", null)).Refused!.Field);
        Assert.Equal("Until", (await SetAsync(lead, PerformanceLabel.Well, "New kitchen", app.Clock.Today.AddDays(-1))).Refused!.Field);
        Assert.Null((await SetAsync(lead, PerformanceLabel.Well, "New kitchen", until, Cast.Steward)).Refused);

        Assert.True((await SetAsync(lead, PerformanceLabel.Well, "New kitchen", until)).IsDone);

        var now = await app.PerformanceOf(lead);
        Assert.Equal((PerformanceLabel.Well, PerformanceLabel.Under, Cast.SalesLead.Name), (now.Label, now.RuleLabel, now.ManualBy));
        Assert.Equal("set by Lena Lead until 25 May 2030: New kitchen (no order yet)", PerformanceRules.Sentence(now, new LeadSettings()));
        app.Clock.Advance(TimeSpan.FromDays(10));
        await RecomputeAsync();
        Assert.Equal(PerformanceLabel.Well, (await app.PerformanceOf(lead)).Label);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await RecomputeAsync();
        Assert.Equal((PerformanceLabel.Under, null, null), (await app.PerformanceOf(lead)) is var after ? (after.Label, after.ManualLabel, after.ManualReason) : default);
    }

    [Fact]
    public async Task A_label_by_hand_can_be_taken_back()
    {
        var lead = await app.Lead();
        await SetAsync(lead, PerformanceLabel.Well, "New kitchen", app.Clock.Today);

        Assert.True((await SetAsync(lead, null, null, null)).IsDone);

        Assert.Equal((PerformanceLabel.Under, null), ((await app.PerformanceOf(lead)).Label, (await app.PerformanceOf(lead)).ManualLabel));
        Assert.Equal(["labelled by hand", "label taken back"], await app.Database(db => db.AuditEntries.Where(entry => entry.SubjectId == lead.Id && entry.Action.StartsWith("label")).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync(Cancellation)));
    }

    [Fact]
    public async Task Other_thresholds_are_previewed_and_change_nothing()
    {
        var (six, four, byHand) = (await WithOrdersAsync(6), await WithOrdersAsync(4), await WithOrdersAsync(4));
        await SetAsync(byHand, PerformanceLabel.Under, "Left", app.Clock.Today);
        await app.Lead();

        Assert.Empty(await PreviewAsync(new LeadSettings()));
        Assert.Equal([new(PerformanceLabel.Average, PerformanceLabel.Well, 1)], await PreviewAsync(new LeadSettings(WellMinimumOrders: 3)));
        Assert.Equal([new(PerformanceLabel.Well, PerformanceLabel.Average, 1), new(PerformanceLabel.Average, PerformanceLabel.Under, 1)], await PreviewAsync(new LeadSettings(WellMinimumOrders: 8, UnderMaximumOrders: 5)));
        // A shorter window has fewer orders.
        Assert.Equal([new(PerformanceLabel.Well, PerformanceLabel.Average, 1)], await PreviewAsync(new LeadSettings(WindowDays: 8)));
        Assert.Equal((PerformanceLabel.Well, PerformanceLabel.Average), ((await app.PerformanceOf(six)).Label, (await app.PerformanceOf(four)).Label));

        Task<IReadOnlyList<PreviewLabels.Move>> PreviewAsync(LeadSettings settings) => app.Operation<PreviewLabels, IReadOnlyList<PreviewLabels.Move>>(preview => preview.RunAsync(settings, Cancellation));
    }

    [Fact]
    public async Task Orders_in_another_currency_count_and_add_nothing_up()
    {
        var lead = await WithOrdersAsync(2);
        // Nobody can any more; it was done before that was so.
        await app.Database(db => db.Leads.Where(one => one.Id == lead.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Currency, "USD"), Cancellation));
        await app.Logged(lead, InteractionKind.Order, value: 7);

        Assert.Equal((3, 7L), (await app.PerformanceOf(lead)) is var now ? (now.Orders, now.Revenue) : default);
    }

    // The last one today, one every two days.
    private async Task<Lead> WithOrdersAsync(int orders)
    {
        var lead = await app.Lead();
        for (var i = 0; i < orders; i++)
            await app.Logged(lead, InteractionKind.Order, value: 100, daysAgo: 2 * i);
        return lead;
    }

    private Task<int> RecomputeAsync() => app.Operation<RecomputePerformance, int>(recompute => recompute.RunAsync(cancellation: Cancellation));

    private async Task<SetManualLabel.Result> SetAsync(Lead lead, PerformanceLabel? label, string? reason, DateOnly? until, Person? person = null)
    {
        var by = await app.Viewer(person ?? Cast.SalesLead);
        return await app.Operation<SetManualLabel, SetManualLabel.Result>(set => set.RunAsync(lead.Id, label, reason, until, null, by, Cancellation));
    }
}
