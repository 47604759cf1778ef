using System.Linq.Expressions;
using System.Reflection;
using Intranet.Data.Providers.Sqlite;
using Intranet.Data.Providers.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Support;

/// <summary>
/// Translates every query that a test on SQLite asks for SQL Server as well, without a server: a query that only one of
/// the two databases can answer fails where it is asked. What the translation means there, only a server can tell.
/// </summary>
internal sealed class AlsoOnSqlServer : IQueryExpressionInterceptor
{
    // One for the whole run: EF keeps compiled queries for each set of such interceptors.
    private static readonly AlsoOnSqlServer Instance = new();
    private static readonly MethodInfo CompileQuery = typeof(IDatabase).GetMethod(nameof(IDatabase.CompileQuery))!;
    private static readonly DbContextOptions<SqlServerDbContext> Options
        = new DbContextOptionsBuilder<SqlServerDbContext>().UseSqlServer("Server=nowhere").Options;

    internal static void Watch(IServiceCollection services)
        => services.ConfigureDbContext<SqliteDbContext>(options => options.AddInterceptors(Instance));

    /// <exception cref="InvalidOperationException">SQL Server can't be asked this; the message says which part.</exception>
    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        if (eventData.Context is SqliteDbContext && !SqlitesOwn.IsIn(queryExpression))
            Translate(queryExpression);
        return queryExpression;
    }

    internal static void Translate(Expression query)
    {
        using var db = new SqlServerDbContext(Options);
        var result = query.Type.IsGenericType && query.Type.IsAssignableTo(typeof(IQueryable))
            ? typeof(IEnumerable<>).MakeGenericType(query.Type.GetInterfaces().Append(query.Type)
                .First(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IQueryable<>)).GetGenericArguments()[0])
            : query.Type;
        try
        {
            CompileQuery.MakeGenericMethod(result).Invoke(db.GetService<IDatabase>(), [new OtherModel(db.Model).Visit(query), false]);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } reason)
        {
            throw new InvalidOperationException($"SQL Server can't answer what SQLite was asked. {reason.Message}", reason);
        }
    }

    // Sums that only SQLite keeps are asked for by SQLite alone; what stands in for them elsewhere is a query of its own.
    private sealed class SqlitesOwn : ExpressionVisitor
    {
        private bool isFound;

        internal static bool IsIn(Expression query)
        {
            var own = new SqlitesOwn();
            own.Visit(query);
            return own.isFound;
        }

        protected override Expression VisitExtension(Expression node)
        {
            isFound |= node is EntityQueryRootExpression root && root.EntityType.ClrType.Namespace == typeof(SqliteDbContext).Namespace;
            return base.VisitExtension(node);
        }
    }

    // The same tables, as the other database's model has them.
    private sealed class OtherModel(IModel model) : ExpressionVisitor
    {
        protected override Expression VisitExtension(Expression node)
            => node is EntityQueryRootExpression root
                ? new EntityQueryRootExpression(model.FindEntityType(root.EntityType.Name) ?? throw new InvalidOperationException($"{root.EntityType.Name} is not part of the model."))
                : base.VisitExtension(node);
    }
}
