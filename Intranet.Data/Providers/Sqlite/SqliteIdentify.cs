using System.Data.Common;
using Intranet.Data.Contacts;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>
/// What every request of identify asks, by hand: on SQLite a question is answered in fewer microseconds than EF takes
/// to put it, and short statements are cheaper to prepare than one that asks for everything. All by index.
/// </summary>
internal static class SqliteIdentify
{
    private const string WithEmail = "SELECT DISTINCT COALESCE(LinkedId, Id) FROM Contacts WHERE EmailKey = @key AND DeletedAt IS NULL LIMIT @most";
    private const string WithPhone = "SELECT DISTINCT COALESCE(LinkedId, Id) FROM Contacts WHERE PhoneKey = @key AND DeletedAt IS NULL LIMIT @most";
    private const string Listed = "SELECT EXISTS (SELECT 1 FROM GenericValues WHERE Kind = @kind AND ValueKey = @key)";

    // Keys that say the same as the value aren't read: in a large cluster most of the time goes into making texts.
    private const string Rows = """
        SELECT Id, LinkedId, Email, NULLIF(EmailKey, Email), Phone, NULLIF(PhoneKey, Phone) FROM Contacts
        WHERE (Id = @primary OR LinkedId = @primary) AND DeletedAt IS NULL ORDER BY CreatedAt, Id
        """;

    internal static IdentifyQueries.Holders Holders(DbConnection connection, DbTransaction? transaction, GenericValueKind kind, string? key, int mostPeople)
    {
        if (key is null)
            return new IdentifyQueries.Holders([], IsGeneric: false);
        var clusters = new List<int>();
        using (var command = Command(connection, transaction, kind == GenericValueKind.Email ? WithEmail : WithPhone, ("@key", key), ("@most", mostPeople + 1)))
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
                clusters.Add(reader.GetInt32(0));
        }

        return new IdentifyQueries.Holders(clusters, clusters.Count > mostPeople || (clusters.Count > 0 && IdentifyQueries.SaysNothing(kind, key)) || (clusters.Count > 0 && IsListed()));

        bool IsListed()
        {
            using var command = Command(connection, transaction, Listed, ("@kind", (int)kind), ("@key", key));
            return (long)command.ExecuteScalar()! == 1;
        }
    }

    internal static List<IdentifyQueries.PersonRow> RowsOfCluster(DbConnection connection, DbTransaction? transaction, int primary)
    {
        using var command = Command(connection, transaction, Rows, ("@primary", primary));
        using var reader = command.ExecuteReader();
        var rows = new List<IdentifyQueries.PersonRow>();
        while (reader.Read())
        {
            var (email, phone) = (Text(2), Text(4));
            rows.Add(new IdentifyQueries.PersonRow(reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), email, Text(3) ?? email, phone, Text(5) ?? phone));
        }

        return rows;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // One of the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
