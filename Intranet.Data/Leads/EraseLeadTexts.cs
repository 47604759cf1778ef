using System.Linq.Expressions;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Wipes what else names people at their leads: next steps, reasons of moves and of labels by hand, roles of pocs.</summary>
internal sealed class EraseLeadTexts(IntranetDbContext db)
{
    /// <summary>By their ids, those of labels by their leads'.</summary>
    internal sealed record Found(IReadOnlyList<int> Steps, IReadOnlyList<int> Moves, IReadOnlyList<int> Labels, IReadOnlyList<int> Roles)
    {
        internal int Count => Steps.Count + Moves.Count + Labels.Count + Roles.Count;
    }

    /// <summary>The texts that would be wiped.</summary>
    /// <param name="leads">Of the people.</param>
    /// <param name="sought">The people.</param>
    /// <param name="cancellation">Stops between statements.</param>
    internal async Task<Found> FindAsync(IReadOnlyList<int> leads, PersonWords sought, CancellationToken cancellation)
    {
        var (steps, moves, labels, roles) = (new List<int>(), new List<int>(), new List<int>(), new List<int>());
        foreach (var some in leads.Chunk(500))
        {
            await AddAsync(steps, db.Leads.Where(lead => some.Contains(lead.Id)), lead => new Text(lead.Id, lead.NextStep));
            await AddAsync(moves, db.StageMoves.Where(move => some.Contains(move.LeadId)), move => new Text(move.Id, move.Reason));
            await AddAsync(labels, db.LeadPerformance.Where(one => some.Contains(one.LeadId)), one => new Text(one.LeadId, one.ManualReason));
            await AddAsync(roles, db.Pocs.Where(poc => some.Contains(poc.LeadId)), poc => new Text(poc.Id, poc.Role));
        }

        return new Found(steps, moves, labels, roles);

        async Task AddAsync<T>(List<int> found, IQueryable<T> those, Expression<Func<T, Text>> text)
        {
            await foreach (var one in those.Select(text).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                if (one.Words is { Length: > 0 } words && sought.AreIn(words))
                    found.Add(one.Id);
            }
        }
    }

    /// <summary>Inside the caller's transaction; past change tracking, which would write what is erased into the audit.</summary>
    internal async Task RunAsync(Found found, CancellationToken cancellation)
    {
        const string Erased = Imports.ImportRow.Erased;
        foreach (var some in found.Steps.Chunk(500))
            await db.Leads.Where(lead => some.Contains(lead.Id)).ExecuteUpdateAsync(set => set.SetProperty(lead => lead.NextStep, Erased).SetProperty(lead => lead.Version, Guid.NewGuid()), cancellation);
        foreach (var some in found.Moves.Chunk(500))
            await db.StageMoves.Where(move => some.Contains(move.Id)).ExecuteUpdateAsync(set => set.SetProperty(move => move.Reason, Erased), cancellation);
        foreach (var some in found.Labels.Chunk(500))
            await db.LeadPerformance.Where(one => some.Contains(one.LeadId)).ExecuteUpdateAsync(set => set.SetProperty(one => one.ManualReason, Erased), cancellation);
        foreach (var some in found.Roles.Chunk(500))
            await db.Pocs.Where(poc => some.Contains(poc.Id)).ExecuteUpdateAsync(set => set.SetProperty(poc => poc.Role, Erased).SetProperty(poc => poc.Version, Guid.NewGuid()), cancellation);
    }

    private sealed record Text(int Id, string? Words);
}
