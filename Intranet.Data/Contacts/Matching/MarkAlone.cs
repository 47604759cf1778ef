using System.Runtime.InteropServices;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Marks contacts that have nothing in common with any other: no word of their names stands, equal or one letter off, in
/// another name, and nobody has their mailbox or number. They are compared like all others. But customers don't become a
/// larger population by a thousand rows from elsewhere, nor their names rarer: frequencies and weights leave such rows out, so that
/// decisions among the others stay what they were. Rows without a name have nothing to be known by, and are never marked; nor is
/// any of a kind of which hardly a row has something in common, for then that is how the list is.
/// </summary>
internal static class MarkAlone
{
    // Shorter words are one letter off many that have nothing to do with them.
    private const int ShortestAlike = 4, Longest = 64;

    // Of a kind, so many rows, and one in so many, must have something in common: fewer say nothing of how common values are.
    private const int Fewest = 100, OneIn = 10;

    public static void Run(MatchRecords records)
    {
        var shared = Equal(records, out var words);
        Alike(records.Tokens, words, shared);
        var (mails, phones) = (new Dictionary<ulong, int>(), new Dictionary<ulong, int>());
        foreach (ref readonly var record in records.All)
        {
            if (Mail(record) is var mail and not 0)
                CollectionsMarshal.GetValueRefOrAddDefault(mails, mail, out _)++;
            if (Phone(record) is var phone and not 0)
                CollectionsMarshal.GetValueRefOrAddDefault(phones, phone, out _)++;
        }

        foreach (ref var record in records.All)
        {
            var names = Names(records, record);
            var alone = names.Length > 0 && mails.GetValueOrDefault(Mail(record)) < 2 && phones.GetValueOrDefault(Phone(record)) < 2;
            foreach (var word in names)
                alone &= !shared[word];
            if (alone)
                record.Marks |= RecordMarks.Alone;
        }
    }

    /// <summary>Takes the marks back where they leave too few; once it is clear which row is of which kind.</summary>
    public static void Limit(MatchRecords records)
    {
        var (all, members) = (new int[MatchModel.Kinds], new int[MatchModel.Kinds]);
        foreach (ref readonly var record in records.All)
        {
            all[(int)record.Kind]++;
            members[(int)record.Kind] += record.IsAlone ? 0 : 1;
        }

        records.Population = 0;
        foreach (ref var record in records.All)
        {
            var kind = (int)record.Kind;
            if (members[kind] < Fewest || members[kind] * (long)OneIn < all[kind])
                record.Marks &= ~RecordMarks.Alone;
            records.Population += record.IsAlone ? 0 : 1;
        }
    }

    // The firm is a name where there is no other.
    private static ReadOnlySpan<int> Names(MatchRecords records, in MatchRecord record)
        => records.Names(record) is { Length: > 0 } names ? names : records.Company(record);

    private static ulong Mail(in MatchRecord record) => record.EmailLocal == 0 ? 0 : ((ulong)record.EmailLocal << 32) | (uint)record.EmailDomain;

    private static ulong Phone(in MatchRecord record) => PhoneDigits.Tail(record.Phone, 9);

    /// <returns>By word, whether it stands in the names of several.</returns>
    private static bool[] Equal(MatchRecords records, out List<int> words)
    {
        var first = new int[records.Tokens.Count];
        var shared = new bool[first.Length];
        words = [];
        for (var i = 0; i < records.Count; i++)
        {
            foreach (var word in Names(records, records.All[i]))
            {
                if (first[word] == 0)
                {
                    first[word] = i + 1;
                    words.Add(word);
                }

                shared[word] |= first[word] != i + 1;
            }
        }

        return shared;
    }

    // Words one letter off each other are equal when either of them, or both, lose a letter (Bocek and others 2007).
    private static void Alike(TokenTable tokens, List<int> words, bool[] shared)
    {
        var count = 0;
        foreach (var word in words)
            count += IsAlike(tokens.Text(word)) ? tokens.Text(word).Length + 1 : 0;
        // A million different names make ten million keys: each array once, and no larger than that.
        var (keys, owners) = (new ulong[count], new int[count]);
        var next = 0;
        Span<char> without = stackalloc char[Longest];
        foreach (var word in words)
        {
            var text = tokens.Text(word).AsSpan();
            if (!IsAlike(text))
                continue;
            (keys[next], owners[next++]) = (tokens[word].Hash, word);
            text[1..].CopyTo(without);
            for (var left = 0; left < text.Length; left++)
            {
                (keys[next], owners[next++]) = (StableHash.Of(without[..(text.Length - 1)]), word);
                without[left] = text[left];
            }
        }

        Array.Sort(keys, owners);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            var several = false;
            for (end = start + 1; end < keys.Length && keys[end] == keys[start]; end++)
                several |= owners[end] != owners[start];
            for (var i = start; several && i < end; i++)
                shared[owners[i]] = true;
        }
    }

    // What is numbered is one digit off its neighbours, and yet no spelling of them.
    private static bool IsAlike(ReadOnlySpan<char> text) => text.Length is >= ShortestAlike and <= Longest && !text.ContainsAnyInRange('0', '9');
}
