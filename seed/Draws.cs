using Bogus;

namespace Intranet.Seed;

/// <summary>Random numbers that depend on seed, kind of row and row only, so that one row can be made again without those before it.</summary>
internal static class Draws
{
    /// <summary>The draws of one row.</summary>
    public static Randomizer For(int seed, string kind, int row)
    {
        var hash = Hash(kind) ^ ((ulong)(uint)seed << 32 | (uint)row);
        // The finaliser of SplitMix64 (Steele, Lea, Flood 2014): neighbouring rows must not start from neighbouring seeds.
        hash = (hash ^ hash >> 30) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ hash >> 27) * 0x94D049BB133111EB;
        return new Randomizer((int)(hash ^ hash >> 31));
    }

    /// <summary>FNV-1a, 64 bits. string.GetHashCode differs from run to run.</summary>
    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
            hash = (hash ^ character) * 1099511628211UL;
        return hash;
    }
}
