using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory.Titles;

/// <summary>How imported titles become standard ones: those no rule knows, and the rules. Nothing is mapped without a person.</summary>
public sealed class IndexModel(IntranetDbContext db, EditTitleRules edit, TimeProvider clock) : PageModel
{
    private const int PageSize = 25;

    [BindProperty(SupportsGet = true, Name = "q"), StringLength(200, ErrorMessage = "Use at most 200 characters.")]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true), Range(1, 1_000_000, ErrorMessage = "Pages are counted from 1.")]
    public int PageNumber { get; set; } = 1;

    [BindProperty(SupportsGet = true), Range(1, 1_000_000, ErrorMessage = "Pages are counted from 1.")]
    public int RulesPage { get; set; } = 1;

    /// <summary>The rule that the form changes; none adds one.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Edit { get; set; }

    /// <summary>Bound by the handlers that save, not by those that map.</summary>
    public TitleRuleInput Input { get; set; } = new();

    public IReadOnlyList<StandardTitle> Titles { get; private set; } = [];
    public IReadOnlyList<UnmappedTitle> Unmapped { get; private set; } = [];
    public int UnmappedTotal { get; private set; }
    public int UnmappedPeople { get; private set; }
    public IReadOnlyList<TitleRuleRow> Rules { get; private set; } = [];
    public int RulesTotal { get; private set; }

    /// <summary>How many people a rule that is only tried would change.</summary>
    public int? Tried { get; private set; }

    /// <summary>Filter and pages, for forms that come back to them.</summary>
    public Dictionary<string, string?> Here => Route(PageNumber, RulesPage);

    public Pager UnmappedPager => new(PageNumber, PageSize, UnmappedTotal, number => Url.Page("Index", Route(number, RulesPage))!, "#unmapped");
    public Pager RulesPager => new(RulesPage, PageSize, RulesTotal, number => Url.Page("Index", Route(PageNumber, number))!, "#rules");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return await InvalidAsync(cancellation);
        if (Edit is { } id)
        {
            if (await db.TitleMappings.AsNoTracking().FirstOrDefaultAsync(rule => rule.Id == id, cancellation) is not { } rule)
                return NotFound();
            Input = new TitleRuleInput { Original = rule.Original, TitleId = rule.TitleId, Position = rule.IsPattern ? rule.Position : null };
        }

        await ShowAsync(cancellation);
        return Page();
    }

    /// <summary>Accepts what is chosen for one of the titles, or (without a row) for all of them.</summary>
    public async Task<IActionResult> OnPostMapAsync([Bind(Prefix = "Choices")] List<TitleChoice> choices, int? row, CancellationToken cancellation)
    {
        var chosen = (row is { } one ? choices.Skip(one).Take(1) : choices)
            .Where(choice => !string.IsNullOrWhiteSpace(choice.Original) && choice.TitleId is not null).ToList();
        await LoadTitlesAsync(cancellation);
        if (chosen.Exists(choice => !Titles.Any(title => title.Id == choice.TitleId)))
            ModelState.AddModelError("", "One of the standard titles doesn't exist any more. Choose again.");
        else if (chosen.Count == 0)
            ModelState.AddModelError("", "Choose a standard title first.");
        if (!ModelState.IsValid)
            return await InvalidAsync(cancellation);

        var rules = new List<TitleMapping>();
        var people = await edit.RunAsync(async () =>
        {
            foreach (var choice in chosen)
                rules.Add(await PutAsync(choice.Original!, choice.TitleId!.Value, null, cancellation));
        }, cancellation: cancellation);
        this.Toast(rules is [var rule] ? $"{rule.Original} is {Name(rule.TitleId)} now. {Changed(people)}" : $"{rules.Count} titles are mapped now. {Changed(people)}",
            rules.Count == 1 ? Url.Page("Index", "Remove", new { id = rules[0].Id }) : null);
        return RedirectToPage("Index", null, Here);
    }

    public async Task<IActionResult> OnPostSaveAsync([Bind(Prefix = "Input")] TitleRuleInput input, CancellationToken cancellation)
    {
        Input = input;
        if (await CheckAsync(cancellation) is { } refused)
            return refused;
        try
        {
            var people = await edit.RunAsync(() => SaveAsync(cancellation), cancellation: cancellation);
            this.Toast($"Saved. {Changed(people)}");
            return RedirectToPage("Index", null, Here);
        }
        catch (DbUpdateException failure) when (db.IsUniqueViolation(failure))
        {
            db.ChangeTracker.Clear();
            ModelState.AddModelError("Input.Original", "Somebody has just added a rule for this. Change that one instead.");
            return await InvalidAsync(cancellation);
        }
    }

    /// <summary>Says what saving would change, and saves nothing.</summary>
    public async Task<IActionResult> OnPostTryAsync([Bind(Prefix = "Input")] TitleRuleInput input, CancellationToken cancellation)
    {
        Input = input;
        if (await CheckAsync(cancellation) is { } refused)
            return refused;
        Tried = await edit.RunAsync(() => SaveAsync(cancellation), tryOnly: true, cancellation);
        await ShowAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(int id, CancellationToken cancellation)
    {
        TitleMapping? rule = null;
        var people = await edit.RunAsync(async () =>
        {
            rule = await db.TitleMappings.FirstOrDefaultAsync(r => r.Id == id, cancellation);
            if (rule is not null)
                db.TitleMappings.Remove(rule);
        }, cancellation: cancellation);
        // Removed twice (a double click, two stewards) is removed.
        this.Toast($"Removed. {Changed(people)}", rule is null ? null : Url.Page("Index", "Restore", new { original = rule.Original, titleId = rule.TitleId, position = rule.Position }));
        return RedirectToPage("Index", null, Here);
    }

    /// <summary>Undoes a removal.</summary>
    public async Task<IActionResult> OnPostRestoreAsync([Required, StringLength(200)] string original, int titleId, int position, CancellationToken cancellation)
    {
        if (!ModelState.IsValid || !await db.Titles.AnyAsync(title => title.Id == titleId, cancellation))
            return NotFound();
        var people = await edit.RunAsync(() => PutAsync(original, titleId, position, cancellation), cancellation: cancellation);
        this.Toast($"Restored. {Changed(people)}");
        return RedirectToPage("Index");
    }

    private async Task<IActionResult?> CheckAsync(CancellationToken cancellation)
    {
        if (Edit is { } id && !await db.TitleMappings.AnyAsync(rule => rule.Id == id, cancellation))
            return NotFound();
        await LoadTitlesAsync(cancellation);
        if (Input.TitleId is not null && !Titles.Any(title => title.Id == Input.TitleId))
            ModelState.AddModelError("Input.TitleId", "Choose a standard title.");
        var key = TextKey.Fold(Input.Original ?? "");
        if (await db.TitleMappings.AnyAsync(rule => rule.OriginalKey == key && rule.Id != Edit, cancellation))
            ModelState.AddModelError("Input.Original", "There is a rule for this already. Change that one instead.");
        return ModelState.IsValid ? null : await InvalidAsync(cancellation);
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        if (Edit is not { } id)
        {
            await PutAsync(Input.Original!, Input.TitleId!.Value, Input.Position, cancellation);
            return;
        }

        // Removed by somebody else since it was checked: then it is added again.
        var rule = await db.TitleMappings.FirstOrDefaultAsync(r => r.Id == id, cancellation) ?? db.TitleMappings.Add(new TitleMapping()).Entity;
        (rule.Original, rule.TitleId, rule.Position) = (Input.Original!, Input.TitleId!.Value, Input.Position ?? rule.Position);
    }

    // The same title mapped by two stewards at once is one rule; the last word counts.
    private async Task<TitleMapping> PutAsync(string original, int titleId, int? position, CancellationToken cancellation)
    {
        var key = TextKey.Fold(original);
        var rule = await db.TitleMappings.FirstOrDefaultAsync(r => r.OriginalKey == key, cancellation)
            ?? db.TitleMappings.Add(new TitleMapping { Original = original, Position = position ?? (await db.TitleMappings.MaxAsync(r => (int?)r.Position, cancellation) ?? 0) + 1 }).Entity;
        rule.TitleId = titleId;
        return rule;
    }

    private async Task ShowAsync(CancellationToken cancellation)
    {
        await LoadTitlesAsync(cancellation);
        var rules = await db.TitleRulesAsync(cancellation);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var originals = await db.Employees.Current(today).Where(e => e.TitleId == null && e.OriginalTitle != "")
            .GroupBy(e => IntranetDbContext.AsTyped(e.OriginalTitle)).Select(group => new { Original = group.Key, People = group.Count() }).ToListAsync(cancellation);
        // Somebody whose title was cleared by hand has none although a rule knows it; that was a decision.
        var unmapped = originals.Where(title => rules.Map(title.Original) is null).GroupBy(title => TextKey.Fold(title.Original))
            // The commonest spelling stands for all; of two as common, rather the one that isn't shouted.
            .Select(group => (group.OrderByDescending(title => title.People).ThenByDescending(title => title.Original, StringComparer.Ordinal).First().Original, People: group.Sum(title => title.People)))
            .OrderByDescending(title => title.People).ThenBy(title => title.Original, StringComparer.CurrentCulture).ToList();
        (UnmappedTotal, UnmappedPeople) = (unmapped.Count, unmapped.Sum(title => title.People));
        PageNumber = Math.Min(PageNumber, UnmappedPager.Last);
        Unmapped = [.. unmapped.Skip((PageNumber - 1) * PageSize).Take(PageSize).Select(title => new UnmappedTitle(title.Original, title.People, rules.Propose(title.Original)))];

        var found = db.TitleMappings.AsQueryable();
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var key = TextKey.Fold(Q);
            var name = TextKey.Name(Q);
            found = found.Where(rule => rule.OriginalKey.Contains(key) || rule.Title!.NameKey.Contains(name));
        }

        RulesTotal = await found.CountAsync(cancellation);
        RulesPage = Math.Min(RulesPage, RulesPager.Last);
        // As they are tried: exact ones first, then patterns in their order.
        Rules = await found.OrderBy(rule => rule.Original.Contains('*')).ThenBy(rule => rule.Original.Contains('*') ? rule.Position : 0).ThenBy(rule => rule.OriginalKey)
            .Skip((RulesPage - 1) * PageSize).Take(PageSize)
            .Select(rule => new TitleRuleRow(rule.Id, rule.Original, rule.TitleId, rule.Title!.Name, rule.Position)).ToListAsync(cancellation);
    }

    private async Task LoadTitlesAsync(CancellationToken cancellation)
    {
        if (Titles.Count == 0)
            Titles = await db.Titles.OrderBy(title => title.NameKey).Select(title => new StandardTitle(title.Id, title.Name)).ToListAsync(cancellation);
    }

    private async Task<IActionResult> InvalidAsync(CancellationToken cancellation)
    {
        (PageNumber, RulesPage) = (Math.Max(1, PageNumber), Math.Max(1, RulesPage));
        await ShowAsync(cancellation);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private Dictionary<string, string?> Route(int pageNumber, int rulesPage) => new()
    {
        ["q"] = string.IsNullOrWhiteSpace(Q) ? null : Q,
        ["pageNumber"] = pageNumber == 1 ? null : pageNumber.ToString(CultureInfo.InvariantCulture),
        ["rulesPage"] = rulesPage == 1 ? null : rulesPage.ToString(CultureInfo.InvariantCulture),
    };

    private string Name(int titleId) => Titles.First(title => title.Id == titleId).Name;

    private static string Changed(int people) => people switch
    {
        0 => "Nobody's standard title changed.",
        1 => "1 person has another standard title.",
        _ => string.Create(CultureInfo.CurrentCulture, $"{people:N0} people have another standard title."),
    };
}
