using System.Data.Common;
using Intranet.Data.Providers.Sqlite;
using Intranet.Data.Providers.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Support;

/// <summary>
/// Counts what an app asks its database: <c>options => options.Services = counter.Listen</c>. For lists, whose questions
/// must not grow with their rows.
/// </summary>
public sealed class QueryCounter : DbCommandInterceptor
{
    private int count, rows;

    /// <summary>Queries so far.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Rows that were read so far, by queries that were read to the end or closed.</summary>
    public int Rows => Volatile.Read(ref rows);

    public void Listen(IServiceCollection services)
    {
        services.ConfigureDbContext<SqliteDbContext>(options => options.AddInterceptors(this));
        services.ConfigureDbContext<SqlServerDbContext>(options => options.AddInterceptors(this));
    }

    /// <summary>How many queries opening a page takes; it is opened once before, so that nothing is asked for the first time.</summary>
    public async Task<int> OfPageAsync(HttpClient client, string url)
    {
        (await client.PageAsync(url)).MustBeOk();
        var before = Volatile.Read(ref count);
        (await client.PageAsync(url)).MustBeOk();
        return Volatile.Read(ref count) - before;
    }

    public override ValueTask<InterceptionResult> DataReaderClosingAsync(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
    {
        Interlocked.Add(ref rows, eventData.ReadCount);
        return base.DataReaderClosingAsync(command, eventData, result);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref count);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}
