namespace Intranet.Data.Directory;

/// <summary>
/// Changes the title rules and the employees they concern, in one transaction; or tries it: the same work, rolled back,
/// so that a preview can't say anything else than what would happen.
/// </summary>
public sealed class EditTitleRules(IntranetDbContext db)
{
    /// <param name="edit">Adds, changes or removes <see cref="TitleMapping"/>s; saved here.</param>
    /// <returns>How many employees get another standard title.</returns>
    public async Task<int> RunAsync(Func<Task> edit, bool tryOnly = false, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Imports, cancellation);
        var before = await db.TitleRulesAsync(cancellation);
        await edit();
        await db.SaveChangesAsync(cancellation);
        var changed = await new StandardiseTitles(db).RunAsync(before, cancellation);
        if (tryOnly)
        {
            await transaction.RollbackAsync(cancellation);
            db.ChangeTracker.Clear();
        }
        else
        {
            await transaction.CommitAsync(cancellation);
        }

        return changed;
    }
}
