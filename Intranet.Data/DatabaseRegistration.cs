using System.Data.Common;
using Intranet.Data.Contacts;
using Intranet.Data.Providers.Sqlite;
using Intranet.Data.Providers.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Data;

public static class DatabaseRegistration
{
    /// <summary>
    /// Registers <see cref="IntranetDbContext"/> for the database that <c>Database:Provider</c> names (Sqlite, the
    /// default, or SqlServer) with <c>ConnectionStrings:Intranet</c>; SQLite needs none and uses intranet.db in the
    /// data folder.
    /// </summary>
    /// <exception cref="InvalidOperationException">The configuration is wrong; the message says what to change.</exception>
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        var provider = Provider(configuration);
        var connection = configuration.GetConnectionString("Intranet");
        if (IsInProcess(configuration))
        {
            if (string.IsNullOrWhiteSpace(connection))
                connection = $"Data Source={Path.Combine(dataFolder, "intranet.db")}";
            Check(new SqliteConnectionStringBuilder(), connection, "such as 'Data Source=/srv/intranet/intranet.db', or leave it empty for intranet.db in the data folder");
            services.AddSingleton<ClusterChanges, GroupCommit>();
            services.AddSingleton(new KeptBeginnings());
            Prepare(() => new SqliteDbContext(new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite(connection).Options));
            var checkpoints = new SqliteCheckpoints(connection);
            return services.AddDbContextPool<IntranetDbContext, SqliteDbContext>(options => options
                .UseSqlite(connection).AddInterceptors(new SqlitePragmas(), checkpoints));
        }

        if (provider.Equals("SqlServer", StringComparison.OrdinalIgnoreCase))
        {
            if (string.IsNullOrWhiteSpace(connection))
                throw new InvalidOperationException("Database:Provider is SqlServer, but ConnectionStrings:Intranet is empty. Set it, for instance by the environment variable ConnectionStrings__Intranet.");
            Check(new SqlConnectionStringBuilder(), connection, "such as 'Server=sql.example.com;Database=Intranet;User Id=…;Password=…'");
            services.AddScoped<ClusterChanges, OwnTransaction>();
            Prepare(() => new SqlServerDbContext(new DbContextOptionsBuilder<SqlServerDbContext>().UseSqlServer(connection).Options));
            return services.AddDbContextPool<IntranetDbContext, SqlServerDbContext>(options => options
                .UseSqlServer(connection).AddInterceptors(new SqlServerCancellation()));
        }

        throw new InvalidOperationException($"Database:Provider is '{provider}'. Use Sqlite or SqlServer.");
    }

    /// <summary>Whether the database works in the process that asks, with its processors, and not on a server.</summary>
    public static bool IsInProcess(IConfiguration configuration) => Provider(configuration).Equals("Sqlite", StringComparison.OrdinalIgnoreCase);

    private static string Provider(IConfiguration configuration) => configuration["Database:Provider"] is { Length: > 0 } named ? named : "Sqlite";

    // Building the model is a quarter of a start. It begins here, and nobody waits for it: the first who needs it does, and
    // hears then what is wrong with it.
    private static void Prepare(Func<IntranetDbContext> make) => Task.Run(() =>
    {
        using var db = make();
        return db.Model;
    });

    // Never the string itself: it may hold a password.
    private static void Check(DbConnectionStringBuilder builder, string connection, string example)
    {
        try
        {
            builder.ConnectionString = connection;
        }
        catch (ArgumentException failure)
        {
            throw new InvalidOperationException($"ConnectionStrings:Intranet can't be read: {failure.Message} Use one {example}.", failure);
        }
    }
}
