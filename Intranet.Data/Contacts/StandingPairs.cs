namespace Intranet.Data.Contacts;

public static class StandingPairs
{
    /// <summary>
    /// Pairs that nobody decided (open, or put off) and that still are a question: both contacts are there, and nothing made them
    /// one person meanwhile.
    /// </summary>
    public static IQueryable<DuplicatePair> Standing(this IQueryable<DuplicatePair> pairs)
        => pairs.Where(p => p.State == PairState.Open || p.State == PairState.Later).StillAsked();

    /// <summary>
    /// The same of pairs that are few anyhow. Nearly all are open: what they are not is asked, so that no index of states is taken.
    /// </summary>
    public static IQueryable<DuplicatePair> StandingAmongFew(this IQueryable<DuplicatePair> pairs)
        => pairs.Where(p => p.State != PairState.Same && p.State != PairState.Different).StillAsked();

    /// <summary>
    /// Without those that somebody said are one person and that are not any more: the link was cut, or another one of the group, or
    /// somebody in between was deleted. Nobody says so any more.
    /// </summary>
    public static IQueryable<DuplicatePair> StillSaid(this IQueryable<DuplicatePair> pairs)
        => pairs.Where(p => p.State != PairState.Same || (p.First!.LinkedId ?? p.FirstId) == (p.Second!.LinkedId ?? p.SecondId));

    private static IQueryable<DuplicatePair> StillAsked(this IQueryable<DuplicatePair> pairs)
        => pairs.Where(p => p.First!.DeletedAt == null && p.Second!.DeletedAt == null && (p.First.LinkedId ?? p.FirstId) != (p.Second.LinkedId ?? p.SecondId));
}
