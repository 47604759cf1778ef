using System.Globalization;
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
    private readonly List<int> ids = [];
    private readonly List<DateTime> changes = [];
    private readonly List<DateTime> loosened = [];
    private readonly Dictionary<int, Estimate> estimates;
    private readonly Estimate? complete;

    private StandingJudgements(List<Estimate> stored) => (estimates, complete) = (stored.ToDictionary(one => one.Id), stored.MaxBy(one => one.Id));

    internal static async Task<StandingJudgements> ReadAsync(IntranetDbContext db, CancellationToken cancellation)
    {
        var anew = await db.Settings.JudgedAnewAsync(cancellation) ?? DateTime.MinValue;
        var stored = await db.EstimatedModels.Where(model => model.StoredAt != null && model.EstimatedAt >= anew).Select(model => new { Of = new Estimate(model.Id, model.EstimatedAt, model.LastContactId), model.Json }).ToListAsync(cancellation);
        // What another version of the engine said can't be explained any more.
        return new([.. stored.Where(one => MatchModel.FromJson(one.Json) is not null).Select(one => one.Of)]);
    }

    /// <summary>Tells each contact that takes part, in order of their ids.</summary>
    internal void Read(int id, DateTime changedAt, DateTime? loosenedAt)
    {
        ids.Add(id);
        changes.Add(changedAt);
        loosened.Add(loosenedAt ?? DateTime.MinValue);
    }

    internal int LastContactId => ids.Count == 0 ? 0 : ids[^1];

    /// <summary>It takes part.</summary>
    internal bool IsThere(int id) => ids.BinarySearch(id) >= 0;

    /// <summary>
    /// A stored pair keeps what was said of it. Where it is there for another cause, nothing may have been said while the two were one
    /// person, separated or away: then it waits for the next that asks.
    /// </summary>
    internal bool Stands(DuplicatePair pair) => pair.ModelId is { } id && estimates.TryGetValue(id, out var estimate)
        && (pair.Cause == PairCause.Likeness
            ? IsAsSeenBy(estimate, pair.FirstId) && IsAsSeenBy(estimate, pair.SecondId)
            : WasAsked(estimate, pair.FirstId) && WasAsked(estimate, pair.SecondId));

    /// <summary>Two that no stored pair is about were compared, and not found alike.</summary>
    internal bool WereRefused(long one, long other) => complete is not null && WasAsked(complete, (int)one) && WasAsked(complete, (int)other);

    // Stamped under the lock under which a scan begins: what is older was there to be read.
    private bool IsAsSeenBy(Estimate estimate, int id) => id <= estimate.LastContactId && ids.BinarySearch(id) is >= 0 and var at && changes[at] < estimate.EstimatedAt;

    private bool WasAsked(Estimate estimate, int id) => IsAsSeenBy(estimate, id) && loosened[ids.BinarySearch(id)] < estimate.EstimatedAt;

    private sealed record Estimate(int Id, DateTime EstimatedAt, int LastContactId);
}

public static class JudgementQueries
{
    /// <summary>From the next scan on, every pair that nobody decided is judged as if it was the first, also where a scan runs right now.</summary>
    public static async Task JudgeAnewAsync(this IntranetDbContext db, TimeProvider time, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // A scan begins under this lock: it began before, and doesn't count, or it reads what is written here.
        await db.LockAsync(Locks.Contacts, cancellation);
        await db.WriteSettingAsync(Setting.PairsJudgedAnew, time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// These are not one person with others any more, or not separated from them, or back: pairs of their persons' rows of which no scan
    /// has said anything are asked about by the next one. In the transaction that makes it so, under <see cref="Locks.Contacts"/>.
    /// </summary>
    internal static async Task LoosenPairsAsync(this IntranetDbContext db, IReadOnlyCollection<int> contacts, DateTime at, CancellationToken cancellation)
    {
        var primaries = await db.Contacts.Where(c => EF.Parameter(contacts).Contains(c.Id)).Select(c => c.LinkedId ?? c.Id).Distinct().ToListAsync(cancellation);
        await db.Contacts.Where(c => EF.Parameter(primaries).Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.LoosenedAt, at), cancellation);
        await db.Contacts.Where(c => c.LinkedId != null && EF.Parameter(primaries).Contains(c.LinkedId.Value)).ExecuteUpdateAsync(set => set.SetProperty(c => c.LoosenedAt, at), cancellation);
    }

    internal static async Task<DateTime?> JudgedAnewAsync(this IQueryable<Setting> settings, CancellationToken cancellation)
        => DateTime.TryParseExact(
            await settings.Where(setting => setting.Name == Setting.PairsJudgedAnew).Select(setting => setting.Value).FirstOrDefaultAsync(cancellation), "O",
            CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null;
}
