using Intranet.Data;
using Intranet.Data.Reports;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Reports;

/// <summary>The subscriptions of who looks. Those of others are not found, whoever looks.</summary>
public sealed class IndexModel(IntranetDbContext db, IEnumerable<IListSource> lists, JobSignal signal, TimeProvider clock) : PageModel
{
    /// <summary>Lists that somebody can have sent within <see cref="Subscription.AskPause"/>.</summary>
    private const int MostAsked = 10;

    public IReadOnlyList<SubscriptionRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var me = User.Id();
        var all = await db.Subscriptions.AsNoTracking().Include(s => s.Recipients).Where(s => s.OwnerId == me && s.DeletedAt == null).OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(cancellation);
        var rows = new List<SubscriptionRow>();
        foreach (var subscription in all)
        {
            var list = lists.FirstOrDefault(source => source.Page == subscription.Page);
            var words = list is null ? "" : (await list.AskAsync(subscription.Query, User, cancellation)).InWords;
            rows.Add(new SubscriptionRow(subscription, list is null ? subscription.Page : words.Length == 0 ? list.Title : $"{list.Title}: {words}"));
        }

        Rows = rows;
    }

    public Task<IActionResult> OnPostPauseAsync(int id, CancellationToken cancellation)
        => ChangeAsync(id, (subscription, _) => { subscription.Pause(null); return "Paused."; }, cancellation);

    public Task<IActionResult> OnPostResumeAsync(int id, CancellationToken cancellation)
        => ChangeAsync(id, (subscription, now) =>
        {
            if (!subscription.Readers().Any())
                return "Nobody gets it. Edit it and say who does.";
            subscription.Resume(now);
            return "It is sent again.";
        }, cancellation);

    public async Task<IActionResult> OnPostSendAsync(int id, CancellationToken cancellation)
    {
        var (me, since) = (User.Id(), clock.GetUtcNow().UtcDateTime - Subscription.AskPause);
        var isTooMuch = await db.Subscriptions.CountAsync(s => s.OwnerId == me && s.Id != id && s.AskedAt > since, cancellation) >= MostAsked;
        var answer = await ChangeAsync(
            id, (subscription, now) => isTooMuch ? $"You have sent {MostAsked} lists just now. Wait a few minutes." : subscription.AskFor(now) ?? "It is sent within a minute.", cancellation);
        await signal.WakeAsync<SendSubscriptionsJob>(cancellation);
        return answer;
    }

    public Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancellation)
        => ChangeAsync(id, (subscription, now) => { subscription.Delete(now); return "Deleted."; }, cancellation, Url.Page("Index", "Restore", new { id }));

    public Task<IActionResult> OnPostRestoreAsync(int id, CancellationToken cancellation)
        => ChangeAsync(id, (subscription, now) => { subscription.Restore(now); return "It is back."; }, cancellation, isDeleted: true);

    private async Task<IActionResult> ChangeAsync(int id, Func<Subscription, DateTime, string> change, CancellationToken cancellation, string? undo = null, bool isDeleted = false)
    {
        var me = User.Id();
        if (await db.Subscriptions.Include(s => s.Recipients).FirstOrDefaultAsync(s => s.Id == id && s.OwnerId == me && (s.DeletedAt != null) == isDeleted, cancellation) is not { } subscription)
            return NotFound();
        var done = change(subscription, clock.GetUtcNow().UtcDateTime);
        try
        {
            await db.SaveChangesAsync(cancellation);
            this.Toast(done, undo);
        }
        catch (DbUpdateConcurrencyException)
        {
            this.Toast("It was changed elsewhere just now. Please look again.");
        }

        return RedirectToPage("Index");
    }
}

/// <param name="List">The list in words.</param>
public sealed record SubscriptionRow(Subscription Subscription, string List)
{
    public string Url => $"~{Subscription.Page}{(Subscription.Query.Length == 0 ? "" : $"?{Subscription.Query}")}";

    public IEnumerable<string> To => Subscription.Readers().OrderBy(recipient => recipient.Id).Take(3).Select(recipient => recipient.Address).DefaultIfEmpty("nobody");

    public int MoreRecipients => Math.Max(0, Subscription.Readers().Count() - 3);

    public string Format => Subscription.Format switch { SubscriptionFormat.Workbook => "workbook", SubscriptionFormat.Csv => "CSV", _ => "in the mail" };
}
