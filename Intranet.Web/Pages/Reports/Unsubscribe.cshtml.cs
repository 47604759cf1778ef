using Intranet.Data;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Reports;

/// <summary>
/// For who gets a subscription, signed in or not: the key in the link says that it was mailed to them. Opening it changes
/// nothing, because mail programs open links by themselves. Posting does, also without a form: mail programs have a button of
/// their own (RFC 8058), which sends neither a cookie nor an antiforgery token, and nobody else can know the key.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class UnsubscribeModel(IntranetDbContext db, UnsubscribeLinks links, Unsubscribe unsubscribe) : PageModel
{
    /// <summary>Whom the link takes off, and of what; null when they are off already.</summary>
    public (string Address, string Name)? Recipient { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, string? key, CancellationToken cancellation)
    {
        if (!links.IsKeyOf(id, key))
            return NotFound();
        if (await db.SubscriptionRecipients.Where(r => r.Id == id).Select(r => new { r.Address, r.Subscription!.Name }).FirstOrDefaultAsync(cancellation) is { } recipient)
            Recipient = (recipient.Address, recipient.Name);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, [FromQuery] string? key, CancellationToken cancellation)
    {
        if (!links.IsKeyOf(id, key))
            return NotFound();
        await unsubscribe.RunAsync(id, cancellation);
        return Page();
    }
}
