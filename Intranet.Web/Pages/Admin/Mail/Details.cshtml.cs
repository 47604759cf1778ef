using Intranet.Data;
using Intranet.Data.Mail;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Admin.Mail;

/// <summary>One message: what it says, what became of it, and another try.</summary>
public sealed class DetailsModel(IntranetDbContext db, MailSettings settings, JobSignal jobs, TimeProvider clock) : PageModel
{
    public OutboxMessage Message { get; private set; } = null!;
    public IReadOnlyList<AttachmentRow> Attachments { get; private set; } = [];

    /// <summary>The state will change soon by itself, so the page keeps looking.</summary>
    public bool IsMoving => Message.State == OutboxState.Sending || (Message.State == OutboxState.Waiting && Message.DueAt <= Now.AddSeconds(10));

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation)
        => await ShowAsync(id, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnGetAttachmentAsync(int id, int attachment, CancellationToken cancellation)
    {
        var file = await db.OutboxAttachments.Where(a => a.Id == attachment && a.DroppedAt == null && a.Messages.Any(m => m.Id == id)).Select(a => new { a.Content, a.FileName }).SingleOrDefaultAsync(cancellation);
        // Not its own type: a browser must never show what came from elsewhere as a page of ours.
        return file is null ? NotFound() : File(file.Content, "application/octet-stream", file.FileName);
    }

    public async Task<IActionResult> OnGetEmlAsync(int id, CancellationToken cancellation)
    {
        var message = await db.OutboxMessages.AsNoTracking().Include(m => m.Attachments).SingleOrDefaultAsync(m => m.Id == id, cancellation);
        if (message is null)
            return NotFound();
        try
        {
            return File(await MailComposition.EmlAsync(message, settings, links: null, cancellation), "message/rfc822", MailFolder.FileName(message));
        }
        catch (FormatException failure)
        {
            return await RefusedAsync(id, failure.Message, cancellation);
        }
    }

    public Task<IActionResult> OnPostResendAsync(int id, CancellationToken cancellation)
        => ChangeAsync(id, "resent", message =>
        {
            if (!message.CanResend)
                return "The message is being sent right now.";
            message.Resend(Now);
            return null;
        }, "The message will be sent at once.", cancellation);

    public Task<IActionResult> OnPostCancelAsync(int id, CancellationToken cancellation)
        => ChangeAsync(id, "cancelled", message =>
        {
            if (!message.CanCancel)
                return message.State == OutboxState.Cancelled ? "The message is cancelled already." : "The message has left: only a waiting or failed message can be cancelled.";
            message.Cancel();
            return null;
        }, "The message is cancelled.", cancellation);

    private async Task<IActionResult> ChangeAsync(int id, string action, Func<OutboxMessage, string?> change, string done, CancellationToken cancellation)
    {
        var message = await db.OutboxMessages.SingleOrDefaultAsync(m => m.Id == id, cancellation);
        if (message is null)
            return NotFound();
        var before = message.State;
        if (action == "resent" && await db.OutboxAttachments.AnyAsync(a => a.DroppedAt != null && a.Messages.Any(m => m.Id == id), cancellation))
            return await RefusedAsync(id, OutboxAttachment.Dropped, cancellation);
        if (change(message) is { } refused)
            return await RefusedAsync(id, refused, cancellation);
        db.Audit(action, nameof(OutboxMessage), id, $"{before} → {message.State}: {message.Subject}");
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return await RefusedAsync(id, "The message was taken by the sender just now. Look at its state and try again.", cancellation);
        }

        await jobs.WakeAsync<SendMailJob>(CancellationToken.None);
        this.Toast(done);
        return RedirectToPage(new { id });
    }

    private async Task<IActionResult> RefusedAsync(int id, string reason, CancellationToken cancellation)
    {
        ModelState.AddModelError("", reason);
        await ShowAsync(id, cancellation);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> ShowAsync(int id, CancellationToken cancellation)
    {
        if (await db.OutboxMessages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancellation) is not { } message)
            return false;
        Message = message;
        Attachments = await db.OutboxAttachments.Where(a => a.Messages.Any(m => m.Id == id)).OrderBy(a => a.Id)
            .Select(a => new AttachmentRow(a.Id, a.FileName, a.ContentType, a.Content.Length, a.DroppedAt)).ToListAsync(cancellation);
        return true;
    }
}

public sealed record AttachmentRow(int Id, string FileName, string ContentType, int Bytes, DateTime? DroppedAt);
