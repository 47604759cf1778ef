using Intranet.Data;
using Intranet.Web.Pages.Account;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Infrastructure;

public static class Database
{
    /// <summary>
    /// Brings the database to the current schema (SQLite: always; SQL Server: with <c>--migrate</c>, after which the
    /// process ends) and loads the sample where it is wanted.
    /// </summary>
    /// <returns>True when the process was only started to do that.</returns>
    public static async Task<bool> PrepareDatabaseAsync(this WebApplication app, string[] args)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        await db.Database.MigrateAsync();
        await SampleAccounts.EnsureAsync(app.Services);
        return args.Contains("--migrate");
    }
}
