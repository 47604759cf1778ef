using System.Data.Common;
using System.Linq.Expressions;
using Intranet.Data.Auditing;
using Intranet.Data.Contacts;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Intranet.Data.Providers.Sqlite;

public sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : IntranetDbContext(options)
{
    public override bool MigratesAtStart => true;

    public override async Task BringUpToDateAsync(CancellationToken cancellation = default)
    {
        if (!await NewDatabase.TryMakeAsync(this, cancellation))
            await base.BringUpToDateAsync(cancellation);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // One owner's queue is sorted by all of this: of a thousand that are due a few are read.
        builder.Entity<Lead>().HasIndex(l => new { l.OwnerId, l.DueAt, l.Id, l.PastMaximumAt, l.OverdueAt, l.IsMain, l.TimeZone, l.OpeningHours }, "IX_Leads_Queue");
        SqliteSums.Map(builder);
        builder.HasDbFunction(typeof(IntranetDbContext).GetMethod(nameof(WholeDays))!).HasTranslation(times =>
        {
            var integer = new IntTypeMapping("INTEGER");
            var seconds = new SqlBinaryExpression(ExpressionType.Subtract, Epoch(times[1]), Epoch(times[0]), typeof(int), integer);
            return new SqlBinaryExpression(ExpressionType.Divide, seconds, new SqlConstantExpression(86_400, integer), typeof(int), integer);

            SqlExpression Epoch(SqlExpression time) => new SqlFunctionExpression("unixepoch", [time], nullable: true, [true], typeof(int), integer);
        });
        builder.HasDbFunction(typeof(IntranetDbContext).GetMethod(nameof(AsTyped))!).HasTranslation(text => text[0]);
    }

    protected override Task<List<PocRow>> PocAsync(string? productKey, string? repositoryKey, DateOnly today, CancellationToken cancellation)
    {
        var assignments = Assignments.AsNoTracking();
        // Conditions are added, not switched off inside the query: each shape gets a plan that uses its index.
        if (productKey is not null)
            assignments = assignments.Where(a => a.Product!.NameKey == productKey);
        if (repositoryKey is not null)
            assignments = assignments.Where(a => a.Repository!.NameKey == repositoryKey);
        return Employees
            .Where(e => assignments.Select(a => a.EmployeeId).Contains(e.Id))
            .Where(e => e.LeftOn == null || e.LeftOn > today)
            .OrderBy(e => e.FirstNameKey).ThenBy(e => e.LastNameKey).ThenBy(e => e.EmpIdKey)
            .Select(e => new PocRow(e.EmpId, e.FirstName, e.LastName, e.Title!.Name, e.EmailId, e.ChatUserName, e.Location!.Region, e.Location.City))
            .ToListAsync(cancellation);
    }

    public override Task InsertManyAsync<T>(IEnumerable<T> rows, CancellationToken cancellation = default)
    {
        // Outside of a transaction each statement may find the file locked, and ADO.NET knows how to wait.
        if (Database.CurrentTransaction is null)
            return ManyRows.InsertAsync(this, rows, rowsPerStatement: 1, CommandAsync, cancellation);
        var (sql, values, _) = ManyRows.OneRow<T>(this);
        RunForEach(sql, values, rows, cancellation);
        return Task.CompletedTask;
    }

    public override Task UpdateManyAsync<T>(IEnumerable<T> rows, IReadOnlyList<string> properties, CancellationToken cancellation = default)
    {
        if (Database.CurrentTransaction is null)
            return ManyRows.UpdateAsync(this, rows, properties, rowsPerStatement: 1, CommandAsync, cancellation);
        var (sql, values) = ManyRows.OneUpdate<T>(this, properties);
        RunForEach(sql, values, rows, cancellation);
        return Task.CompletedTask;
    }

    // A command of ADO.NET finds each parameter by name again for each row, which takes longer than SQLite takes to store it.
    private void RunForEach<T>(string sql, Func<object, object?>[] ask, IEnumerable<T> rows, CancellationToken cancellation) where T : class
    {
        var statement = SqliteStatement.Of(Connection, sql);
        var values = new object?[ask.Length];
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < values.Length; i++)
                values[i] = ask[i](row);
            statement.Run(values);
        }
    }

    // Rows come in the order of a file and go into many indexes in the order of their values: pages that don't fit are read and
    // written again and again, and so is each page that a checkpoint after every batch takes out of the log. More than 80 MB of them
    // were hardly faster, and what is mapped besides counts as memory of the process.
    internal override async Task<IAsyncDisposable> ExpectManyRowsAsync(CancellationToken cancellation = default)
    {
        await Database.OpenConnectionAsync(cancellation);
        await Database.ExecuteSqlRawAsync("PRAGMA cache_size = -80000; PRAGMA mmap_size = 0; PRAGMA wal_autocheckpoint = 25000", cancellation);
        return new ManyRowsExpected(this);
    }

    private sealed class ManyRowsExpected(SqliteDbContext db) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await db.Database.ExecuteSqlRawAsync($"PRAGMA cache_size = {SqlitePragmas.CacheSize}; PRAGMA mmap_size = {SqlitePragmas.Mapped}; PRAGMA wal_autocheckpoint = {SqlitePragmas.LongestLog}; PRAGMA shrink_memory");
            await db.Database.CloseConnectionAsync();
        }
    }

    internal override Task InsertAsync<T>(T record, CancellationToken cancellation = default)
    {
        SqliteInsert.Insert(this, Connection, record);
        foreach (var told in ToldAsAdded(record))
            SqliteInsert.Insert(this, Connection, told);
        return Task.CompletedTask;
    }

    // Of its own beside EF's, which is taught a dozen functions each time it is opened.
    private SqliteConnection? reading;

    /// <summary>All at one moment of the database, too.</summary>
    internal override async Task<T> OverOneConnectionAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        if (Database.CurrentTransaction is not null || reading is not null)
            return await ask();
        await using var own = new SqliteConnection(Database.GetConnectionString());
        await own.OpenAsync(cancellation);
        SqlitePragmas.Tell(own);
        SqliteStatement.Of(own, "BEGIN").Run();
        reading = own;
        try
        {
            return await ask();
        }
        finally
        {
            reading = null;
            SqliteStatement.Of(own, "COMMIT").Run();
        }
    }

    internal override Task<ContactSearch.Newest> NewestWithWordsAsync(IReadOnlyList<string> beginnings, ContactSearch.Part part, CancellationToken cancellation)
    {
        // Nothing is kept of what may be taken back.
        var kept = Database.CurrentTransaction is null ? this.GetService<KeptBeginnings>() : null;
        return OverOneConnectionAsync(() => Task.FromResult(SqliteContactWords.Find(Connection, beginnings, part, kept)), cancellation);
    }

    internal override Task<(IdentifyQueries.Holders OfEmail, IdentifyQueries.Holders OfPhone)> HoldersAsync(IdentifyRequest asked, int mostPeople, CancellationToken cancellation)
        => Task.FromResult((
            SqliteIdentify.Holders(Connection, GenericValueKind.Email, asked.EmailKey, mostPeople),
            SqliteIdentify.Holders(Connection, GenericValueKind.Phone, asked.PhoneKey, mostPeople)));

    internal override Task<int?> OldestWithAsync(GenericValueKind kind, int cluster, string key, CancellationToken cancellation)
        => Task.FromResult(SqliteIdentify.OldestWith(Connection, kind, cluster, key));

    internal override Task<Identify.Person?> PersonAsync(int primary, CancellationToken cancellation)
        => Task.FromResult(SqliteIdentify.Person(Connection, primary));

    // Where a transaction is, what it did must be seen.
    private SqliteConnection Connection => Database.CurrentTransaction is { } transaction ? (SqliteConnection)transaction.GetDbTransaction().Connection!
        : reading ?? throw new InvalidOperationException("Ask in a transaction, or over one connection.");

    // What is mapped of the file stays in memory with the last of them.
    public override void CloseIdleConnections()
    {
        using var one = new SqliteConnection(Database.GetConnectionString());
        SqliteConnection.ClearPool(one);
    }

    internal override IQueryable<KamDay> KamDaysOf(Period period) => SqliteCharts.KamDays(this, period);

    internal override Task<List<KamLeads>> KamLeadsOfAsync(Period period, CancellationToken cancellation) => SqliteCharts.KamLeadsAsync(this, period, cancellation);

    internal override Task<List<StageFlow>> StageFlowsOfAsync(Period period, CancellationToken cancellation) => SqliteCharts.StageFlowsAsync(this, period, cancellation);

    internal override Task<List<StageStay>> StageStaysOfAsync(Period period, CancellationToken cancellation) => SqliteCharts.StageStaysAsync(this, period, cancellation);

    public override bool IsOfOneProcess => true;

    // A write transaction is already the only one: Microsoft.Data.Sqlite begins with BEGIN IMMEDIATE.
    public override Task LockAsync(string name, CancellationToken cancellation = default)
        => Database.CurrentTransaction is null ? throw new InvalidOperationException("A lock needs a transaction.") : Task.CompletedTask;

    public override bool IsUniqueViolation(Exception failure)
        => (failure as SqliteException ?? failure.InnerException as SqliteException) is { SqliteErrorCode: 19, SqliteExtendedErrorCode: 1555 or 2067 };

    public override bool IsPassing(Exception failure)
        => IsTimeout(failure) || (failure as SqliteException ?? failure.InnerException as SqliteException) is { SqliteErrorCode: Busy or Locked or CantOpen };

    private const int Busy = 5, Locked = 6, CantOpen = 14;
}
