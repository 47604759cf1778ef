using Intranet.Data;
using Intranet.Data.Imports;
using Intranet.Data.Settings;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Imports;

/// <summary>
/// Loads the sample that travels with the app, through the importer like any other file. Once: what was edited since
/// stays edited. A start that was cut short loads the rest at the next one: a file that was begun goes on where it was.
/// </summary>
public sealed partial class LoadSample(IntranetDbContext db, ImportFile import, ILogger<LoadSample> log)
{
    // In this order: each file names what the ones before it brought.
    private static readonly (string Kind, string File)[] Files =
    [
        ("locations", "locations.csv"),
        ("products", "products.csv"),
        ("repositories", "repositories.csv"),
        ("title-rules", "title-patterns.csv"),
        ("employees", "employees.csv"),
        ("assignments", "assignments.csv"),
        ("contacts", "contacts.csv"),
        ("leads", "leads.csv"),
        ("pocs", "pocs.csv"),
        ("interactions", "interactions.csv"),
    ];

    // Their owners are sample accounts: where there are none, nobody could own them.
    private static readonly string[] OfAccounts = ["leads", "pocs", "interactions"];

    private const string By = "sample";

    /// <summary>Whether this run loads the sample: <c>Demo:Load</c>, by default on in Development.</summary>
    public static bool IsWanted(IConfiguration configuration, IHostEnvironment environment)
        => configuration.Switch("Demo:Load", byDefault: environment.IsDevelopment());

    /// <exception cref="InvalidOperationException">A file of the sample is missing or refused.</exception>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        if (await db.Settings.AnyAsync(setting => setting.Name == Setting.SampleLoaded, cancellation))
            return;
        var hasAccounts = await db.Users.AnyAsync(user => user.IsSample, cancellation);
        // Days of leads count back from today: loaded again tomorrow, they would be others.
        var loaded = await db.Imports.Where(i => i.CreatedBy == By && i.State == ImportState.Applied).Select(i => i.FileName).ToListAsync(cancellation);
        foreach (var (kind, file) in Files.Where(one => (hasAccounts || !OfAccounts.Contains(one.Kind)) && !loaded.Contains(one.File)))
        {
            var begun = db.IsOfOneProcess ? await db.Imports.FirstOrDefaultAsync(i => i.CreatedBy == By && i.State == ImportState.Applying && i.FileName == file, cancellation) : null;
            var done = begun is not null ? await import.GoOnAsync(begun, cancellation) : await import.RunAsync(kind, Path.Combine(AppContext.BaseDirectory, "sample", file), By, cancellation);
            if (done.State != ImportState.Applied)
                throw new InvalidOperationException($"The sample could not be loaded: {file} was refused. {done.Error} Set Demo:Load to false to start without it.");
            LogLoaded(log, file, done.NewRows);
        }

        db.Settings.Add(new Setting { Name = Setting.SampleLoaded, Value = "true" });
        await db.SaveChangesAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Information, "Sample: {File}, {Rows} new rows")]
    private static partial void LogLoaded(ILogger log, string file, int rows);
}
