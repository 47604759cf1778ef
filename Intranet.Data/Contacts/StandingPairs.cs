namespace Intranet.Data.Contacts;

public static class StandingPairs
{
    /// <summary>
    /// Pairs that nobody decided (open, or put off) and that still are a question: both contacts are there, and nothing made them
    /// one person meanwhile.
    /// </summary>
    public static IQueryable<DuplicatePair> Standing(this IQueryable<DuplicatePair> pairs)
        => pairs.Where(p => (p.State == PairState.Open || p.State == PairState.Later)
            && p.First!.DeletedAt == null && p.Second!.DeletedAt == null
            && (p.First.LinkedId ?? p.FirstId) != (p.Second.LinkedId ?? p.SecondId));
}
