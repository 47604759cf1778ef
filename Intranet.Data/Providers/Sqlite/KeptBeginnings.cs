using System.Numerics;
using Microsoft.Data.Sqlite;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>
/// Who has a word with a beginning that very many have, such as a single letter: a bit for each contact, kept between questions,
/// because to read hundreds of thousands from the index takes tens of milliseconds each time. What changed meanwhile is asked for
/// first, and is exact: whoever writes words leaves in the same transaction a contact with a higher id than any before, or
/// an entry in the audit that names the contact, and both count upwards in the order of commits.
/// </summary>
/// <param name="worth">As many must have it: fewer are read in two or three milliseconds.</param>
/// <param name="mostChanges">Entries in the audit, or new words. Beyond that, reading all anew is as quick.</param>
internal sealed class KeptBeginnings(int worth = 30_000, int mostChanges = 20_000)
{
    // 125 KB each at a million contacts.
    private const int Most = 64;

    internal const string Latest = "SELECT (SELECT MAX(Id) FROM AuditEntries), (SELECT MAX(Id) FROM Contacts)";

    // By number, and not by the index of the subject: that begins with the first contact.
    internal const string Changed = "SELECT DISTINCT SubjectId FROM AuditEntries WHERE Id > ? AND +Subject = 'Contact' AND SubjectId IS NOT NULL";
    internal const string Added = "SELECT ContactId, Word FROM ContactWords WHERE ContactId > ? LIMIT ?";
    internal const string Words = "SELECT Word FROM ContactWords WHERE ContactId = ?";

    private readonly Lock gate = new();
    private readonly Dictionary<string, Bits> kept = new(StringComparer.Ordinal);
    private (long Entry, int Contact) known;
    private long asked;

    private sealed class Bits
    {
        internal required ulong[] Ids;
        internal long AskedAt;
    }

    /// <summary>Who has it now, as the connection's transaction sees it or newer.</summary>
    /// <param name="connection">Reading, in a transaction that has changed nothing.</param>
    /// <param name="ids">Overwritten; contacts beyond its end are left out.</param>
    /// <returns>False where it isn't kept; then nothing was written.</returns>
    internal bool TryRead(SqliteConnection connection, string beginning, Span<ulong> ids)
    {
        lock (gate)
        {
            if (!kept.ContainsKey(beginning))
                return false;
            CatchUp(connection);
            if (!kept.TryGetValue(beginning, out var bits))
                return false;
            bits.AskedAt = ++asked;
            var length = Math.Min(bits.Ids.Length, ids.Length);
            bits.Ids.AsSpan(0, length).CopyTo(ids);
            ids[length..].Clear();
            return true;
        }
    }

    /// <summary>Keeps what was read, where it is worth it; instead of what was not asked for the longest.</summary>
    /// <param name="connection">In the transaction in which it was read.</param>
    /// <param name="ids">All who have it.</param>
    internal void Keep(SqliteConnection connection, string beginning, ReadOnlySpan<ulong> ids)
    {
        var count = 0;
        foreach (var bits in ids)
            count += BitOperations.PopCount(bits);
        if (count < worth)
            return;
        lock (gate)
        {
            if (kept.Count == 0)
                known = Last(connection);
            else
                CatchUp(connection);
            // Read before others caught up: what they have seen would be missing.
            if (Last(connection) != known)
                return;
            if (kept.Count == Most && !kept.ContainsKey(beginning))
                kept.Remove(kept.MinBy(one => one.Value.AskedAt).Key);
            kept[beginning] = new Bits { Ids = ids.ToArray(), AskedAt = ++asked };
        }
    }

    private void CatchUp(SqliteConnection connection)
    {
        var now = Last(connection);
        // The transaction began before that of somebody who asked already: what is kept is newer.
        if (now.Entry <= known.Entry && now.Contact <= known.Contact)
            return;
        if (now.Entry - known.Entry > mostChanges || !Add(connection))
            kept.Clear();
        else
            ChangedSince(connection).ForEach(contact => Renew(connection, contact));
        known = now;
    }

    private static (long Entry, int Contact) Last(SqliteConnection connection)
    {
        using var rows = SqliteStatement.Of(connection, Latest).Ask();
        return rows.Read() ? (rows.Long(0), rows.Number(1)) : default;
    }

    private bool Add(SqliteConnection connection)
    {
        using var rows = SqliteStatement.Of(connection, Added).Ask(known.Contact, mostChanges + 1);
        var count = 0;
        while (rows.Read())
        {
            if (++count > mostChanges)
                return false;
            Set(rows.Number(0), rows.Text(1)!);
        }

        return true;
    }

    private List<int> ChangedSince(SqliteConnection connection)
    {
        var contacts = new List<int>();
        using var rows = SqliteStatement.Of(connection, Changed).Ask(known.Entry);
        while (rows.Read())
            contacts.Add(rows.Number(0));
        return contacts;
    }

    private void Renew(SqliteConnection connection, int contact)
    {
        foreach (var (_, bits) in kept)
        {
            if (contact / 64 < bits.Ids.Length)
                bits.Ids[contact / 64] &= ~(1UL << (contact % 64));
        }

        using var rows = SqliteStatement.Of(connection, Words).Ask(contact);
        while (rows.Read())
            Set(contact, rows.Text(0)!);
    }

    private void Set(int contact, string word)
    {
        foreach (var (beginning, bits) in kept)
        {
            if (!HasBeginning(word, beginning))
                continue;
            if (contact / 64 >= bits.Ids.Length)
                Array.Resize(ref bits.Ids, (contact / 64) + 1 + (bits.Ids.Length / 64));
            bits.Ids[contact / 64] |= 1UL << (contact % 64);
        }
    }

    // As the index has it: up to the last sign of two bytes, behind which are those of four.
    private static bool HasBeginning(string word, string beginning)
        => word.StartsWith(beginning, StringComparison.Ordinal) && (word.Length == beginning.Length || !char.IsSurrogate(word[beginning.Length]));
}
