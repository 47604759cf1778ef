using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>One KAM's leads go to others: who gets how many is shown before, and what moved afterwards.</summary>
public sealed class HandOverModel(IntranetDbContext db, ReassignLeads reassign, TakeBackReassignment giveBack) : PageModel
{
    [BindProperty]
    public HandOverInput Input { get; set; } = new();

    /// <summary>Everybody who has leads, with how many; also those who may not own any more.</summary>
    public IReadOnlyList<Portfolio> Portfolios { get; private set; } = [];
    public IReadOnlyList<OwnerChoice> Owners { get; private set; } = [];
    public IReadOnlyList<(Stage Stage, int Leads)> Stages { get; private set; } = [];

    /// <summary>Who would get how many; null before it was asked for.</summary>
    public IReadOnlyList<(string Owner, int Leads, string? Cities)>? Preview { get; private set; }

    /// <summary>Who got how many, after a hand-over.</summary>
    public IReadOnlyList<Portfolio>? Done { get; private set; }
    public string? DoneFrom { get; private set; }
    public int Total => Stages.Sum(stage => stage.Leads);

    /// <param name="from">Whose leads.</param>
    /// <param name="at">The instant of a hand-over that was just made, in ticks: shows what it moved.</param>
    public async Task<IActionResult> OnGetAsync(int? from, long? at, CancellationToken cancellation)
    {
        Input.From = from;
        if (from is not null && Instant.Of(at) is { } instant)
        {
            Done = await db.OwnershipPeriods.Where(old => old.OwnerId == from && old.To == instant)
                .Join(db.OwnershipPeriods.Where(next => next.From == instant && next.OwnerId != from), old => old.LeadId, next => next.LeadId, (old, next) => next)
                .GroupBy(next => new { next.OwnerId, next.Owner!.DisplayName }).Select(group => new Portfolio(group.Key.OwnerId, group.Key.DisplayName, group.Count()))
                .ToListAsync(cancellation);
            DoneFrom = await db.Users.Where(user => user.Id == from).Select(user => user.DisplayName).FirstOrDefaultAsync(cancellation);
            if (Done.Count == 0)
                return NotFound();
        }

        return await ShowAsync(cancellation);
    }

    /// <summary>Who would get how many; changes nothing.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return await ShowAsync(cancellation);
        var result = await reassign.TryAsync(Asked(), await User.LeadViewerAsync(db, cancellation), cancellation);
        if (result.Refused is { } refused)
            return await RefusedAsync(refused, cancellation);
        await ShowAsync(cancellation);
        var names = Owners.ToDictionary(owner => owner.Id, owner => owner.Name);
        if (!Input.ByCity)
        {
            Preview = [.. SplitLeads.Evenly(Total, [.. Input.To.Distinct()]).Select(one => (names[one.Key], one.Value, (string?)null))];
            return Page();
        }

        var cities = await db.Leads.Current().Where(lead => lead.OwnerId == Input.From).GroupBy(lead => lead.City).Select(group => new { City = group.Key, Count = group.Count() }).ToListAsync(cancellation);
        var split = SplitLeads.ByCity(cities.Select(city => (city.City, city.Count)), [.. Input.To.Distinct()]);
        Preview = [.. Input.To.Distinct().Select(owner =>
        {
            var theirs = cities.Where(city => split[SplitLeads.Key(city.City)] == owner).OrderByDescending(city => city.Count).ToList();
            return (names[owner], theirs.Sum(city => city.Count), (string?)InWords([.. theirs.Select(city => city.City.Length == 0 ? "no city" : city.City)]));
        })];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return await ShowAsync(cancellation);
        var viewer = await User.LeadViewerAsync(db, cancellation);
        var result = await reassign.RunAsync(Asked(), viewer, cancellation);
        if (result.Refused is { } refused)
            return await RefusedAsync(refused, cancellation);
        if (result.Moved.Count == 0)
            return await RefusedAsync(new Refusal(nameof(Input.From), "There are no leads to hand over."), cancellation);
        var at = Instant.ToText(result.At);
        this.Toast($"{LeadWords.Count(result.Moved.Count)} handed over.", Url.Page("HandOver", "GiveBack", new { from = Input.From, at }));
        return RedirectToPage("HandOver", new { from = Input.From, at });
    }

    /// <summary>Undoes a hand-over: the leads go back, but for those that went on meanwhile.</summary>
    /// <param name="from">Whose leads they were.</param>
    /// <param name="at">When, in ticks.</param>
    public async Task<IActionResult> OnPostGiveBackAsync(int from, long at, CancellationToken cancellation)
    {
        ModelState.Clear();
        if (Instant.Of(at) is not { } instant)
            return NotFound();
        var result = await giveBack.RunAsync(null, instant, await User.LeadViewerAsync(db, cancellation), cancellation);
        if (result is { Back: 0, Stayed: 0 })
            return NotFound();
        this.Toast(LeadWords.TakenBack(result.Back, result.Stayed));
        return RedirectToPage("HandOver", new { from });
    }

    private ReassignLeads.Request Asked() => new(null, Input.From, [.. Input.To.Distinct()], Input.Note, Input.FirstCallOn, Input.ByCity);

    private static string InWords(IReadOnlyList<string> cities)
        => cities.Count <= 6 ? string.Join(", ", cities) : $"{string.Join(", ", cities.Take(5))} and {cities.Count - 5} more";

    private Task<IActionResult> RefusedAsync(Refusal refused, CancellationToken cancellation)
    {
        ModelState.AddModelError(refused.Field.Length == 0 ? "" : $"Input.{refused.Field}", refused.Message);
        return ShowAsync(cancellation);
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        Owners = await OwnerChoice.AllAsync(db, cancellation);
        var counts = await db.Leads.Current().Where(lead => lead.OwnerId != null).GroupBy(lead => lead.OwnerId!.Value).Select(group => new { Owner = group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Owner, group => group.Count, cancellation);
        var ids = counts.Keys.ToArray();
        Portfolios = (await db.Users.Where(user => ids.Contains(user.Id)).OrderBy(user => user.DisplayName).Select(user => new { user.Id, user.DisplayName }).ToListAsync(cancellation))
            .ConvertAll(user => new Portfolio(user.Id, user.DisplayName, counts[user.Id]));
        if (Input.From is { } from)
        {
            var stages = await db.Leads.Current().Where(lead => lead.OwnerId == from).GroupBy(lead => lead.Stage).Select(group => new { Stage = group.Key, Count = group.Count() }).ToListAsync(cancellation);
            Stages = [.. stages.OrderBy(stage => stage.Stage).Select(stage => (stage.Stage, stage.Count))];
        }

        return Page();
    }
}

/// <summary>How many leads somebody has, or got.</summary>
public sealed record Portfolio(int Id, string Name, int Leads);
