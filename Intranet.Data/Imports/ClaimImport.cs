using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports;

/// <summary>
/// Takes the next import that has something to do, so that no other node takes it: one that waits, or one whose worker
/// has given no sign of life for two minutes, or since before this process started where only one process has the
/// database.
/// </summary>
public sealed class ClaimImport(IntranetDbContext db, TimeProvider time)
{
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(2);

    /// <param name="processStart">UTC.</param>
    /// <returns>The import, no longer tracked, Reading or Applying; null when there is nothing to do.</returns>
    public async Task<Import?> RunAsync(DateTime processStart, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var stale = now - StaleAfter;
        if (db.IsOfOneProcess && processStart > stale)
            stale = processStart;
        while (true)
        {
            var next = await db.Imports
                .Where(i => i.State == ImportState.Uploaded || i.State == ImportState.Confirmed
                    || ((i.State == ImportState.Reading || i.State == ImportState.Applying) && (i.AliveAt == null || i.AliveAt < stale)))
                .OrderBy(i => i.Id).FirstOrDefaultAsync(cancellation);
            if (next is null)
                return null;
            next.Claim(now);
            try
            {
                await db.SaveChangesAsync(cancellation);
                return next;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another node was faster; perhaps there is another import.
            }
            finally
            {
                db.ChangeTracker.Clear();
            }
        }
    }
}
