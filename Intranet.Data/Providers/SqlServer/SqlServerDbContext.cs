using System.Data;
using System.Linq.Expressions;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Intranet.Data.Providers.SqlServer;

public sealed class SqlServerDbContext(DbContextOptions<SqlServerDbContext> options) : IntranetDbContext(options)
{
    private const string Binary = "Latin1_General_100_BIN2";

    public override bool MigratesAtStart => false;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // One owner's queue is sorted by all of this: of a thousand that are due a few are read. Opening hours are too long for a key.
        builder.Entity<Lead>().HasIndex(l => new { l.OwnerId, l.DueAt, l.Id, l.PastMaximumAt, l.OverdueAt, l.IsMain, l.TimeZone }, "IX_Leads_Queue").IncludeProperties(l => new { l.OpeningHours });
        // Keys compare byte by byte, as they do on SQLite; everything else keeps the database's own collation.
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties())
            .Where(property => property.ClrType == typeof(string)
                && (property.Name.EndsWith("Key", StringComparison.Ordinal) || property.Name is nameof(SearchWord.Word) or nameof(SpellingVariant.Variant))
                && property.DeclaringType.ClrType.Namespace!.StartsWith("Intranet", StringComparison.Ordinal)))
            property.SetCollation(Binary);
        builder.HasDbFunction(typeof(IntranetDbContext).GetMethod(nameof(WholeDays))!).HasTranslation(times =>
        {
            var integer = new IntTypeMapping("int");
            // By days DATEDIFF counts midnights, and by seconds it ends after 68 years: midnights, but for the last when its time of day
            // has not come yet.
            var isEarlier = new SqlBinaryExpression(ExpressionType.LessThan, TimeOfDay(times[1]), TimeOfDay(times[0]), typeof(bool), new BoolTypeMapping("bit"));
            var missing = new CaseExpression([new CaseWhenClause(isEarlier, Number(1))], Number(0));
            return new SqlBinaryExpression(ExpressionType.Subtract, Between("day", times[0], times[1]), missing, typeof(int), integer);

            SqlExpression TimeOfDay(SqlExpression time)
                => Between("second", new SqlFunctionExpression("CONVERT", [new SqlFragmentExpression("date"), time], nullable: true, [false, true], typeof(DateTime), time.TypeMapping), time);

            SqlExpression Between(string unit, SqlExpression from, SqlExpression to)
                => new SqlFunctionExpression("DATEDIFF", [new SqlFragmentExpression(unit), from, to], nullable: true, [false, true, true], typeof(int), integer);

            SqlExpression Number(int number) => new SqlConstantExpression(number, integer);
        });
        builder.HasDbFunction(typeof(IntranetDbContext).GetMethod(nameof(AsTyped))!).HasTranslation(text => new CollateExpression(text[0], Binary));
    }

    /// <summary>Executes the stored procedure of that name; its answer and the LINQ one are held equal by a test.</summary>
    protected override async Task<List<PocRow>> PocAsync(string? productKey, string? repositoryKey, DateOnly today, CancellationToken cancellation)
    {
        await using var command = (SqlCommand)await CommandAsync(cancellation);
        try
        {
            command.CommandType = CommandType.StoredProcedure;
            command.CommandText = "FindPOC";
            command.Parameters.Add("@ProductName", SqlDbType.NVarChar, 100).Value = (object?)productKey ?? DBNull.Value;
            command.Parameters.Add("@RepositoryName", SqlDbType.NVarChar, 100).Value = (object?)repositoryKey ?? DBNull.Value;
            command.Parameters.Add("@Today", SqlDbType.Date).Value = today.ToDateTime(TimeOnly.MinValue);
            var rows = new List<PocRow>();
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add(new PocRow(
                    reader.GetString(0), reader.GetString(1), reader.GetString(2), await reader.IsDBNullAsync(3, cancellation) ? null : reader.GetString(3),
                    reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetString(7)));
            }

            return rows;
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    /// <summary>A statement takes 2,100 parameters; so many rows of our widest table fit with room to grow.</summary>
    internal const int RowsPerStatement = 40;

    public override Task InsertManyAsync<T>(IEnumerable<T> rows, CancellationToken cancellation = default)
        => ManyRows.InsertAsync(this, rows, RowsPerStatement, CommandAsync, cancellation);

    public override Task UpdateManyAsync<T>(IEnumerable<T> rows, IReadOnlyList<string> properties, CancellationToken cancellation = default)
        => ManyRows.UpdateAsync(this, rows, properties, RowsPerStatement, CommandAsync, cancellation);

    public override bool IsOfOneProcess => false;

    public override async Task LockAsync(string name, CancellationToken cancellation = default)
    {
        if (Database.CurrentTransaction is null)
            throw new InvalidOperationException("A lock needs a transaction.");
        // A lock that wasn't granted is only a negative answer; it must stop the caller.
        // It gives up before the command would, whose end looks like any other failure of the database.
        try
        {
            await Database.ExecuteSqlAsync(
                $"DECLARE @answer int; EXEC @answer = sp_getapplock @Resource = {name}, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = 20000; IF @answer < 0 THROW 51000, 'Somebody else holds the lock.', 1;",
                cancellation);
        }
        catch (SqlException failure) when (failure.Number == 51000)
        {
            throw new TimeoutException($"Somebody else holds the lock '{name}'.", failure);
        }
    }

    public override bool IsUniqueViolation(Exception failure)
        => Told(failure) is { Number: 2601 or 2627 };

    public override bool IsPassing(Exception failure)
        => IsTimeout(failure) || Told(failure) is { } of && (of.Number is DeadlockVictim or 1222 or -2 || of.Class >= ConnectionLost);

    /// <summary>The server ended the transaction of one of two that waited for each other; that one may begin anew.</summary>
    internal static bool IsDeadlock(Exception failure) => Told(failure) is { Number: DeadlockVictim };

    // What fails while changes are saved comes in two wrappings: EF Core's own, and that of its strategy, which finds it worth another try.
    private static SqlException? Told(Exception failure)
    {
        for (var one = failure; one is not null; one = one.InnerException)
            if (one is SqlException told)
                return told;
        return null;
    }

    private const int DeadlockVictim = 1205;

    // From this severity on the server closes the connection, or there is none.
    private const byte ConnectionLost = 20;

    // A statement that builds an index over millions of rows takes longer than one of a page may.
    private static readonly TimeSpan LongestMigration = TimeSpan.FromHours(2);

    public override async Task BringUpToDateAsync(CancellationToken cancellation = default)
    {
        var usual = Database.GetCommandTimeout();
        Database.SetCommandTimeout(LongestMigration);
        await base.BringUpToDateAsync(cancellation);
        Database.SetCommandTimeout(usual);
    }
}
