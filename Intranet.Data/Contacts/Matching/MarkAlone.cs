using System.Runtime.InteropServices;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Marks contacts that have nothing in common with any other: no word of their names stands, equal or one letter off, in
/// another name, and nobody has their mailbox or number. They are compared like all others. But customers don't become a
/// larger population by a thousand rows from elsewhere, nor their names rarer: frequencies and weights leave such rows out, so that
/// decisions among the others stay what they were.
/// </summary>
internal static class MarkAlone
{
    // Shorter words are one letter off many that have nothing to do with them.
    private const int ShortestAlike = 4;

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

        var population = records.Count;
        foreach (ref var record in records.All)
        {
            var alone = mails.GetValueOrDefault(Mail(record)) < 2 && phones.GetValueOrDefault(Phone(record)) < 2;
            foreach (var word in Names(records, record))
                alone &= !shared[word];
            if (!alone)
                continue;
            record.Marks |= RecordMarks.Alone;
            population--;
        }

        records.Population = population;
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
        var (keys, owners) = (new List<ulong>(words.Count * 8), new List<int>(words.Count * 8));
        Span<char> without = stackalloc char[64];
        foreach (var word in words)
        {
            var text = tokens.Text(word).AsSpan();
            // What is numbered is one digit off its neighbours, and yet no spelling of them.
            if (text.Length < ShortestAlike || text.Length > without.Length || text.ContainsAnyInRange('0', '9'))
                continue;
            keys.Add(tokens[word].Hash);
            owners.Add(word);
            text[1..].CopyTo(without);
            for (var left = 0; left < text.Length; left++)
            {
                keys.Add(StableHash.Of(without[..(text.Length - 1)]));
                owners.Add(word);
                without[left] = text[left];
            }
        }

        var (sorted, of) = (keys.ToArray(), owners.ToArray());
        Array.Sort(sorted, of);
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            var several = false;
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++)
                several |= of[end] != of[start];
            for (var i = start; several && i < end; i++)
                shared[of[i]] = true;
        }
    }
}
