using System.Buffers;
using System.Numerics;
using Intranet.Data.Contacts;
using Microsoft.Data.Sqlite;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>
/// Finds contacts by their words with a bit for each contact, filled from the index of the words: the newest and how many there
/// are come out of one reading. The database would sort the same ids, which takes five times as long.
/// </summary>
internal static class SqliteContactWords
{
    internal const string Last = "SELECT MAX(Id) FROM Contacts";

    // All ids in one text: to step from row to row takes longer than to find the next one.
    internal const string WithBeginning = "SELECT group_concat(ContactId) FROM ContactWords WHERE Word >= ? AND Word < ?";
    internal const string HasBeginning = "SELECT 1 FROM ContactWords WHERE ContactId = ? AND Word >= ? AND Word < ? LIMIT 1";
    internal const string Deleted = "SELECT group_concat(Id) FROM Contacts WHERE Id > 0 AND DeletedAt IS NOT NULL";

    // So many are asked one by one: quicker than to read all that begin with an S, and of a longer beginning so few.
    private static int Few(string beginning) => beginning.Length <= 2 ? 2000 : 100;

    /// <summary>Contacts that take part and have words with each of the beginnings.</summary>
    /// <param name="kept">What was read before; null inside of a transaction that may have changed something.</param>
    internal static ContactSearch.Newest Find(SqliteConnection connection, IReadOnlyList<string> beginnings, ContactSearch.Part part, KeptBeginnings? kept)
    {
        int last;
        using (var rows = SqliteStatement.Of(connection, Last).Ask())
            last = rows.Read() ? rows.Number(0) : 0;

        // Borrowed: a bit for each of a million is large enough for the collector to keep apart, and to stop everything for.
        var length = (last / 64) + 1;
        var (found, having) = (ArrayPool<ulong>.Shared.Rent(length), ArrayPool<ulong>.Shared.Rent(length));
        try
        {
            var present = found.AsSpan(0, length);
            var ofWord = having.AsSpan(0, length);
            present.Clear();
            Mark(connection, present, Deleted);
            for (var i = 0; i < present.Length; i++)
                present[i] = ~present[i];
            // Long ones are rare: after them there is little left to ask for the others.
            foreach (var (i, beginning) in beginnings.OrderByDescending(beginning => beginning.Length).Index())
            {
                if (i > 0 && Count(present) <= Few(beginning))
                {
                    Keep(connection, present, beginning);
                    continue;
                }

                if (kept?.TryRead(connection, beginning, ofWord) != true)
                {
                    ofWord.Clear();
                    Mark(connection, ofWord, WithBeginning, beginning, beginning + char.MaxValue);
                    kept?.Keep(connection, beginning, ofWord);
                }

                for (var place = 0; place < present.Length; place++)
                    present[place] &= ofWord[place];
            }

            return Newest(present, part);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(found);
            ArrayPool<ulong>.Shared.Return(having);
        }
    }

    private static int Count(ReadOnlySpan<ulong> ids)
    {
        var count = 0;
        foreach (var bits in ids)
            count += BitOperations.PopCount(bits);
        return count;
    }

    // Leaves only those that have it.
    private static void Keep(SqliteConnection connection, Span<ulong> ids, string beginning)
    {
        for (var place = 0; place < ids.Length; place++)
        {
            for (var bits = ids[place]; bits != 0; bits &= bits - 1)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                using var rows = SqliteStatement.Of(connection, HasBeginning).Ask((place * 64) + bit, beginning, beginning + char.MaxValue);
                if (!rows.Read())
                    ids[place] &= ~(1UL << bit);
            }
        }
    }

    private static ContactSearch.Newest Newest(Span<ulong> ids, ContactSearch.Part part)
    {
        var place = Math.Min(part.Before / 64, ids.Length - 1);
        if (place == part.Before / 64)
            ids[place] &= (1UL << (part.Before % 64)) - 1;
        var (count, newest) = (0, new List<int>());
        for (; place >= 0; place--)
        {
            var here = BitOperations.PopCount(ids[place]);
            if (count + here > part.Skip && newest.Count < part.Take)
            {
                var order = count;
                for (var bits = ids[place]; bits != 0 && newest.Count < part.Take;)
                {
                    var top = BitOperations.Log2(bits);
                    bits ^= 1UL << top;
                    if (order++ >= part.Skip)
                        newest.Add((place * 64) + top);
                }
            }

            count += here;
        }

        return new ContactSearch.Newest(count, newest);
    }

    private static void Mark(SqliteConnection connection, Span<ulong> ids, string sql, params ReadOnlySpan<object?> values)
    {
        using var rows = SqliteStatement.Of(connection, sql).Ask(values);
        if (!rows.Read())
            return;
        var id = 0;
        foreach (var letter in rows.Bytes(0))
        {
            if (letter != ',')
            {
                id = (id * 10) + letter - '0';
                continue;
            }

            Set(ids, id);
            id = 0;
        }

        Set(ids, id);
    }

    private static void Set(Span<ulong> ids, int id)
    {
        // 0 where the text was empty. Added after the last one was asked for: not counted.
        if (id > 0 && id / 64 < ids.Length)
            ids[id / 64] |= 1UL << (id % 64);
    }
}
