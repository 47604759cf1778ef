using Intranet.Data;
using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Imports;

/// <summary>
/// Does what a claimed import waits for: reads it, or applies it. Afterwards it is previewed, applied, or failed with the
/// reason; the stored file is deleted unless it is still needed.
/// </summary>
public sealed class WorkOnImport(IntranetDbContext db, ImportFolder folder, ImportProgress progress, PreviewImport preview, ApplyImport apply, ILogger<WorkOnImport> log)
{
    /// <returns>What was done, in words.</returns>
    public async Task<string> RunAsync(Import import, CancellationToken cancellation = default)
    {
        try
        {
            using var work = progress.Begin(import.Id);
            if (import.State == ImportState.Applying)
                return await ApplyAsync(import, work, cancellation);
            using var file = folder.Open(import);
            return await preview.RunAsync(import, new ImportFileRows(file.Rows(), file.RowsAbout), work, cancellation)
                ? $"read {import.FileName}" : $"stopped reading {import.FileName}";
        }
        catch (UnreadableFileException refusal)
        {
            await FailAsync(import, refusal.Message, cancellation);
            return $"refused {import.FileName}";
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "Import {Id} failed", import.Id);
            await FailAsync(import, "Something went wrong on our side, and nothing of this file was written. Upload it again; if that fails too, tell an administrator.", cancellation);
            return $"failed on {import.FileName}";
        }
    }

    private async Task<string> ApplyAsync(Import import, ImportProgress.Work work, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, work.Cancelled);
        bool applied;
        try
        {
            using var file = folder.Open(import);
            applied = await apply.RunAsync(import, new ImportFileRows(file.Rows(), file.RowsAbout), work, stop.Token);
        }
        catch (OperationCanceledException) when (work.Cancelled.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return await WithdrawAsync(import, cancellation);
        }

        catch (TimeoutException)
        {
            // Another node applies something that takes long, perhaps this very import, which it began before us. It is still
            // to be done as far as we know: whoever finds it without a sign of life looks again.
            return $"left {import.FileName} for later";
        }

        if (applied)
            folder.Delete(import.StoredName);
        return applied ? $"applied {import.FileName}" : $"left {import.FileName} to another node";
    }

    // The transaction is rolled back, and with it the rows of the preview are there again.
    private async Task<string> WithdrawAsync(Import import, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var withdrawn = await db.Imports.SingleAsync(i => i.Id == import.Id, cancellation);
        if (withdrawn.Version == import.Version && withdrawn.Withdraw())
            await db.SaveChangesAsync(cancellation);
        return $"stopped applying {import.FileName}";
    }

    private async Task FailAsync(Import import, string why, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var failed = await db.Imports.SingleAsync(i => i.Id == import.Id, cancellation);
        if (failed.Version != import.Version)
            return;
        failed.Fail(why);
        await db.SaveChangesAsync(cancellation);
        await db.ImportRows.Where(row => row.ImportId == import.Id).ExecuteDeleteAsync(cancellation);
        folder.Delete(import.StoredName);
    }
}
