namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Hashes that are the same in every process, so that what is sampled and in which order depends on contents alone
/// (FNV-1a, Fowler, Noll and Vo 1991; mixed as in Steele's SplitMix64, 2014).
/// </summary>
internal static class StableHash
{
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text)
            hash = (hash ^ letter) * 1099511628211UL;
        return Mix(hash);
    }

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9UL;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebUL;
        return value ^ (value >> 31);
    }

    public static ulong Join(ulong a, ulong b) => Mix((a * 0x9e3779b97f4a7c15UL) + b + 0x7f4a7c159e3779b9UL);
}
