using System.Globalization;
using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads.Due;

/// <summary>Whom to call now: one lead after the other leaves the queue as its call is written down.</summary>
public sealed class IndexModel(IntranetDbContext db, LogInteraction log, CorrectInteraction correct, FigureCache figures, TimeProvider clock) : PageModel
{
    private const int Shown = 25;

    /// <summary>Whose queue: an id, or "all"; sales leads choose, everybody else has their own.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Owner { get; set; }

    /// <summary>The place in the queue after which the page begins.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public LeadViewer Viewer { get; private set; } = new(0, false, false, false);
    public IReadOnlyList<SelectListItem> Owners { get; private set; } = [];
    public IReadOnlyList<DueState> Rows { get; private set; } = [];
    public ILookup<int, PocPerson> Pocs { get; private set; } = Array.Empty<PocPerson>().ToLookup(poc => poc.LeadId);

    /// <summary>How many are due, by the parts of the queue, as far as <see cref="DueQueries.Most"/> reaches.</summary>
    public IReadOnlyDictionary<DueGroup, int> Groups { get; private set; } = new Dictionary<DueGroup, int>();
    public int Waiting { get; private set; }
    public int Done { get; private set; }

    /// <summary>Whether there are rows before the first one shown.</summary>
    public bool IsLater => DuePlace.Parse(After) is not null;
    public DuePlace? Next { get; private set; }

    /// <summary>The lead whose form was refused, and what was typed into it.</summary>
    public int? Failed { get; private set; }
    public InteractionInput Input { get; private set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        await ShowAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostLogAsync(int id, [Bind(Prefix = nameof(Input))] InteractionInput input, CancellationToken cancellation)
    {
        Viewer = await User.LeadViewerAsync(db, cancellation);
        if (await db.Leads.Current().EditableBy(Viewer).Where(lead => lead.Id == id).Select(lead => lead.Currency).FirstOrDefaultAsync(cancellation) is not { } currency)
            return NotFound();
        var refused = input.Read(currency, HttpContext.Zone(), out var values);
        if (refused is null && ModelState.IsValid)
        {
            var result = await log.RunAsync(id, values, Viewer, cancellation);
            if (result.Interaction is { } logged)
                return await LoggedAsync(logged, cancellation);
            refused = result.Refused;
        }

        if (refused is not null)
            ModelState.AddModelError($"{nameof(Input)}.{refused.Field}", refused.Message);
        (Failed, Input) = (id, input);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await ShowAsync(cancellation);
        return Page();
    }

    /// <summary>Takes back what was logged by mistake: a correction, so that nothing disappears.</summary>
    public async Task<IActionResult> OnPostUndoAsync(int id, CancellationToken cancellation)
    {
        Viewer = await User.LeadViewerAsync(db, cancellation);
        var result = await correct.RunAsync(id, new InteractionValues(InteractionKind.Note, Details: "Taken back: it was logged by mistake."), null, Viewer, cancellation);
        if (result is { Interaction: null, Refused: null })
            return NotFound();
        this.Toast(result.Refused is null ? "Taken back: the lead is due as before." : "That was corrected already.");
        return RedirectToPage("Index", null, new { Owner, After }, result.Interaction is { } note ? $"lead-{note.LeadId}" : null);
    }

    private async Task<IActionResult> LoggedAsync(Interaction logged, CancellationToken cancellation)
    {
        var lead = await db.Leads.Where(lead => lead.Id == logged.LeadId).Select(lead => new { lead.Name, lead.NextDueOn, lead.TimeZone }).FirstAsync(cancellation);
        var today = LocalDay.Of(clock.GetUtcNow().UtcDateTime, LocalDay.Zone(lead.TimeZone));
        var next = lead.NextDueOn is not { } day ? "Not in the plan any more." : day <= today ? "It is still due." : $"Next due {InteractionWords.Day(day, today)}.";
        this.Toast($"{lead.Name}: {InteractionWords.Of(logged.Kind, logged.Outcome).ToLower(CultureInfo.CurrentCulture)}. {next}", Url.Page("Index", "Undo", new { logged.Id, Owner, After }));
        return RedirectToPage("Index", null, new { Owner, After });
    }

    private Task<int> DoneAsync(int? author, IQueryable<Lead> leads, DateTime midnight, DateTime now, CancellationToken cancellation)
        => db.Interactions.WorkedOnAsync(author, midnight, leads.Where(lead => lead.DueAt == null || lead.DueAt > now), cancellation);

    // A thousand leads to put in order, and thousands of calls: read again as soon as a call is written down or anybody
    // changes anything, and after a minute for what time changes. Who is shown is read each time.
    private async Task<TeamDay> TeamDayAsync(IQueryable<Lead> leads, DateTime midnight, DateTime now, CancellationToken cancellation)
    {
        var (interactions, _) = await db.NewestAsync(cancellation);
        var changes = await db.AuditEntries.MaxAsync(entry => (int?)entry.Id, cancellation);
        var (day, _) = await figures.GetAsync(("the team's day", midnight), HashCode.Combine(interactions, changes), async () => new TeamDay(
            await leads.DueQueueAsync(now, CancellationToken.None),
            await DoneAsync(null, db.Leads, midnight, now, CancellationToken.None)));
        return day;
    }

    private sealed record TeamDay(List<DuePlace> Queue, int Done);

    private async Task ShowAsync(CancellationToken cancellation)
    {
        Viewer = Viewer.UserId > 0 ? Viewer : await User.LeadViewerAsync(db, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var owner = !Viewer.IsSalesLead ? Viewer.UserId : int.TryParse(Owner, CultureInfo.InvariantCulture, out var chosen) ? chosen : (int?)null;
        var leads = owner is null ? db.Leads.EditableBy(Viewer) : db.Leads.EditableBy(Viewer).Where(lead => lead.OwnerId == owner);
        // The day is that of who works: their own count begins at their midnight.
        var midnight = LocalDay.Start(HttpContext.Today(), HttpContext.Zone());
        var team = owner is null ? await TeamDayAsync(leads, midnight, now, cancellation) : null;
        var queue = team?.Queue ?? await leads.DueQueueAsync(now, cancellation);
        Waiting = queue.Count < DueQueries.Most ? queue.Count : owner is null ? await db.DueTotals.DueCountAsync(now, cancellation) : await leads.Due(now).CountAsync(cancellation);
        Groups = queue.CountBy(place => place.Group).ToDictionary();
        var rest = DuePlace.Parse(After) is { } after ? queue.FindAll(place => place > after) : queue;
        Rows = await leads.DueStatesAsync(rest.Take(Shown), now, cancellation);
        Next = rest.Count > Shown ? rest[Shown - 1] : null;
        Pocs = await db.PocPeopleAsync([.. Rows.Select(row => row.Lead.Id)], cancellation: cancellation);
        Done = team?.Done ?? await DoneAsync(owner, leads, midnight, now, cancellation);
        if (Viewer.IsSalesLead)
            Owners = [.. (await OwnerChoice.WithAsync(owner, db, Viewer, cancellation)).Select(choice => new SelectListItem(choice.Name, $"{choice.Id}", choice.Id == owner))];
    }
}
