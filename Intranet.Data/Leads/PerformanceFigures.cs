using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Orders of a day, or of the week that begins on it, that are credited to one KAM, of one currency.</summary>
/// <param name="KamId">Who owned the lead at the time; null: nobody.</param>
/// <param name="Revenue">In minor units.</param>
public sealed record DayOfOrders(DateOnly On, int? KamId, string Currency, int Orders, long Revenue);

/// <summary>Calls that are credited to one KAM, and how many of them reached somebody.</summary>
public sealed record KamCalls(int? KamId, int Calls, int Reached);

/// <summary>How many leads a KAM owned at any time of a period, and at its end, or now where it goes on. Days are UTC's.</summary>
public sealed record KamLeads(int KamId, int During, int AtEnd);

/// <summary>What became of the leads that entered a stage. Where the rest are: still there.</summary>
public sealed record StageFlow(Stage Stage, int Entered, int Onward, int Back, int Closed)
{
    public int Still => Entered - Onward - Back - Closed;
}

/// <param name="Days">Whole days in the stage.</param>
/// <param name="Leads">How many left it after as many.</param>
public sealed record StageStay(Stage Stage, int Days, int Leads);

/// <summary>
/// What charts show, added up by the database, for periods of up to two years: its rows grow with weeks, KAMs and stages, not
/// with interactions. Everything is credited to who owned the lead at the time. Of all KAMs it is read from sums where a
/// database keeps them.
/// </summary>
public static class PerformanceFigures
{
    /// <summary>Orders of a period; a row is a day's, or a whole week's under its Monday.</summary>
    public static async Task<List<DayOfOrders>> OrdersAsync(this IntranetDbContext db, Period period, CancellationToken cancellation = default)
    {
        // Each day, KAM and currency is one row on SQLite; a view may tell of it twice.
        var days = await db.KamDaysOf(period).Where(day => day.Orders > 0).Select(day => new { day.Day, day.KamId, day.Currency, day.Orders, day.Revenue }).ToListAsync(cancellation);
        return days.ConvertAll(day => new DayOfOrders(day.Day, day.KamId == 0 ? null : day.KamId, day.Currency, day.Orders, day.Revenue));
    }

    public static async Task<List<KamCalls>> CallsByKamAsync(this IntranetDbContext db, Period period, CancellationToken cancellation = default)
    {
        // Calls have no currency.
        var calls = await db.KamDaysOf(period).Where(day => day.Currency == "")
            .GroupBy(day => day.KamId).Select(group => new { group.Key, Calls = group.Sum(day => day.Calls), Reached = group.Sum(day => day.Reached) }).ToListAsync(cancellation);
        return [.. calls.Where(row => row.Calls > 0).Select(row => new KamCalls(row.Key == 0 ? null : row.Key, row.Calls, row.Reached))];
    }

    public static Task<List<KamLeads>> LeadsByKamAsync(this IntranetDbContext db, Period period, CancellationToken cancellation = default) => db.KamLeadsOfAsync(period, cancellation);

    /// <summary>Of the leads that entered a stage in the period: how many moved on since, back, or were closed. Who comes twice counts twice.</summary>
    /// <param name="kam">Only leads that they owned on entering; null: all.</param>
    public static Task<List<StageFlow>> StageFlowsAsync(this IntranetDbContext db, Period period, int? kam, CancellationToken cancellation = default)
        => kam is null ? db.StageFlowsOfAsync(period, cancellation) : db.CountFlowsAsync(period, kam, cancellation);

    /// <summary>How long the leads that left a stage in the period had been in it; for medians, which databases don't add up.</summary>
    /// <param name="kam">Only leads that they owned on leaving; null: all.</param>
    public static Task<List<StageStay>> StageStaysAsync(this IntranetDbContext db, Period period, int? kam, CancellationToken cancellation = default)
        => kam is null ? db.StageStaysOfAsync(period, cancellation) : db.CountStaysAsync(period, kam, cancellation);

    // From here on: counted anew, from what is written down.

    internal static async Task<List<KamLeads>> CountLeadsAsync(this IntranetDbContext db, Period period, CancellationToken cancellation)
    {
        var (start, end) = (period.Start, period.End);
        // The few that are deleted are a list; to look at each lead would take longer than all the rest.
        var deleted = db.Leads.Where(lead => lead.DeletedAt != null).Select(lead => lead.Id);
        return await db.OwnershipPeriods.Where(p => p.From < end && (p.To == null || p.To >= start) && !deleted.Contains(p.LeadId))
            .GroupBy(p => p.OwnerId)
            .Select(group => new KamLeads(group.Key, group.Select(p => p.LeadId).Distinct().Count(), group.Sum(p => p.To == null || p.To >= end ? 1 : 0)))
            .ToListAsync(cancellation);
    }

    internal static Task<List<StageFlow>> CountFlowsAsync(this IntranetDbContext db, Period period, int? kam, CancellationToken cancellation)
    {
        var (start, end) = (period.Start, period.End);
        return (from entry in db.Moves(kam).Where(move => move.At >= start && move.At < end)
                // The move that ended it says when what it ended had begun. Of several stays that began at one instant there are several: the last counts.
                from exit in db.StageMoves.Standing().Where(exit => exit.LeadId == entry.LeadId && exit.At >= entry.At && exit.From == entry.To && exit.FromSince == entry.At
                    && !db.StageMoves.Standing().Any(later => later.LeadId == exit.LeadId && later.At >= exit.FromSince && later.From == exit.From && later.FromSince == exit.FromSince && later.Id > exit.Id)).DefaultIfEmpty()
                group new { entry, exit } by entry.To into stage
                select new StageFlow(
                    stage.Key,
                    stage.Count(),
                    stage.Sum(move => move.exit!.To > move.entry.To && move.exit.To != Stage.Closed ? 1 : 0),
                    stage.Sum(move => move.exit!.To < move.entry.To ? 1 : 0),
                    stage.Sum(move => move.exit!.To == Stage.Closed ? 1 : 0)))
            .ToListAsync(cancellation);
    }

    internal static async Task<List<StageStay>> CountStaysAsync(this IntranetDbContext db, Period period, int? kam, CancellationToken cancellation)
    {
        var (start, end) = (period.Start, period.End);
        var stays = await db.Moves(kam).Where(move => move.At >= start && move.At < end && move.From != null && move.FromSince != null)
            .GroupBy(move => new { move.From, Days = IntranetDbContext.WholeDays(move.FromSince!.Value, move.At) })
            .Select(group => new { group.Key.From, group.Key.Days, Leads = group.Count() })
            .ToListAsync(cancellation);
        return stays.ConvertAll(stay => new StageStay(stay.From!.Value, stay.Days, stay.Leads));
    }

    /// <summary>The median of stays in one stage; null without any.</summary>
    public static int? MedianDays(IEnumerable<StageStay> stays)
    {
        var sorted = stays.OrderBy(stay => stay.Days).ToList();
        var half = (sorted.Sum(stay => stay.Leads) + 1) / 2;
        foreach (var stay in sorted)
        {
            half -= stay.Leads;
            if (half <= 0)
                return stay.Days;
        }

        return null;
    }

    /// <summary>The newest interaction, move and ownership period: while they stay, so do the figures, but for changes in place.</summary>
    public static async Task<(int Interactions, int Moves)> NewestAsync(this IntranetDbContext db, CancellationToken cancellation = default)
    {
        // One question for all three; the roles only lend it a row.
        var newest = await db.Roles.OrderBy(role => role.Id).Select(_ => new
        {
            Interaction = db.Interactions.Max(i => (int?)i.Id),
            Move = db.StageMoves.Max(move => (int?)move.Id),
            Ownership = db.OwnershipPeriods.Max(p => (int?)p.Id),
        }).FirstAsync(cancellation);
        return (HashCode.Combine(newest.Interaction, newest.Ownership), HashCode.Combine(newest.Move, newest.Ownership));
    }

    // What was taken back was never one, and its return is none.
    private static IQueryable<StageMove> Standing(this IQueryable<StageMove> moves) => moves.Where(move => !move.IsTakenBack);

    // From the side of the owner the moves are few, and found by lead.
    private static IQueryable<StageMove> Moves(this IntranetDbContext db, int? kam)
    {
        var moves = db.StageMoves.Standing();
        return kam is null ? moves
            : from period in db.OwnershipPeriods
              where period.OwnerId == kam
              join move in moves on period.LeadId equals move.LeadId
              where move.At >= period.From && (period.To == null || move.At < period.To)
              select move;
    }
}
