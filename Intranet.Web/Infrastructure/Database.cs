using System.Data.Common;
using Intranet.Data;
using Intranet.Data.Mail;
using Intranet.Data.Reports;
using Intranet.Web.Pages.Account;
using Intranet.Web.Pages.Imports;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Infrastructure;

public static class Database
{
    /// <summary>
    /// Brings the database to the current schema (SQLite: always; SQL Server: with <c>--migrate</c>, after which the
    /// process ends) and loads the sample where it is wanted.
    /// </summary>
    /// <exception cref="InvalidOperationException">The database can't be opened, or its schema is not current and may not be changed at start.</exception>
    /// <returns>True when the process was only started to do that.</returns>
    public static async Task<bool> PrepareDatabaseAsync(this WebApplication app, string[] args)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        try
        {
            // Asked first: MigrateAsync compares whole models even where nothing is pending, which is a good part of a start.
            var isCurrent = !(await db.Database.GetPendingMigrationsAsync()).Any();
            if (!isCurrent && (db.MigratesAtStart || args.Contains("--migrate")))
                await db.BringUpToDateAsync();
            else if (!isCurrent)
                throw new InvalidOperationException("The database has no current schema. Run the app once with --migrate, or run the generated script, then start it again.");
        }
        catch (DbException failure)
        {
            throw new InvalidOperationException($"The database can't be opened or brought up to date: {failure.Message} Check ConnectionStrings:Intranet, and that the database is there and may be used.", failure);
        }

        if (args.Contains("--migrate"))
            return true;
        if (db.IsOfOneProcess)
        {
            await db.OutboxMessages.ReleaseClaimsAsync();
            await db.Subscriptions.ReleaseStartsAsync();
        }

        // Before the sample, because its leads have owners; and after it, because it brings who they are.
        await SampleAccounts.EnsureAsync(app.Services);
        if (LoadSample.IsWanted(app.Configuration, app.Environment))
            await scope.ServiceProvider.GetRequiredService<LoadSample>().RunAsync();
        await SampleAccounts.EnsureAsync(app.Services);
        return false;
    }
}
