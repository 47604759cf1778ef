using Intranet.Data.Providers.SqlServer;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Intranet.Tests.Support;

/// <summary>
/// SQLite takes texts of any length, and SQL Server refuses what is longer than its column. So each test on SQLite is looked at
/// for what it left behind.
/// </summary>
internal static class LongTexts
{
    private static readonly Lazy<IReadOnlyList<(string Table, IReadOnlyList<(string Name, int Longest)> Columns)>> Tables = new(ReadTables);

    /// <returns>Columns with a text that doesn't fit.</returns>
    internal static async Task<IReadOnlyList<string>> FindAsync(string file)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        // Some tests take a table away.
        var there = new HashSet<string>(StringComparer.Ordinal);
        await using (var tables = connection.CreateCommand())
        {
            tables.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
            await using var names = await tables.ExecuteReaderAsync();
            while (await names.ReadAsync())
                there.Add(names.GetString(0));
        }

        var found = new List<string>();
        foreach (var (table, columns) in Tables.Value.Where(one => there.Contains(one.Table)))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT {string.Join(", ", columns.Select(column => $"max(length(\"{column.Name}\"))"))} FROM \"{table}\"";
            await using var row = await command.ExecuteReaderAsync();
            await row.ReadAsync();
            found.AddRange(columns.Where((column, i) => !row.IsDBNull(i) && row.GetInt32(i) > column.Longest).Select(column => $"{table}.{column.Name} has a text of more than {column.Longest} characters."));
        }

        return found;
    }

    private static IReadOnlyList<(string Table, IReadOnlyList<(string Name, int Longest)> Columns)> ReadTables()
    {
        using var db = new SqlServerDbContext(new DbContextOptionsBuilder<SqlServerDbContext>().UseSqlServer("Server=nowhere").Options);
        return [.. from entity in db.Model.GetEntityTypes()
                   let table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)
                   where table is not null
                   let columns = (from property in entity.GetProperties()
                                  where property.ClrType == typeof(string) && property.GetMaxLength() is not null
                                  select (property.GetColumnName(table.Value)!, property.GetMaxLength()!.Value)).ToList()
                   where columns.Count > 0
                   select (table.Value.Name, (IReadOnlyList<(string Name, int Longest)>)columns)];
    }
}
