using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Intranet.Data.Providers;

/// <summary>Statements over many rows at once, with values as the model stores them.</summary>
internal static class ManyRows
{
    /// <summary>INSERT … VALUES (…), (…)</summary>
    internal static Task InsertAsync<T>(
        IntranetDbContext db, IEnumerable<T> rows, int rowsPerStatement, Func<CancellationToken, Task<DbCommand>> newCommand, CancellationToken cancellation)
        where T : class
    {
        var (entity, table) = TableOf<T>(db);
        var columns = InsertedColumns(entity, table);
        return RunAsync(db, rows, rowsPerStatement, columns, (command, sql, count) => PrepareInsert(command, sql, table.Name, columns, count), newCommand, cancellation);
    }

    /// <summary>INSERT … VALUES (?, …) of one row, with parameters by position, and what gives their values; kept for a model.</summary>
    internal static (string Sql, Func<object, object?>[] Values, PropertyInfo Key) OneRow<T>(IntranetDbContext db) where T : class
        => ForOneRow.GetValue(db.Model, _ => []).GetOrAdd(typeof(T), _ =>
        {
            var (entity, table) = TableOf<T>(db);
            var columns = InsertedColumns(entity, table);
            var sql = db.GetService<ISqlGenerationHelper>();
            var text = $"INSERT INTO {sql.DelimitIdentifier(table.Name)} ({string.Join(", ", columns.Select(column => sql.DelimitIdentifier(column.Name)))}) VALUES ({string.Join(", ", columns.Select(_ => "?"))})";
            return (text, [.. columns.Select<Column, Func<object, object?>>(column => column.Value)], entity.FindPrimaryKey()!.Properties[0].PropertyInfo!);
        });

    private static readonly ConditionalWeakTable<IModel, ConcurrentDictionary<Type, (string Sql, Func<object, object?>[] Values, PropertyInfo Key)>> ForOneRow = [];

    /// <summary>UPDATE … SET … WHERE key = ? of one row, in the same way; made anew each time.</summary>
    internal static (string Sql, Func<object, object?>[] Values) OneUpdate<T>(IntranetDbContext db, IReadOnlyList<string> properties) where T : class
    {
        var (table, columns, keys) = UpdatedColumns<T>(db, properties);
        var sql = db.GetService<ISqlGenerationHelper>();
        string Terms(string between, Column[] those) => string.Join(between, those.Select(column => $"{sql.DelimitIdentifier(column.Name)} = ?"));
        return ($"UPDATE {sql.DelimitIdentifier(table)} SET {Terms(", ", columns)} WHERE {Terms(" AND ", keys)}", [.. columns.Concat(keys).Select<Column, Func<object, object?>>(column => column.Value)]);
    }

    private static Column[] InsertedColumns(IEntityType entity, StoreObjectIdentifier table)
        => [.. entity.GetProperties()
            .Where(property => !(property.ValueGenerated == ValueGenerated.OnAdd && property.IsPrimaryKey() && property.ClrType != typeof(Guid)))
            .Select(property => ColumnOf(property, table))];

    /// <summary>UPDATE … SET … WHERE key = …; UPDATE …</summary>
    internal static Task UpdateAsync<T>(
        IntranetDbContext db, IEnumerable<T> rows, IReadOnlyList<string> properties, int rowsPerStatement, Func<CancellationToken, Task<DbCommand>> newCommand, CancellationToken cancellation)
        where T : class
    {
        var (table, columns, keys) = UpdatedColumns<T>(db, properties);
        return RunAsync(db, rows, rowsPerStatement, [.. columns, .. keys], (command, sql, count) => PrepareUpdate(command, sql, table, columns, keys, count), newCommand, cancellation);
    }

    private static (string Table, Column[] Columns, Column[] Keys) UpdatedColumns<T>(IntranetDbContext db, IReadOnlyList<string> properties)
    {
        var (entity, table) = TableOf<T>(db);
        var keys = entity.FindPrimaryKey()!.Properties.Select(property => ColumnOf(property, table)).ToArray();
        var columns = properties.Select(name => ColumnOf(entity.FindProperty(name) ?? throw new ArgumentException($"{typeof(T).Name} has no property {name}.", nameof(properties)), table)).ToArray();
        return (table.Name, columns, keys);
    }

    private static (IEntityType Entity, StoreObjectIdentifier Table) TableOf<T>(IntranetDbContext db)
    {
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is not part of the model.");
        return (entity, StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value);
    }

    private static Column ColumnOf(IProperty property, StoreObjectIdentifier table) => new(property, property.GetColumnName(table)!, property.GetRelationalTypeMapping());

    private static async Task RunAsync<T>(
        IntranetDbContext db, IEnumerable<T> rows, int rowsPerStatement, Column[] columns, Action<DbCommand, ISqlGenerationHelper, int> prepare,
        Func<CancellationToken, Task<DbCommand>> newCommand, CancellationToken cancellation)
        where T : class
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        DbCommand? command = null;
        var commandRows = 0;
        try
        {
            foreach (var some in rows.Chunk(rowsPerStatement))
            {
                if (some.Length != commandRows)
                {
                    await DisposeAsync();
                    command = await newCommand(cancellation);
                    prepare(command, sql, some.Length);
                    commandRows = some.Length;
                }

                var parameter = 0;
                foreach (var row in some)
                {
                    foreach (var column in columns)
                        Set(command!.Parameters[parameter++], column.Value(row));
                }

                await command!.ExecuteNonQueryAsync(cancellation);
            }
        }
        catch (DbException failure) when (cancellation.IsCancellationRequested)
        {
            // Stopped in the middle a server answers with a failure; to who asked for it, it is none.
            throw new OperationCanceledException(failure.Message, failure, cancellation);
        }
        finally
        {
            await DisposeAsync();
        }

        async Task DisposeAsync()
        {
            if (command is null)
                return;
            await command.DisposeAsync();
            await db.Database.CloseConnectionAsync();
            command = null;
        }
    }

    // SqlClient cuts a value down to the size of its parameter, and says nothing. A parameter made before its value is known has the
    // size of its column, or 4,000 characters where the column has no end: what is longer is sent whole, for the server to take or refuse.
    private static void Set(DbParameter parameter, object value)
    {
        parameter.Value = value;
        if (parameter.Size > 0 && value switch { string text => text.Length, byte[] bytes => bytes.Length, _ => 0 } > parameter.Size)
            parameter.Size = -1;
    }

    private static void PrepareInsert(DbCommand command, ISqlGenerationHelper sql, string table, Column[] columns, int rows)
    {
        var text = new StringBuilder("INSERT INTO ").Append(sql.DelimitIdentifier(table)).Append(" (")
            .AppendJoin(", ", columns.Select(column => sql.DelimitIdentifier(column.Name))).Append(") VALUES ");
        for (var row = 0; row < rows; row++)
        {
            text.Append(row == 0 ? "(" : ", (");
            for (var i = 0; i < columns.Length; i++)
            {
                text.Append(i == 0 ? "" : ", ").Append(Parameter(command, columns[i], row, i));
            }

            text.Append(')');
        }

        command.CommandText = text.ToString();
    }

    private static void PrepareUpdate(DbCommand command, ISqlGenerationHelper sql, string table, Column[] columns, Column[] keys, int rows)
    {
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            var number = row;
            text.Append("UPDATE ").Append(sql.DelimitIdentifier(table)).Append(" SET ")
                .AppendJoin(", ", columns.Select((column, i) => $"{sql.DelimitIdentifier(column.Name)} = {Parameter(command, column, number, i)}").ToList())
                .Append(" WHERE ")
                .AppendJoin(" AND ", keys.Select((key, i) => $"{sql.DelimitIdentifier(key.Name)} = {Parameter(command, key, number, columns.Length + i)}").ToList())
                .AppendLine(";");
        }

        command.CommandText = text.ToString();
    }

    private static string Parameter(DbCommand command, Column column, int row, int position)
    {
        var name = Name(row, position);
        command.Parameters.Add(column.Mapping.CreateParameter(command, name, null, column.Property.IsNullable));
        return name;
    }

    private static string Name(int row, int position) => $"@p{row}_{position}";

    private sealed record Column(IProperty Property, string Name, RelationalTypeMapping Mapping)
    {
        private readonly Func<object?, object?>? convert = Mapping.Converter?.ConvertToProvider;

        internal object Value(object row)
        {
            var value = Property.GetGetter().GetClrValue(row);
            return (value is not null && convert is not null ? convert(value) : value is Enum number ? Convert.ToInt32(number, null) : value) ?? DBNull.Value;
        }
    }
}
