using Intranet.Data;
using Intranet.Data.Reports;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Reports;

/// <summary>A new subscription of the list that the address names, or one's own with its id. Others' are not found.</summary>
public sealed class SubscribeModel(IntranetDbContext db, IEnumerable<IListSource> lists, IAuthorizationService authorization, SiteAddress site, TimeProvider clock) : PageModel
{
    /// <summary>Subscriptions that somebody can have.</summary>
    private const int Most = 100;

    /// <summary>The path of the list; of a new one.</summary>
    [FromQuery(Name = "list")]
    public string? List { get; set; }

    /// <summary>Its filters, as the list's address has them; of a new one.</summary>
    [FromQuery(Name = "query")]
    public string? Query { get; set; }

    [BindProperty]
    public SubscriptionInput Input { get; set; } = new();

    public int? Id { get; private set; }

    /// <summary>The list in words, and where it is.</summary>
    public (string Words, string Url)? Chosen { get; private set; }

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken cancellation)
    {
        var found = id is null ? null : await FindAsync(id.Value, cancellation);
        if (await ChooseAsync(id, found, cancellation) is { } refused)
            return refused;
        if (Chosen is not { } chosen)
            return Refused();
        if (found is not null)
        {
            Input = SubscriptionInput.Of(found);
            return Page();
        }

        Input.Name = chosen.Words.Length <= 100 ? chosen.Words : chosen.Words[..99] + "…";
        Input.TimeZone = HttpContext.Zone().Id;
        Input.To = await EmailAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken cancellation)
    {
        var found = id is null ? null : await FindAsync(id.Value, cancellation);
        if (await ChooseAsync(id, found, cancellation) is { } refused)
            return refused;
        var me = User.Id()!.Value;
        if (found is null && await db.Subscriptions.CountAsync(s => s.OwnerId == me && s.DeletedAt == null, cancellation) >= Most)
            ModelState.AddModelError("", $"You have {Most} subscriptions. Delete one first.");
        if (found is not null && found.Version != Input.Version)
            ModelState.AddModelError("", "It has changed since this page was opened: somebody has unsubscribed, or it was saved elsewhere. Open it again to see how it is now.");
        foreach (var left in found?.Recipients.Where(recipient => recipient.LeftAt is not null && AddressList.Parse(Input.To).Contains(recipient.Address, StringComparer.OrdinalIgnoreCase)) ?? [])
            ModelState.AddModelError("Input.To", $"{left.Address} has unsubscribed from this list. Only they can come back, by the link in any mail of it.");
        var address = site.Of(Request);
        if (address.Length > SiteAddress.Longest)
            return BadRequest();
        if (Chosen is null || !ModelState.IsValid)
            return Refused();

        var now = clock.GetUtcNow().UtcDateTime;
        var subscription = found ?? new Subscription { Page = List!, Query = Query!, OwnerId = me, CreatedAt = now };
        (subscription.Name, subscription.Format, subscription.OnlyWhenChanged, subscription.Address) = (Input.Name!, Input.Format, Input.OnlyWhenChanged, address);
        subscription.Plan(Input.Schedule(), now);
        // Who stays keeps the link that earlier mails have.
        var to = AddressList.Parse(Input.To);
        subscription.Recipients.RemoveAll(recipient => recipient.LeftAt is null && !to.Contains(recipient.Address, StringComparer.OrdinalIgnoreCase));
        subscription.Recipients.AddRange(to.Where(one => !subscription.Recipients.Exists(recipient => recipient.Address.Equals(one, StringComparison.OrdinalIgnoreCase))).Select(one => new SubscriptionRecipient { Address = one }));
        if (found is null)
            db.Subscriptions.Add(subscription);
        else
            db.Entry(subscription).Property(s => s.Version).IsModified = true;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (found is not null)
                await db.Subscriptions.TakeAsync(found.Id, cancellation);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            ModelState.AddModelError("", "It was changed elsewhere while it was being saved. Open it again to see how it is now.");
            return Refused();
        }

        this.Toast(found is null ? "Subscribed." : "Saved.");
        return RedirectToPage("Index");
    }

    private Task<Subscription?> FindAsync(int id, CancellationToken cancellation)
    {
        var me = User.Id();
        return db.Subscriptions.Include(s => s.Recipients).FirstOrDefaultAsync(s => s.Id == id && s.OwnerId == me && s.DeletedAt == null, cancellation);
    }

    /// <summary>Which list it is: of a new one from the address, else as it was.</summary>
    private async Task<IActionResult?> ChooseAsync(int? id, Subscription? found, CancellationToken cancellation)
    {
        if (id is not null && found is null)
            return NotFound();
        Id = id;
        (List, Query) = found is null ? (List, Query ?? "") : (found.Page, found.Query);
        if (lists.FirstOrDefault(source => source.Page.Equals(List, StringComparison.OrdinalIgnoreCase)) is not { } list)
            return NotFound();
        if (found is null && !(await authorization.AuthorizeAsync(User, Access.Table[list.Page])).Succeeded)
            return Forbid();
        var asked = await list.AskAsync(Query, User, cancellation);
        // As it is kept: written anew it may be longer.
        if (Math.Max(Query.Length, asked.Query.Length) is var length && length > SavedList.LongestQuery)
        {
            ModelState.AddModelError("", $"The address of this list is too long to be kept: {length} characters, at most {SavedList.LongestQuery}.");
            return null;
        }

        if (found is null && asked.Problem is { } problem)
        {
            ModelState.AddModelError("", problem);
            return null;
        }

        if (found is null)
            (List, Query) = (list.Page, asked.Query);
        Chosen = (asked.InWords.Length == 0 ? list.Title : $"{list.Title}: {asked.InWords}", $"~{list.Page}{(Query.Length == 0 ? "" : $"?{Query}")}");
        return null;
    }

    private Task<string?> EmailAsync(CancellationToken cancellation)
    {
        var me = User.Id();
        return db.Users.Where(user => user.Id == me).Select(user => user.Email).FirstOrDefaultAsync(cancellation);
    }

    private PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
