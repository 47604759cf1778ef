using System.Globalization;
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
    /// <summary>What the link of a recipient is, without its key.</summary>
    internal static string Address(string beginning, int recipient) => string.Create(CultureInfo.InvariantCulture, $"{beginning}{Path}/{recipient}");

    /// <summary>Where it is, below the start page.</summary>
    internal const string Path = "/reports/unsubscribe";

    /// <summary>Whom the link takes off, and of what; null when its owner did or it is no more.</summary>
    public UnsubscribeRow? Recipient { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, string? key, CancellationToken cancellation)
    {
        if (!links.IsKeyOf(id, key))
            return NotFound();
        await ShowAsync(id, cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, [FromQuery] string? key, CancellationToken cancellation)
    {
        if (!links.IsKeyOf(id, key))
            return NotFound();
        await unsubscribe.RunAsync(id, leaves: true, cancellation);
        await ShowAsync(id, cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostReturnAsync(int id, [FromQuery] string? key, CancellationToken cancellation)
    {
        if (!links.IsKeyOf(id, key))
            return NotFound();
        await unsubscribe.RunAsync(id, leaves: false, cancellation);
        this.Toast("You get these mails again.");
        return RedirectToPage("Unsubscribe", new { id, key });
    }

    private async Task ShowAsync(int id, CancellationToken cancellation)
        => Recipient = await db.SubscriptionRecipients.Where(r => r.Id == id && r.Subscription!.DeletedAt == null)
            .Select(r => new UnsubscribeRow(r.Address, r.Subscription!.Name, r.LeftAt != null)).FirstOrDefaultAsync(cancellation);
}

public sealed record UnsubscribeRow(string Address, string Name, bool HasLeft);
