using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Intranet.Data.Providers;

/// <summary>INSERT … VALUES (…), (…) with values as the model stores them.</summary>
internal static class ManyRows
{
    internal static async Task InsertAsync<T>(
        IntranetDbContext db, IEnumerable<T> rows, int rowsPerStatement, Func<CancellationToken, Task<DbCommand>> newCommand, CancellationToken cancellation)
        where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is not part of the model.");
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var columns = entity.GetProperties()
            .Where(property => !(property.ValueGenerated == ValueGenerated.OnAdd && property.IsPrimaryKey() && property.ClrType != typeof(Guid)))
            .Select(property => new Column(property, property.GetColumnName(table)!, property.GetRelationalTypeMapping()))
            .ToArray();
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
                    Prepare(command, sql, table.Name, columns, some.Length);
                    commandRows = some.Length;
                }

                var parameter = 0;
                foreach (var row in some)
                {
                    foreach (var column in columns)
                        command!.Parameters[parameter++].Value = column.Value(row);
                }

                await command!.ExecuteNonQueryAsync(cancellation);
            }
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

    private static void Prepare(DbCommand command, ISqlGenerationHelper sql, string table, Column[] columns, int rows)
    {
        var text = new StringBuilder("INSERT INTO ").Append(sql.DelimitIdentifier(table)).Append(" (")
            .AppendJoin(", ", columns.Select(column => sql.DelimitIdentifier(column.Name))).Append(") VALUES ");
        for (var row = 0; row < rows; row++)
        {
            text.Append(row == 0 ? "(" : ", (");
            for (var i = 0; i < columns.Length; i++)
            {
                var name = $"@p{row}_{i}";
                text.Append(i == 0 ? "" : ", ").Append(name);
                command.Parameters.Add(columns[i].Mapping.CreateParameter(command, name, null, columns[i].Property.IsNullable));
            }

            text.Append(')');
        }

        command.CommandText = text.ToString();
    }

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
