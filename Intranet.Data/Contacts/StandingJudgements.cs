using Intranet.Data.Contacts.Matching;
using Intranet.Data.Settings;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// What earlier scans said of pairs, and whether it stands: as long as both contacts are as that scan saw them. More contacts give
/// other weights, and by those a pair would be a little more or less probable; but nothing about these two has changed, and whoever
/// reviews them must not find pairs gone or new ones there because of rows that have nothing to do with them. All is judged anew
/// when somebody asks for it.
/// </summary>
internal sealed class StandingJudgements
{
    // Longer than others wait between the stamp of a change and its commit.
    private static readonly TimeSpan Stamped = TimeSpan.FromSeconds(10);

    private readonly List<int> ids = [];
    private readonly List<DateTime> changes = [];
    private readonly Dictionary<int, Estimate> estimates;
    private readonly Estimate? complete;

    private StandingJudgements(List<Estimate> stored, DateTime? loosened)
    {
        estimates = stored.ToDictionary(one => one.Id);
        // Between those who were linked or separated then nobody asked.
        complete = stored.MaxBy(one => one.Id) is { } last && !(loosened >= last.EstimatedAt - Stamped) ? last : null;
    }

    internal static async Task<StandingJudgements> ReadAsync(IntranetDbContext db, CancellationToken cancellation)
    {
        var stored = await db.EstimatedModels.Where(model => model.StoredAt != null).Select(model => new { Of = new Estimate(model.Id, model.EstimatedAt, model.LastContactId), model.Json }).ToListAsync(cancellation);
        // What another version of the engine said can't be explained any more.
        return new([.. stored.Where(one => MatchModel.FromJson(one.Json) is not null).Select(one => one.Of)], await db.Settings.PairsLoosenedAsync(cancellation));
    }

    /// <summary>Tells each contact that takes part, in order of their ids.</summary>
    internal void Read(int id, DateTime changedAt)
    {
        ids.Add(id);
        changes.Add(changedAt);
    }

    internal int LastContactId => ids.Count == 0 ? 0 : ids[^1];

    /// <summary>A stored pair keeps what was said of it.</summary>
    internal bool Stands(DuplicatePair pair) => pair.ModelId is { } id && estimates.TryGetValue(id, out var estimate) && IsAsSeenBy(estimate, pair.FirstId) && IsAsSeenBy(estimate, pair.SecondId);

    /// <summary>Two that no stored pair is about were compared, and not found alike.</summary>
    internal bool WereRefused(long one, long other) => complete is not null && IsAsSeenBy(complete, (int)one) && IsAsSeenBy(complete, (int)other);

    private bool IsAsSeenBy(Estimate estimate, int id) => id <= estimate.LastContactId && ids.BinarySearch(id) is >= 0 and var at && changes[at] < estimate.EstimatedAt;

    private sealed record Estimate(int Id, DateTime EstimatedAt, int LastContactId);
}

public static class JudgementQueries
{
    /// <summary>From the next scan on, every pair that nobody decided is judged as if it was the first.</summary>
    public static Task JudgeAnewAsync(this IntranetDbContext db, CancellationToken cancellation = default)
        => db.EstimatedModels.Where(model => model.StoredAt != null).ExecuteUpdateAsync(set => set.SetProperty(model => model.StoredAt, (DateTime?)null), cancellation);

    /// <summary>
    /// Some are not one person any more, or not separated: pairs of their rows, of which no scan has said anything, are asked about by
    /// the next one. In the transaction that makes it so, under the lock "contacts".
    /// </summary>
    internal static async Task LoosenPairsAsync(this IntranetDbContext db, DateTime at, CancellationToken cancellation)
    {
        var text = at.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        if (await db.Settings.Where(setting => setting.Name == Setting.PairsLoosened).ExecuteUpdateAsync(set => set.SetProperty(setting => setting.Value, text), cancellation) == 0)
            await db.InsertManyAsync([new Setting { Name = Setting.PairsLoosened, Value = text }], cancellation);
    }

    internal static async Task<DateTime?> PairsLoosenedAsync(this IQueryable<Setting> settings, CancellationToken cancellation)
        => DateTime.TryParseExact(
            await settings.Where(setting => setting.Name == Setting.PairsLoosened).Select(setting => setting.Value).FirstOrDefaultAsync(cancellation), "O",
            System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.RoundtripKind, out var at) ? at : null;
}
