using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>All values of a lead, and its call plan; stage and owner of a new one.</summary>
public sealed class EditModel(IntranetDbContext db, CreateLead create, ChangeLead change, SetCallPlan plan) : PageModel
{
    [BindProperty]
    public LeadInput Input { get; set; } = new();

    /// <summary>The zone as the form was given it; what else stands there somebody typed.</summary>
    [BindProperty(Name = "guessed")]
    public string? Guessed { get; set; }

    public int? Id { get; private set; }
    public string? Name { get; private set; }
    public required LeadViewer Viewer { get; set; }
    public IReadOnlyList<OwnerChoice> Owners { get; private set; } = [];

    /// <summary>Why the zone is what it is, while somebody types the city.</summary>
    public ZoneGuess Zone { get; private set; } = new(null, null, null);

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken cancellation)
    {
        Viewer = await User.LeadViewerAsync(db, cancellation);
        if (id is null)
        {
            Input.OwnerId = Viewer.UserId;
        }
        else
        {
            if (await FindAsync(id.Value, cancellation) is not { } lead)
                return NotFound();
            Input = LeadInput.Of(lead);
            Guessed = lead.TimeZone;
        }

        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken cancellation)
    {
        Viewer = await User.LeadViewerAsync(db, cancellation);
        if (id is not null && await FindAsync(id.Value, cancellation) is null)
            return NotFound();
        if (!ModelState.IsValid)
            return await ShowAsync(cancellation);
        return id is null ? await CreateAsync(cancellation) : await ChangeAsync(id.Value, cancellation);
    }

    /// <summary>The time zone of the city or address that is being typed, unless somebody has chosen one.</summary>
    public IActionResult OnGetZone([FromQuery(Name = "Input.City")] string? city, [FromQuery(Name = "Input.Address")] string? address, [FromQuery(Name = "Input.TimeZone")] string? zone, [FromQuery(Name = "Input.IsTimeZoneChosen")] bool stays, string? guessed)
    {
        var isChosen = !string.IsNullOrWhiteSpace(zone) && (stays || zone != guessed);
        var guess = GuessTimeZone.OfLead(city, address);
        return Partial("_Zone", isChosen || string.IsNullOrWhiteSpace(city + address) ? new ZoneGuess(zone, guessed, null, isChosen)
            // A place that says nothing takes nothing back.
            : !guess.IsKnown && !string.IsNullOrWhiteSpace(zone) ? new ZoneGuess(zone, guessed, guess.Why) : new ZoneGuess(guess.Zone, guess.Zone, guess.Why));
    }

    private async Task<IActionResult> CreateAsync(CancellationToken cancellation)
    {
        var lead = new Lead();
        Input.Fill(lead, Guessed);
        var result = await create.RunAsync(lead, Input.Stage, null, Input.OwnerId, Input.Plan, Viewer, cancellation);
        if (result.Refused is { } refused)
        {
            ModelState.AddModelError($"Input.{(refused.Field switch { "Owner" => nameof(LeadInput.OwnerId), "Reason" => nameof(LeadInput.Stage), var field => field })}", refused.Message);
            return await ShowAsync(cancellation);
        }

        this.Toast("Added.");
        return Redirect($"~/leads/{result.Lead!.Id}");
    }

    private async Task<IActionResult> ChangeAsync(int id, CancellationToken cancellation)
    {
        try
        {
            var changed = await change.RunAsync(id, lead => Input.Fill(lead, Guessed), Input.Version, Viewer, cancellation);
            if (changed.Refused is { } refused)
            {
                ModelState.AddModelError($"Input.{refused.Field}", refused.Message);
                return await ShowAsync(cancellation);
            }

            if (changed.Lead is null || (await plan.RunAsync(id, Input.Plan, changed.Lead.Version, Viewer, cancellation)).Lead is null)
                return NotFound();
        }
        catch (DbUpdateConcurrencyException)
        {
            if (await FindAsync(id, cancellation) is not { } now)
                return NotFound();
            this.ShowStored(nameof(Input), "this lead", Input, LeadInput.Of(now));
            return await ShowAsync(cancellation);
        }

        this.Toast("Saved.");
        return Redirect($"~/leads/{id}");
    }

    // Seen and not theirs to change is not found either: nothing on their pages leads here.
    private async Task<Lead?> FindAsync(int id, CancellationToken cancellation)
    {
        var lead = await db.Leads.AsNoTracking().Current().EditableBy(Viewer).FirstOrDefaultAsync(one => one.Id == id, cancellation);
        (Id, Name) = (lead?.Id, lead?.Name);
        return lead;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Zone = new ZoneGuess(Input.TimeZone, Guessed, null, Input.IsTimeZoneChosen);
        if (Id is null)
            Owners = await OwnerChoice.AllAsync(db, cancellation);
        return Page();
    }
}

/// <param name="Zone">What stands in the field.</param>
/// <param name="Guessed">What stood in it before anybody typed: the next guess replaces it and nothing that was chosen.</param>
/// <param name="Why">For who looks at it.</param>
/// <param name="IsChosen">It stays, whatever the place becomes.</param>
public sealed record ZoneGuess(string? Zone, string? Guessed, string? Why, bool IsChosen = false);
