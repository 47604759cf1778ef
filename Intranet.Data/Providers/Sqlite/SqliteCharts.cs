using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>
/// What charts of all KAMs show, read from the sums that triggers keep (migration <c>ChartSums</c>): two years in some
/// thousand rows, where moves and ownership periods are a million.
/// </summary>
internal static class SqliteCharts
{
    /// <summary>Whole weeks, and the days before the first and after the last of them.</summary>
    internal static IQueryable<KamDay> KamDays(SqliteDbContext db, Period period)
    {
        var (from, until) = period.WholeWeeks;
        return db.KamDays.FromSql($"""
            SELECT "Day", "KamId", "Currency", "Orders", "Revenue", "Calls", "Reached" FROM "KamDays" WHERE "Day" >= {period.From} AND "Day" <= {period.To} AND "Day" < {from}
            UNION ALL SELECT "Week", "KamId", "Currency", "Orders", "Revenue", "Calls", "Reached" FROM "KamWeeks" WHERE "Week" >= {from} AND "Week" < {until}
            UNION ALL SELECT "Day", "KamId", "Currency", "Orders", "Revenue", "Calls", "Reached" FROM "KamDays" WHERE "Day" >= {until} AND "Day" <= {period.To}
            """);
    }

    /// <summary>
    /// Who owned leads at any time of a period: all times that began before its end, without those that had ended before it.
    /// Who had a lead twice in it counts once: such leads are few, and looked at.
    /// </summary>
    internal static async Task<List<KamLeads>> KamLeadsAsync(SqliteDbContext db, Period period, CancellationToken cancellation)
    {
        var (first, last, start, end) = (period.From, period.To, period.Start, period.End);
        var times = await db.Set<OwnerDay>().Where(day => day.Day <= last).GroupBy(day => day.OwnerId)
            .Select(group => new KamLeads(group.Key, group.Sum(day => day.Began) - group.Sum(day => day.Day < first ? day.Ended : 0), group.Sum(day => day.Began) - group.Sum(day => day.Ended)))
            .ToListAsync(cancellation);
        // Found by the lead, which had few owners; said so that SQLite isn't tempted by all that an owner had.
        var nothing = 0;
        var returns = await (from one in db.Set<OwnerReturn>()
                             from time in db.OwnershipPeriods
                             where time.LeadId == one.LeadId && time.OwnerId + nothing == one.OwnerId && time.From < end && (time.To == null || time.To >= start) && db.Leads.Any(lead => lead.Id == one.LeadId && lead.DeletedAt == null)
                             group time by new { one.OwnerId, one.LeadId } into same
                             where same.Count() > 1
                             select new { same.Key.OwnerId, Times = same.Count() }).ToListAsync(cancellation);
        var again = returns.ToLookup(row => row.OwnerId, row => row.Times - 1);
        return [.. times.Where(row => row.During > 0).Select(row => row with { During = row.During - again[row.KamId].Sum() })];
    }

    internal static async Task<List<StageFlow>> StageFlowsAsync(SqliteDbContext db, Period period, CancellationToken cancellation)
    {
        var days = await db.Set<StageDay>().Where(day => day.Day >= period.From && day.Day <= period.To).GroupBy(day => day.Stage)
            .Select(group => new StageFlow(group.Key, group.Sum(day => day.Entered), group.Sum(day => day.Onward), group.Sum(day => day.Back), group.Sum(day => day.Closed))).ToListAsync(cancellation);
        return days.FindAll(day => day.Entered > 0);
    }

    /// <summary>Whole weeks, in the order in which they stand; the days before and after are counted.</summary>
    internal static async Task<List<StageStay>> StageStaysAsync(SqliteDbContext db, Period period, CancellationToken cancellation)
    {
        var (from, until) = period.WholeWeeks;
        if (from >= until)
            return await db.CountStaysAsync(period, null, cancellation);
        var stays = await db.Set<StageStayOfWeek>().Where(stay => stay.Week >= from && stay.Week < until).GroupBy(stay => new { stay.Stage, stay.Days })
            .Select(group => new StageStay(group.Key.Stage, group.Key.Days, group.Sum(stay => stay.Leads))).ToListAsync(cancellation);
        if (period.From < from)
            stays.AddRange(await db.CountStaysAsync(new Period(period.From, from.AddDays(-1)), null, cancellation));
        if (until <= period.To)
            stays.AddRange(await db.CountStaysAsync(new Period(until, period.To), null, cancellation));
        return stays;
    }
}
