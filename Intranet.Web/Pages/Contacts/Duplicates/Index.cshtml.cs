using System.Globalization;
using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <summary>One group of possible duplicates after the other, each held for one steward until decided or passed.</summary>
public sealed class IndexModel(IntranetDbContext db, ClaimGroup claim, DecidePairs decide, UndoDecision undo, ReadReview read, TimeProvider clock) : PageModel
{
    // What somebody settles between claiming and reading is claimed anew, without it.
    private const int Patience = 3;

    /// <summary>"later" for what was put off.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    /// <summary>Null when nothing is left.</summary>
    public ReviewView? View { get; private set; }

    public ReviewCounts Counts { get; private set; } = new(0, 0, 0);

    /// <summary>Why the decision wasn't taken.</summary>
    public string? Problem { get; private set; }

    public bool ShowsLater => Show == "later";

    public async Task<IActionResult> OnGetAsync(int? pair, int? after, int? before, CancellationToken cancellation)
    {
        await ShowAsync(new ClaimGroup.Place(Queue, pair, after, before), cancellation);
        if (pair is { } asked && View?.Pairs.Contains(asked) != true)
            Problem = "The pair that was asked for doesn't wait any more, or somebody else looks at it.";
        return Page();
    }

    public async Task<IActionResult> OnPostDecideAsync([Bind(Prefix = "Input")] ReviewInput input, CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return await RefuseAsync(ModelState.Values.SelectMany(entry => entry.Errors).First().ErrorMessage, input.PairIds(), cancellation);
        var (outcome, id) = await decide.RunAsync(input.State, new DecidePairs.Decision(input.PairIds(), input.Seen ?? "", input.People, input.Choices), Me, cancellation);
        switch (outcome)
        {
            case DecidePairs.Outcome.Changed:
                return await RefuseAsync("This changed while you looked at it, and nothing was decided. This is how it is now.", input.PairIds(), cancellation);
            case DecidePairs.Outcome.TooFew:
                return await RefuseAsync("Tick at least two people that belong together.", input.PairIds(), cancellation, input);
            case DecidePairs.Outcome.Separated:
                return await RefuseAsync("Two of these were said not to be the same. Untick one of them, or take that back first.", input.PairIds(), cancellation, input);
            case DecidePairs.Outcome.Unticked:
                return await RefuseAsync("A value was taken from somebody who isn't ticked, and nothing was decided. Marked now is what would show of those who are ticked.", input.PairIds(), cancellation, input);
        }

        this.Toast(input.State switch { PairState.Same => "Linked.", PairState.Different => "Not the same.", _ => "Put off for later." }, Url.Page("Index", "Undo", new { Show, decision = id }));
        return RedirectToPage("Index", null, new { Show, after = input.PairIds()[0] });
    }

    /// <summary>Takes back a decision of this steward: the named one, or the latest that still holds.</summary>
    public async Task<IActionResult> OnPostUndoAsync(Guid? decision, CancellationToken cancellation)
    {
        var pairs = ModelState.IsValid ? await undo.RunAsync(decision, Me.Name, cancellation) : [];
        this.Toast(pairs.Count > 0 ? "Taken back." : decision is null ? "There is no decision of yours to take back." : "That is taken back already.");
        if (pairs.Count == 0)
            return RedirectToPage("Index", new { Show });
        var first = pairs[0];
        // One that was made only to hold the decision is gone with it.
        var state = await db.DuplicatePairs.Where(p => p.Id == first).Select(p => (PairState?)p.State).FirstOrDefaultAsync(cancellation);
        return RedirectToPage("Index", new { Show = state == PairState.Later ? "later" : null, pair = state is null ? (int?)null : first });
    }

    /// <summary>Keeps the group while its steward still looks at it.</summary>
    public async Task<IActionResult> OnPostKeepAsync(CancellationToken cancellation)
    {
        await claim.RenewAsync(Me.Key, cancellation);
        return new NoContentResult();
    }

    private PairState Queue => ShowsLater ? PairState.Later : PairState.Open;

    private Reviewer Me => new(User.Id()?.ToString(CultureInfo.InvariantCulture) ?? "", User.Identity?.Name ?? "");

    /// <param name="problem">Why nothing was decided.</param>
    /// <param name="pairs">Of the group that was sent.</param>
    /// <param name="cancellation">Stops between queries.</param>
    /// <param name="sent">What stays ticked and taken; else the fields show what is.</param>
    private async Task<IActionResult> RefuseAsync(string problem, IReadOnlyList<int> pairs, CancellationToken cancellation, ReviewInput? sent = null)
    {
        ModelState.Clear();
        Problem = problem;
        await ShowAsync(new ClaimGroup.Place(Queue, pairs.Count > 0 ? pairs[0] : null), cancellation, sent);
        // What shows then is another group: what was wrong with that one says nothing of this.
        if (pairs.Count > 0 && View?.Pairs.Intersect(pairs).Any() != true)
        {
            var first = pairs[0];
            var waits = await db.DuplicatePairs.Standing().AnyAsync(p => p.Id == first && (p.State == PairState.Open || p.State == PairState.Later), cancellation);
            Problem = (waits ? "Somebody else looks at those by now." : "That was decided meanwhile.") + (View is null ? "" : " This is the next one.");
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task ShowAsync(ClaimGroup.Place place, CancellationToken cancellation, ReviewInput? sent = null)
    {
        db.ChangeTracker.Clear();
        for (var tried = 0; tried < Patience && View is null; tried++)
        {
            var group = await claim.RunAsync(Me.Key, place, cancellation);
            if (group.Count == 0)
                break;
            View = await read.RunAsync(group, sent, cancellation);
        }

        var (threshold, name) = (await db.ReviewThresholdAsync(cancellation), Me.Name);
        var now = clock.GetUtcNow().UtcDateTime;
        var today = now - HttpContext.ToUserTime(now).TimeOfDay;
        Counts = new ReviewCounts(
            await db.DuplicatePairs.CountAsync(p => (p.State == PairState.Same || p.State == PairState.Different) && p.DecidedBy == name && p.DecidedAt >= today, cancellation),
            await db.DuplicatePairs.Waiting(PairState.Open, threshold).CountAsync(cancellation),
            await db.DuplicatePairs.Waiting(PairState.Later, threshold).CountAsync(cancellation));
    }
}
