using System.Data;
using System.Data.Common;
using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Data.Imports;
using Intranet.Data.Providers;
using Intranet.Data.Providers.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Providers.SqlServer;

/// <summary>What is sent to SQL Server, as far as it can be told without one.</summary>
public sealed class SqlServerStatementTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(4_000)]
    [InlineData(4_001)]
    [InlineData(100_000)]
    public async Task A_text_of_any_length_is_sent_whole_with_many_rows(int length)
    {
        using var db = Context();
        var json = new string('x', length);
        using var command = new SqlCommand();

        await AttemptAsync(() => ManyRows.InsertAsync(db, [new EstimatedModel { Json = json }], 1, _ => Task.FromResult<DbCommand>(command), TestContext.Current.CancellationToken));

        var parameter = command.Parameters.Cast<SqlParameter>().Single(parameter => Equals(parameter.Value, json));
        Assert.True(parameter.Size == -1 || parameter.Size >= length, $"{length} characters would be cut down to {parameter.Size}.");
    }

    [Fact]
    public async Task What_is_longer_than_its_column_is_for_the_server_to_refuse_and_not_cut_down()
    {
        using var db = Context();
        using var command = new SqlCommand();

        await AttemptAsync(() => ManyRows.UpdateAsync(db, [new ImportRow { Label = new string('x', 301) }], [nameof(ImportRow.Label)], 1, _ => Task.FromResult<DbCommand>(command), TestContext.Current.CancellationToken));

        Assert.Equal(-1, command.Parameters[0].Size);
    }

    [Fact]
    public void Rows_of_every_table_fit_into_one_statement()
    {
        using var db = Context();
        // 2,100, less two for the text of the statement and the types of its parameters.
        var tooMany = db.Model.GetEntityTypes().Where(entity => entity.GetProperties().Count() * SqlServerDbContext.RowsPerStatement > 2_098).Select(entity => entity.Name);

        Check.None(tooMany);
    }

    [Fact]
    public void Whole_days_are_told_of_any_two_moments()
    {
        using var db = Context();

        var sql = db.StageMoves.Select(move => IntranetDbContext.WholeDays(move.FromSince!.Value, move.At)).ToQueryString();

        // By seconds from one to the other it would be an overflow after 68 years.
        Assert.Contains("""
            DATEDIFF(day, [s].[FromSince], [s].[At]) - CASE
                WHEN DATEDIFF(second, CONVERT(date, [s].[At]), [s].[At]) < DATEDIFF(second, CONVERT(date, [s].[FromSince]), [s].[FromSince]) THEN 1
                ELSE 0
            END
            """.ReplaceLineEndings(), sql.ReplaceLineEndings(), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_in_capitals_are_a_group_of_their_own()
    {
        using var db = Context();

        var sql = db.Employees.GroupBy(e => IntranetDbContext.AsTyped(e.OriginalTitle)).Select(group => new { group.Key, People = group.Count() }).ToQueryString();

        Assert.Contains("[e].[OriginalTitle] COLLATE Latin1_General_100_BIN2", sql, StringComparison.Ordinal);
        Assert.Contains("GROUP BY", sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_SQLite_is_asked_in_a_way_of_its_own_can_be_asked_here_too()
    {
        var asked = new Asked();
        using var db = new SqlServerDbContext(new DbContextOptionsBuilder<SqlServerDbContext>().UseSqlServer("Server=nowhere").AddInterceptors(asked, new NoConnection()).Options);

        await db.HoldersAsync(new IdentifyRequest("a@b.example", "9820010001", new PhoneRules("IN")), 100, TestContext.Current.CancellationToken);
        await db.OldestWithAsync(GenericValueKind.Email, 1, "a@b.example", TestContext.Current.CancellationToken);
        await db.OldestWithAsync(GenericValueKind.Phone, 1, "919820010001", TestContext.Current.CancellationToken);
        await db.PersonAsync(1, TestContext.Current.CancellationToken);
        await db.NewestWithWordsAsync(["ann", "ber"], new ContactSearch.Part(0, 25), TestContext.Current.CancellationToken);

        Assert.Equal(8, asked.Count);
    }

    [Fact]
    public async Task A_statement_that_was_stopped_is_told_as_cancelled()
    {
        var services = new ServiceCollection();
        services.AddDatabase(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Database:Provider"] = "SqlServer", ["ConnectionStrings:Intranet"] = "Server=nowhere" }).Build(), "");
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        var interceptors = scope.ServiceProvider.GetRequiredService<IntranetDbContext>().GetService<IInterceptors>().Aggregate<IDbCommandInterceptor>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interceptors!.CommandCanceledAsync(new SqlCommand(), null!, stop.Token));
    }

    // Nobody is there to run it: what would have been sent is in the command all the same.
    private static Task<InvalidOperationException> AttemptAsync(Func<Task> send) => Assert.ThrowsAsync<InvalidOperationException>(send);

    /// <summary>Answers nothing to every question.</summary>
    private sealed class Asked : DbCommandInterceptor
    {
        private readonly List<string> statements = [];

        internal int Count => statements.Count;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            statements.Add(command.CommandText);
            var one = new DataTable();
            if (command.CommandText.StartsWith("SELECT COUNT", StringComparison.Ordinal))
            {
                one.Columns.Add("Count", typeof(int));
                one.Rows.Add(0);
            }

            return ValueTask.FromResult(InterceptionResult<DbDataReader>.SuppressWithResult(one.CreateDataReader()));
        }
    }

    private sealed class NoConnection : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
            => ValueTask.FromResult(InterceptionResult.Suppress());
    }

    private static SqlServerDbContext Context()
        => new(new DbContextOptionsBuilder<SqlServerDbContext>().UseSqlServer("Server=nowhere").Options);
}
