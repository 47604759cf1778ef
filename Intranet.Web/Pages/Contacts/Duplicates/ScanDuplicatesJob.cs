using System.Globalization;
using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Web.Infrastructure;
using Quartz;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <summary>Compares all contacts with each other, and tells in the audit what came of it.</summary>
public sealed class ScanDuplicatesJob(ScanDuplicates scan, ArrivalIndex index, IntranetDbContext db) : IJob
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // What the scan before has left would be kept beside what this one reads, also as garbage.
        if (index.ReleaseUnasked(Idle))
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var found = await scan.RunAsync(context.Progress(), cancellationToken);
        index.Replace(found.Model, found.Records, found.ReadAt, found.ModelId);
        var summary = string.Create(CultureInfo.InvariantCulture, $"{found.Contacts:N0} contacts compared, {found.Pairs:N0} {(found.Pairs == 1 ? "pair" : "pairs")} found. Of those on the list {found.New:N0} {(found.New == 1 ? "is" : "are")} new, {found.Changed:N0} changed, {found.Removed:N0} gone{(found.Linked > 0 ? $", {found.Linked:N0} linked" : "")}.");
        db.Audit("scanned", nameof(DuplicatePair), details: summary);
        await db.SaveChangesAsync(CancellationToken.None);
        context.Result = summary;
    }
}
