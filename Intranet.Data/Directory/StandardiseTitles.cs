using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Directory;

/// <summary>
/// Gives employees the standard titles that changed rules mean. Only imported titles whose answer changed are touched,
/// and of their holders only those who still have the old answer: a title set by hand stays.
/// </summary>
public sealed class StandardiseTitles(IntranetDbContext db)
{
    /// <param name="before">The rules as they were; the present ones are read here, inside the caller's transaction.</param>
    /// <returns>How many employees have another standard title now. The audit says so.</returns>
    public async Task<int> RunAsync(TitleRules before, CancellationToken cancellation = default)
    {
        var after = await db.TitleRulesAsync(cancellation);
        var names = await db.Titles.ToDictionaryAsync(title => title.Id, title => title.Name, cancellation);
        var originals = await db.Employees.Select(e => e.OriginalTitle).Distinct().ToListAsync(cancellation);
        var changed = 0;
        foreach (var group in originals.Select(original => (Original: original, Old: before.Map(original), New: after.Map(original)))
            .Where(title => title.Old != title.New).GroupBy(title => (title.Old, title.New)))
        {
            var (old, @new) = group.Key;
            var moved = 0;
            var version = Guid.NewGuid();
            foreach (var some in group.Select(title => title.Original).Chunk(500))
            {
                moved += await db.Employees.Where(e => e.TitleId == old && some.Contains(e.OriginalTitle))
                    .ExecuteUpdateAsync(set => set.SetProperty(e => e.TitleId, @new).SetProperty(e => e.Version, version), cancellation);
            }

            if (moved > 0)
                db.Audit("standardised", nameof(Title), @new ?? old, $"{moved} {(moved == 1 ? "employee" : "employees")} from {NameOf(old)} to {NameOf(@new)}: {string.Join(", ", group.Take(10).Select(title => title.Original))}{(group.Count() > 10 ? " …" : "")}");
            changed += moved;
        }

        await db.SaveChangesAsync(cancellation);
        return changed;

        string NameOf(int? id) => id is { } known ? names[known] : "no standard title";
    }
}

public static class TitleQueries
{
    /// <summary>The rules as they stand in the database now.</summary>
    public static async Task<TitleRules> TitleRulesAsync(this IntranetDbContext db, CancellationToken cancellation = default)
        => new(await db.Titles.AsNoTracking().ToListAsync(cancellation), await db.TitleMappings.AsNoTracking().ToListAsync(cancellation));
}
