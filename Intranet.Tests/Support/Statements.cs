using System.Collections.Concurrent;
using System.Data.Common;
using Intranet.Data.Providers.Sqlite;
using Intranet.Data.Providers.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Support;

/// <summary>
/// Watches what an app asks its database: <c>options.Services = statements.Watch</c>. On SQLite each statement is
/// kept with the plan it gets, for the values it has.
/// </summary>
public sealed class Statements : DbCommandInterceptor
{
    private readonly ConcurrentQueue<Statement> seen = new();
    private volatile bool watching;

    public void Watch(IServiceCollection services)
    {
        services.ConfigureDbContext<SqliteDbContext>(options => options.AddInterceptors(this));
        services.ConfigureDbContext<SqlServerDbContext>(options => options.AddInterceptors(this));
    }

    /// <summary>What was asked while <paramref name="work"/> ran; nothing else may run at the time.</summary>
    public async Task<IReadOnlyList<Statement>> DuringAsync(Func<Task> work)
    {
        seen.Clear();
        watching = true;
        try
        {
            await work();
        }
        finally
        {
            watching = false;
        }

        return [.. seen];
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (watching)
            seen.Enqueue(new Statement(command.CommandText, TestDatabase.Server is null ? await PlanAsync(command, cancellationToken) : []));
        return await base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    private static async Task<List<string>> PlanAsync(DbCommand command, CancellationToken cancellation)
    {
        await using var explain = command.Connection!.CreateCommand();
        explain.Transaction = command.Transaction;
        explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        foreach (DbParameter parameter in command.Parameters)
        {
            var copy = explain.CreateParameter();
            (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
            explain.Parameters.Add(copy);
        }

        var plan = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            plan.Add(reader.GetString(3));
        return plan;
    }
}

/// <param name="Sql">As it was sent.</param>
/// <param name="Plan">Its steps, as SQLite explains them.</param>
public sealed record Statement(string Sql, IReadOnlyList<string> Plan);
