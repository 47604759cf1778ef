using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Intranet.Data.Reports;

/// <summary>
/// Tells what is new, gone or changed in a list since it was last seen. Of each row it keeps its key, its name and a digest of
/// what it shows; the rows pass by one at a time. Pure.
/// </summary>
public sealed class ListComparison : IDisposable
{
    /// <summary>Rows of each kind that are named; the others are counted.</summary>
    public const int Named = 20;

    private readonly byte[]? before;
    private readonly Dictionary<int, ulong> unseen = [];
    private readonly MemoryStream content = new();
    private readonly BinaryWriter now;
    private readonly Found added = new(), changed = new();

    /// <param name="before">What <see cref="End"/> gave the last time; null: the list was never seen.</param>
    public ListComparison(byte[]? before)
    {
        this.before = before;
        now = Writer(content);
        foreach (var (key, digest, _) in Rows(before))
            unseen[key] = digest;
    }

    /// <param name="key">The row's id.</param>
    /// <param name="name">What a reader knows it by.</param>
    /// <param name="values">What it shows, as text.</param>
    public void Add(int key, string name, IEnumerable<string?> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        var digest = Digest(values);
        now.Write(key);
        now.Write(digest);
        now.Write(name);
        if (before is null)
            return;
        if (!unseen.Remove(key, out var old))
            added.Add(name);
        else if (old != digest)
            changed.Add(name);
    }

    /// <returns>What is different, null where the list was never seen; and what to compare with the next time.</returns>
    public (ListDifference? Difference, byte[] Content) End()
    {
        now.Dispose();
        if (before is null)
            return (null, content.ToArray());
        var gone = new Found();
        foreach (var (key, _, name) in Rows(before))
        {
            if (unseen.ContainsKey(key))
                gone.Add(name);
        }

        return (new ListDifference(added.ToRows(), gone.ToRows(), changed.ToRows()), content.ToArray());
    }

    public void Dispose() => now.Dispose();

    private static BinaryWriter Writer(Stream stream) => new(new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true), Encoding.UTF8);

    private static IEnumerable<(int Key, ulong Digest, string Name)> Rows(byte[]? content)
    {
        if (content is not { Length: > 0 })
            yield break;
        using var rows = new BinaryReader(new BrotliStream(new MemoryStream(content, writable: false), CompressionMode.Decompress), Encoding.UTF8);
        var key = new byte[sizeof(int)];
        // The end is where the next row would begin.
        while (rows.Read(key) is var read && read > 0)
        {
            rows.BaseStream.ReadExactly(key, read, key.Length - read);
            yield return (BitConverter.ToInt32(key), rows.ReadUInt64(), rows.ReadString());
        }
    }

    // A null is not an empty text, and no text ends another.
    private static ulong Digest(IEnumerable<string?> values)
        => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(values.Select(value => value is null ? "-;" : $"{value.Length}:{value};")))));

    private sealed class Found
    {
        private readonly List<string> names = [];
        private int count;

        internal void Add(string name)
        {
            if (count++ < Named)
                names.Add(name);
        }

        internal NamedRows ToRows() => new(names, count);
    }
}

/// <summary>What is different in a list since the last time.</summary>
public sealed record ListDifference(NamedRows Added, NamedRows Gone, NamedRows Changed)
{
    public bool IsNone => Added.Count + Gone.Count + Changed.Count == 0;
}

/// <param name="Names">The first of them.</param>
/// <param name="Count">All.</param>
public sealed record NamedRows(IReadOnlyList<string> Names, int Count)
{
    public int Others => Count - Names.Count;
}
