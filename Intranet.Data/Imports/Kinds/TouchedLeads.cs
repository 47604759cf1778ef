using Intranet.Data.Leads;

namespace Intranet.Data.Imports.Kinds;

/// <summary>Leads that something happened with, and how far what is stored about them was computed anew.</summary>
/// <param name="Few">Their ids, as long as they are few; then the range is refreshed, which is read quicker than lists of ids.</param>
/// <param name="First">The smallest id.</param>
/// <param name="Last">The greatest id.</param>
/// <param name="Done">Up to this id they are refreshed.</param>
internal sealed record TouchedLeads(IReadOnlyCollection<int>? Few, int First, int Last, int Done)
{
    // Leads of one transaction: of a list, of a range.
    private const int Most = 5_000, Some = 500, Portion = 2_000;

    internal static readonly TouchedLeads None = new([], int.MaxValue, 0, 0);

    internal TouchedLeads With(IEnumerable<int> leads)
    {
        var ids = leads.ToHashSet();
        if (ids.Count == 0)
            return this;
        var (first, last) = (Math.Min(First, ids.Min()), Math.Max(Last, ids.Max()));
        if (Few is not null)
            ids.UnionWith(Few);
        return new(Few is null || ids.Count > Most ? null : [.. ids.Order()], first, last, 0);
    }

    /// <summary>The next ones, inside the caller's transaction.</summary>
    /// <returns>What is left; null when nothing is.</returns>
    internal async Task<TouchedLeads?> RefreshNextAsync(RefreshLeads refresh, IntranetDbContext db, CancellationToken cancellation)
    {
        if (Few is not null)
        {
            var some = Few.Where(id => id > Done).Take(Some).ToList();
            await refresh.RunAsync(some, cancellation);
            return some.Count < Some ? null : this with { Done = some[^1] };
        }

        var after = Math.Max(Done, First - 1);
        var to = Math.Min(after + Portion, Last);
        await refresh.RunAsync(after, to, await db.Settings.LeadSettingsAsync(cancellation), withTouches: true, cancellation);
        return to == Last ? null : this with { Done = to };
    }
}
