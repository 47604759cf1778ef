using System.Linq.Expressions;
using Intranet.Data;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>All that the page of one lead shows.</summary>
/// <param name="CanEdit">The viewer may change it.</param>
/// <param name="LocalTime">By the lead's clock.</param>
/// <param name="Sentence">Why it is due when it is; null when it is closed.</param>
/// <param name="Weeks">The oldest first, without gaps.</param>
public sealed record LeadPage(
    Lead Lead, string? OwnerName, bool CanEdit, DateTime LocalTime, bool? IsOpen, string? Sentence, IReadOnlyList<Stage> Moves, IReadOnlyList<PocPerson> Pocs, Timeline Timeline,
    LeadPerformance Performance, LeadSettings Settings, IReadOnlyList<OrderWeek> Weeks, IReadOnlyList<StageMove> Stages, IReadOnlyList<PeriodRow> Owners)
{
    private const int WeeksShown = 26;

    public DateOnly Today => DateOnly.FromDateTime(LocalTime);

    /// <returns>Null when there is no such lead for the viewer. Deleted ones show to who may bring them back.</returns>
    public static async Task<LeadPage?> ReadAsync(IntranetDbContext db, int id, TimelinePlace? before, LeadViewer viewer, DateTime now, CancellationToken cancellation)
    {
        var found = await db.Leads.AsNoTracking().VisibleTo(viewer).Where(lead => lead.Id == id)
            .Select(lead => new { Lead = lead, lead.Performance, Owner = lead.Owner == null ? null : lead.Owner.DisplayName == "" ? lead.Owner.Email : lead.Owner.DisplayName })
            .FirstOrDefaultAsync(cancellation);
        var canEdit = found is not null && (viewer.IsSalesLead || (viewer.IsKam && found.Lead.OwnerId == viewer.UserId));
        if (found is null || (found.Lead.DeletedAt is not null && !canEdit))
            return null;
        var lead = found.Lead;
        var local = LocalDay.Time(now, LocalDay.Zone(lead.TimeZone));
        var today = DateOnly.FromDateTime(local);
        return new LeadPage(
            lead, found.Owner, canEdit && lead.DeletedAt is null, local, OpeningHours.Parse(lead.OpeningHours, out _)?.IsOpen(local),
            lead.NextDueOn is null && lead.Plan.IntervalDays is not null ? null : NextDue.Reason(NextDue.Facts.Of(lead), today, lead.NextDueOn),
            (await db.AllowedMoves.AllowedMovesAsync(cancellation)).From(lead.Stage), [.. (await db.PocPeopleAsync([id], removed: true, cancellation))[id]],
            await Timeline.ReadAsync(db, id, before, cancellation), found.Performance ?? new LeadPerformance { LeadId = id }, await db.Settings.LeadSettingsAsync(cancellation),
            await WeeksAsync(db, lead, today, cancellation), await db.StageMoves.AsNoTracking().Where(move => move.LeadId == id).OrderByDescending(move => move.At).ThenByDescending(move => move.Id).Take(100).ToListAsync(cancellation),
            await db.OwnershipPeriods.Where(period => period.LeadId == id).OrderByDescending(period => period.From).Take(100).Select(PeriodRow.FromPeriod).ToListAsync(cancellation));
    }

    /// <summary>Orders by week, from the index of a lead's orders; another currency's values are counted as orders only.</summary>
    private static async Task<IReadOnlyList<OrderWeek>> WeeksAsync(IntranetDbContext db, Lead lead, DateOnly today, CancellationToken cancellation)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = monday.AddDays(-7 * (WeeksShown - 1));
        var days = await db.Interactions.Where(one => one.LeadId == lead.Id && one.OrderedOn >= first && one.OrderedOn <= today)
            .GroupBy(one => one.OrderedOn!.Value)
            .Select(day => new { On = day.Key, Orders = day.Count(), Revenue = day.Sum(one => one.Currency == lead.Currency ? one.OrderValue ?? 0 : 0) }).ToListAsync(cancellation);
        var weeks = days.ToLookup(day => (day.On.DayNumber - first.DayNumber) / 7);
        return [.. Enumerable.Range(0, WeeksShown).Select(week => new OrderWeek(first.AddDays(7 * week), weeks[week].Sum(day => day.Orders), weeks[week].Sum(day => day.Revenue)))];
    }
}

/// <param name="Revenue">In minor units of the lead's currency.</param>
public sealed record OrderWeek(DateOnly From, int Orders, long Revenue);

public sealed record PeriodRow(int OwnerId, string Owner, DateTime From, DateTime? To)
{
    public static readonly Expression<Func<OwnershipPeriod, PeriodRow>> FromPeriod = period => new PeriodRow(
        period.OwnerId, period.Owner!.DisplayName == "" ? period.Owner.Email! : period.Owner.DisplayName, period.From, period.To);
}
