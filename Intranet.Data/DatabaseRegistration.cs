using Intranet.Data.Providers.Sqlite;
using Intranet.Data.Providers.SqlServer;
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
        var provider = configuration["Database:Provider"] is { Length: > 0 } named ? named : "Sqlite";
        var connection = configuration.GetConnectionString("Intranet");
        if (provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            if (string.IsNullOrWhiteSpace(connection))
                connection = $"Data Source={Path.Combine(dataFolder, "intranet.db")}";
            return services.AddDbContextPool<IntranetDbContext, SqliteDbContext>(options => options
                .UseSqlite(connection).AddInterceptors(new SqlitePragmas()));
        }

        if (provider.Equals("SqlServer", StringComparison.OrdinalIgnoreCase))
        {
            if (string.IsNullOrWhiteSpace(connection))
                throw new InvalidOperationException("Database:Provider is SqlServer, but ConnectionStrings:Intranet is empty. Set it, for instance by the environment variable ConnectionStrings__Intranet.");
            return services.AddDbContextPool<IntranetDbContext, SqlServerDbContext>(options => options.UseSqlServer(connection));
        }

        throw new InvalidOperationException($"Database:Provider is '{provider}'. Use Sqlite or SqlServer.");
    }
}
