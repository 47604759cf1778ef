using Intranet.Data.Auditing;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Gives leads to other owners, or to nobody: one's time ends and the other's begins, and the history says so. Inside the
/// caller's transaction and lock; whether anybody may is asked before.
/// </summary>
internal sealed class GiveLeads(IntranetDbContext db)
{
    /// <param name="moves">Of leads that their old owner has now; no more than a statement takes.</param>
    /// <param name="names">Of the owners, for the history.</param>
    /// <param name="now">UTC.</param>
    /// <param name="by">The id of who gives them, and may take that back; null: nobody may.</param>
    /// <param name="why">What the history adds; null: nothing.</param>
    /// <param name="cancellation">Before the end leaves everything as it was, in the caller's transaction.</param>
    internal async Task RunAsync(IReadOnlyList<(int Lead, int? From, int? To)> moves, IReadOnlyDictionary<int, string> names, DateTime now, int? by, string? why, CancellationToken cancellation)
    {
        foreach (var group in moves.GroupBy(move => move.To))
        {
            var (to, those) = (group.Key, group.Select(move => move.Lead).ToArray());
            await db.Leads.Where(lead => those.Contains(lead.Id)).ExecuteUpdateAsync(set => set
                .SetProperty(lead => lead.OwnerId, to).SetProperty(lead => lead.UpdatedAt, now).SetProperty(lead => lead.Version, Guid.NewGuid()), cancellation);
        }

        await BeginAsync([.. moves.Select(move => (move.Lead, move.To))], now, by, cancellation);
        await db.InsertManyAsync(moves.Select(move => db.Told("reassigned", nameof(Lead), move.Lead, $"{NameOf(move.From, names)} → {NameOf(move.To, names)}{(why is null ? "" : $", {why}")}")), cancellation);
    }

    /// <summary>Their times alone: one ends, the next begins. The leads themselves, and what the history says, are the caller's.</summary>
    internal async Task BeginAsync(IReadOnlyList<(int Lead, int? To)> moves, DateTime now, int? by, CancellationToken cancellation)
    {
        var ids = moves.Select(move => move.Lead).ToArray();
        await db.OwnershipPeriods.Where(period => ids.Contains(period.LeadId) && period.To == null).ExecuteUpdateAsync(set => set.SetProperty(period => period.To, now), cancellation);
        await db.InsertManyAsync(moves.Where(move => move.To is not null).Select(move => new OwnershipPeriod { LeadId = move.Lead, OwnerId = move.To!.Value, From = now, ById = by }), cancellation);
    }

    /// <summary>How histories call an owner; "nobody" for none.</summary>
    internal static string NameOf(int? user, IReadOnlyDictionary<int, string> names) => user is { } id ? names.GetValueOrDefault(id, "somebody") : "nobody";
}
