namespace Intranet.Data.Imports.Kinds;

/// <summary>
/// Whether a table holds rows that this import didn't bring: as long as it doesn't, nothing in it can be known, and nothing need be
/// looked up. Told by the greatest id, which is asked for at no cost.
/// </summary>
/// <param name="HasOthers">Somebody else has brought rows.</param>
/// <param name="Last">The greatest id after this import last wrote.</param>
internal sealed record Newcomers(bool HasOthers, int Last)
{
    /// <param name="before">Null at the first batch.</param>
    /// <param name="last">The greatest id now.</param>
    internal static Newcomers Look(Newcomers? before, int? last) => before switch
    {
        null => new(last is not null, last ?? 0),
        { HasOthers: true } => before,
        _ => before with { HasOthers = (last ?? 0) != before.Last },
    };
}
