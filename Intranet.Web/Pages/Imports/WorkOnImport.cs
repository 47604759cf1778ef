using Intranet.Data;
using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Imports;

/// <summary>
/// Does what a claimed import waits for: reads it, or applies it. Afterwards it is previewed, applied, stopped in the middle, or
/// failed with the reason; the stored file is deleted unless it is still needed.
/// </summary>
public sealed class WorkOnImport(IntranetDbContext db, ImportFolder folder, ImportProgress progress, PreviewImport preview, ApplyImport apply, ILogger<WorkOnImport> log)
{
    /// <returns>What was done, in words.</returns>
    public async Task<string> RunAsync(Import import, CancellationToken cancellation = default)
    {
        var work = progress.Begin(import);
        try
        {
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
        catch (Exception failure) when (db.IsPassing(failure))
        {
            // Another node does something that takes long, or the database is busy or away. It is still to be done, from the last batch on:
            // whoever finds it without a sign of life goes on.
            log.LogWarning(failure, "Import {Id} waits for the database", import.Id);
            if (progress.GivesUp(import))
            {
                await FailAsync(import, $"The database was busy or didn't answer in time, {ImportProgress.MostTimesLeft} times in a row. Try it again later; if that fails too, tell an administrator.", cancellation);
                return $"gave {import.FileName} up";
            }

            return $"left {import.FileName} for later";
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "Import {Id} failed", import.Id);
            await FailAsync(import, "Something went wrong on our side. Try it again; if that fails too, tell an administrator.", cancellation);
            return $"failed on {import.FileName}";
        }
        finally
        {
            progress.End(import, work);
        }
    }

    private async Task<string> ApplyAsync(Import import, ImportWork work, CancellationToken cancellation)
    {
        Spreadsheet? file = null;
        try
        {
            var outcome = await apply.RunAsync(import, () => new ImportFileRows((file = folder.Open(import)).Rows(), file.RowsAbout), work, cancellation);
            if (outcome == ApplyImport.Outcome.Applied)
                folder.Delete(import.StoredName);
            return outcome switch
            {
                ApplyImport.Outcome.Applied => $"applied {import.FileName}",
                ApplyImport.Outcome.Stopped => $"stopped applying {import.FileName}",
                _ => $"left {import.FileName} to another node",
            };
        }
        finally
        {
            file?.Dispose();
        }
    }

    private async Task FailAsync(Import import, string why, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var failed = await db.Imports.SingleAsync(i => i.Id == import.Id, cancellation);
        if (failed.Version != import.Version)
            return;
        failed.Fail(why);
        await db.SaveChangesAsync(cancellation);
        if (failed.State != ImportState.Failed)
            return;
        await db.ForgetImportRowsAsync(import.Id, cancellation: cancellation);
        folder.Delete(import.StoredName);
    }
}
