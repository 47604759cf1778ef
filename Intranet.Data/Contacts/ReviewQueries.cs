using System.Globalization;
using Intranet.Data.Contacts.Matching;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>Which pairs wait for a steward, and in which order: the most likely first, the older of two as likely.</summary>
public static class ReviewQueries
{
    /// <summary>Name of the setting: from which probability on a likeness is worth a look; <see cref="MatchThresholds.Review"/> without.</summary>
    public const string ThresholdSetting = "review-threshold";

    public static async Task<double> ReviewThresholdAsync(this IntranetDbContext db, CancellationToken cancellation = default)
        => double.TryParse(await db.Settings.Where(s => s.Name == ThresholdSetting).Select(s => s.Value).FirstOrDefaultAsync(cancellation), CultureInfo.InvariantCulture, out var threshold)
            ? threshold : MatchThresholds.Review;

    /// <summary>
    /// Open pairs, or those put off, of contacts that are there and not one person yet. What identify or a name put up
    /// waits whatever its probability.
    /// </summary>
    public static IQueryable<DuplicatePair> Waiting(this IQueryable<DuplicatePair> pairs, PairState state, double threshold)
        => pairs.Where(p => p.State == state && (state == PairState.Later || p.Cause != PairCause.Likeness || p.Probability >= threshold)
            && p.First!.DeletedAt == null && p.Second!.DeletedAt == null && (p.First.LinkedId ?? p.First.Id) != (p.Second.LinkedId ?? p.Second.Id));

    /// <summary>Nobody else looks at it.</summary>
    public static IQueryable<DuplicatePair> FreeFor(this IQueryable<DuplicatePair> pairs, string reviewer, DateTime now)
        => pairs.Where(p => p.ClaimedBy == null || p.ClaimedBy == reviewer || p.ClaimedUntil == null || p.ClaimedUntil < now);
}

/// <summary>Who reviews.</summary>
/// <param name="Key">Tells people of one name apart; claims are held by it.</param>
/// <param name="Name">Stands beside what was decided.</param>
public sealed record Reviewer(string Key, string Name);
