using Intranet.Data.Contacts;
using Microsoft.Data.Sqlite;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>
/// What every request of identify asks, by hand: on SQLite a question is answered in fewer microseconds than EF takes
/// to put it. All by index.
/// </summary>
internal static class SqliteIdentify
{
    internal const string WithEmail = "SELECT DISTINCT COALESCE(LinkedId, Id) FROM Contacts WHERE EmailKey = ? AND DeletedAt IS NULL LIMIT ?";
    internal const string WithPhone = "SELECT DISTINCT COALESCE(LinkedId, Id) FROM Contacts WHERE PhoneKey = ? AND DeletedAt IS NULL LIMIT ?";
    internal const string Listed = "SELECT EXISTS (SELECT 1 FROM GenericValues WHERE Kind = ? AND ValueKey = ?)";

    // Keys that say the same as the value aren't read: in a large cluster most of the time goes into making texts.
    private const string Columns = "SELECT Id, Email, NULLIF(EmailKey, Email), Phone, NULLIF(PhoneKey, Phone) FROM Contacts";
    internal const string Primary = $"{Columns} WHERE Id = ? AND LinkedId IS NULL AND DeletedAt IS NULL";

    // In the order of their index: nothing is sorted.
    internal const string Secondaries = $"{Columns} WHERE LinkedId = ? AND DeletedAt IS NULL ORDER BY CreatedAt, Id";

    // The primary is the oldest of its cluster: where it has the value itself, nobody else is looked at. The plus keeps
    // the index of the cluster out of it, which has the order and ten thousand rows without the value.
    internal const string PrimaryWithEmail = "SELECT Id FROM Contacts WHERE Id = ? AND EmailKey = ? AND LinkedId IS NULL AND DeletedAt IS NULL";
    internal const string PrimaryWithPhone = "SELECT Id FROM Contacts WHERE Id = ? AND PhoneKey = ? AND LinkedId IS NULL AND DeletedAt IS NULL";
    internal const string SecondaryWithEmail = "SELECT Id FROM Contacts WHERE LinkedId = ? AND EmailKey = ? AND DeletedAt IS NULL ORDER BY +CreatedAt, Id LIMIT 1";
    internal const string SecondaryWithPhone = "SELECT Id FROM Contacts WHERE LinkedId = ? AND PhoneKey = ? AND DeletedAt IS NULL ORDER BY +CreatedAt, Id LIMIT 1";

    internal static IdentifyQueries.Holders Holders(SqliteConnection connection, GenericValueKind kind, string? key, int mostPeople)
    {
        if (key is null)
            return new IdentifyQueries.Holders([], IsGeneric: false);
        var clusters = new List<int>(1);
        using (var rows = SqliteStatement.Of(connection, kind == GenericValueKind.Email ? WithEmail : WithPhone).Ask(key, mostPeople + 1))
        {
            while (rows.Read())
                clusters.Add(rows.Number(0));
        }

        return new IdentifyQueries.Holders(clusters, clusters.Count > mostPeople || (clusters.Count > 0 && (GenericValues.IsGeneric(kind, key) || IsListed())));

        bool IsListed()
        {
            using var rows = SqliteStatement.Of(connection, Listed).Ask((int)kind, key);
            return rows.Read() && rows.Number(0) == 1;
        }
    }

    /// <summary>The oldest row of a cluster that has the value; null when none has.</summary>
    internal static int? OldestWith(SqliteConnection connection, GenericValueKind kind, int cluster, string key)
    {
        var isEmail = kind == GenericValueKind.Email;
        return First(isEmail ? PrimaryWithEmail : PrimaryWithPhone) ?? First(isEmail ? SecondaryWithEmail : SecondaryWithPhone);

        int? First(string sql)
        {
            using var rows = SqliteStatement.Of(connection, sql).Ask(cluster, key);
            return rows.Read() ? rows.Number(0) : null;
        }
    }

    /// <summary>The cluster of a primary; null when it is none (any more).</summary>
    internal static Identify.Person? Person(SqliteConnection connection, int primary)
    {
        var person = new PersonReader();
        using (var rows = SqliteStatement.Of(connection, Primary).Ask(primary))
        {
            if (!rows.Read())
                return null;
            person.Take(rows);
        }

        var secondaries = new List<int>();
        using (var rows = SqliteStatement.Of(connection, Secondaries).Ask(primary))
        {
            while (rows.Read())
            {
                secondaries.Add(rows.Number(0));
                person.Take(rows);
            }
        }

        secondaries.Sort();
        return new Identify.Person(primary, person.Emails, person.Phones, secondaries);
    }

    /// <summary>Collects the values, each once by its key.</summary>
    private sealed class PersonReader
    {
        private readonly HashSet<string> emailKeys = new(StringComparer.Ordinal), phoneKeys = new(StringComparer.Ordinal);

        internal List<string> Emails { get; } = [];
        internal List<string> Phones { get; } = [];

        internal void Take(SqliteStatement.Rows rows)
        {
            if (rows.Text(1) is { } email && emailKeys.Add(rows.Text(2) ?? email))
                Emails.Add(email);
            if (rows.Text(3) is { } phone && phoneKeys.Add(rows.Text(4) ?? phone))
                Phones.Add(phone);
        }
    }
}
