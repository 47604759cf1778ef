using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports;

public static class ImportRowQueries
{
    // So many are deleted in a fraction of a second.
    private const int Portion = 10_000;

    /// <summary>
    /// Deletes the notes of an import's rows, in portions: where only one can write at a time, nobody waits long for a million of
    /// them.
    /// </summary>
    /// <param name="db">Not in a transaction.</param>
    /// <param name="import">Its id.</param>
    /// <param name="after">Only those of later lines.</param>
    /// <param name="cancellation">Leaves the portions that are still to come.</param>
    public static async Task ForgetImportRowsAsync(this IntranetDbContext db, int import, int after = 0, CancellationToken cancellation = default)
    {
        while (true)
        {
            var rows = db.ImportRows.Where(row => row.ImportId == import && row.Line > after);
            var last = await rows.OrderBy(row => row.Line).Select(row => (int?)row.Line).Skip(Portion).FirstOrDefaultAsync(cancellation);
            if (last is null)
            {
                await rows.ExecuteDeleteAsync(cancellation);
                return;
            }

            await rows.Where(row => row.Line <= last).ExecuteDeleteAsync(cancellation);
        }
    }

    /// <summary>How many rows of an import are noted as what.</summary>
    internal static async Task<ImportCounts> CountAsync(this IQueryable<ImportRow> rows, int import, CancellationToken cancellation)
    {
        var counts = new ImportCounts();
        foreach (var some in await rows.Where(row => row.ImportId == import).GroupBy(row => row.Kind).Select(group => new { group.Key, Rows = group.Count() }).ToListAsync(cancellation))
            counts.Add(some.Key, some.Rows);
        return counts;
    }
}
