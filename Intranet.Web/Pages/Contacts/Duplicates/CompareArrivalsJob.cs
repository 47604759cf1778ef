using System.Globalization;
using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <summary>
/// Compares the contacts that came or changed since the last time, up to a thousand in one run. After an import there are too many
/// for that: a scan is what they need. Where none ever ran, it has the first one run as soon as there are contacts, so that nobody
/// waits a night for the first pairs to review.
/// </summary>
public sealed class CompareArrivalsJob(IntranetDbContext db, ArrivalIndex index, CompareArrival compare, JobSignal jobs) : IJob
{
    private const int Batch = 1000, Most = 5000;

    // Who types contacts for an afternoon doesn't wait for it again; a night's memory is free.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (await ArrivalMark.ReadAsync(db, cancellationToken) is not { } mark)
        {
            if (await IsReadyAsync(cancellationToken))
                await jobs.QueueAsync<ScanDuplicatesJob>("schedule", cancellation: cancellationToken);
            return;
        }

        var waiting = await db.Contacts.ChangedAfter(mark).Take(Most + 1).Select(c => new ArrivalMark(c.UpdatedAt, c.Id)).ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            index.ReleaseAfter(Idle);
            return;
        }

        if (waiting.Count > Most)
        {
            var newest = await db.Contacts.OrderByDescending(c => c.UpdatedAt).ThenByDescending(c => c.Id).Select(c => new ArrivalMark(c.UpdatedAt, c.Id)).FirstAsync(cancellationToken);
            await newest.WriteAsync(db, cancellationToken);
            context.Result = $"More than {Most.ToString("N0", CultureInfo.InvariantCulture)} contacts came or changed; the next scan compares them.";
            return;
        }

        if (!await index.CatchUpAsync(cancellationToken))
            return;
        var found = 0;
        var batch = waiting.Take(Batch).ToList();
        foreach (var arrival in batch)
            found += await compare.CompareAsync(arrival.Id, cancellationToken);
        await batch[^1].WriteAsync(db, cancellationToken);
        if (found > 0)
            context.Result = string.Create(CultureInfo.InvariantCulture, $"{batch.Count:N0} contacts compared, {found:N0} new pairs.");
    }

    // Once: a scan that failed or was cancelled is for somebody to look at. Not in the middle of an import, which brings many more.
    private async Task<bool> IsReadyAsync(CancellationToken cancellation)
        => await db.Contacts.AnyAsync(cancellation)
            && !await db.Imports.AnyAsync(import => import.State == ImportState.Applying, cancellation)
            && !await db.JobRuns.AnyAsync(run => run.Job == Scan, cancellation);

    private static readonly string Scan = Timetable.NameOf(typeof(ScanDuplicatesJob));
}
