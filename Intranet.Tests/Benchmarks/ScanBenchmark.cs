using System.Diagnostics;
using System.Globalization;
using Intranet.Data.Contacts;
using Intranet.Tests.Contacts.Duplicates;
using Intranet.Tests.Contacts.Matching.Samples;

namespace Intranet.Tests.Benchmarks;

/// <summary>
/// A whole scan, from the database to stored pairs, of <c>INTRANET_SCAN_ROWS</c> (1,000,000) generated contacts. Not part of the suite; run it in Release:
/// <c>dotnet run -c Release --project Intranet.Tests -- -explicit only -class Intranet.Tests.Benchmarks.ScanBenchmark -showliveoutput</c>.
/// </summary>
public sealed class ScanBenchmark
{
    [Fact(Explicit = true)]
    public async Task From_the_database_to_stored_pairs()
    {
        var rows = int.Parse(Environment.GetEnvironmentVariable("INTRANET_SCAN_ROWS") ?? "1000000", CultureInfo.InvariantCulture);
        await using var app = await DuplicatesApp.StartAsync();
        await app.Database(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.InsertManyAsync(BusinessContacts.Rows(99, (int)(rows / 1.67), 0.05).Rows.Select(row => Contact(app, row)));
            await transaction.CommitAsync();
        });
        for (var round = 1; round <= 2; round++)
        {
            GC.Collect();
            var (watch, stages, last) = (Stopwatch.StartNew(), new List<string>(), "");
            var result = await app.With<ScanDuplicates, ScanDuplicates.Result>(scan => scan.RunAsync((stage, _) =>
            {
                lock (stages)
                {
                    if (stage != last)
                        stages.Add($"{last = stage} from {watch.Elapsed.TotalSeconds:F1} s");
                }
            }));
            Print($"round {round}: {result.Contacts:N0} contacts, {result.Pairs:N0} pairs ({result.New:N0} new, {result.Changed:N0} changed, {result.Removed:N0} gone) in {watch.Elapsed.TotalSeconds:F1} s; {string.Join(", ", stages)}; peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        }
    }

    private static Contact Contact(RunningApp app, Data.Contacts.Matching.ContactRow row)
    {
        var contact = new Contact
        {
            Source = "import",
            GivenName = row.GivenName,
            FamilyName = row.FamilyName,
            FullName = row.FullName,
            BirthDate = DateOnly.TryParse(row.BirthDate, CultureInfo.InvariantCulture, out var birth) ? birth : null,
            Street = row.Street,
            City = row.City,
            Postcode = row.Postcode,
            State = row.State,
            Country = row.Country,
            Company = row.Company,
            JobTitle = row.JobTitle,
            CreatedAt = app.Clock.UtcNow,
            UpdatedAt = app.Clock.UtcNow,
        };
        contact.SetEmail(row.Email);
        contact.SetPhone(row.Phone, new PhoneRules("IN"));
        return contact;
    }

    private static void Print(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
