using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>Which leads and in which order, as the URL of the list carries it.</summary>
public sealed class LeadsQuery : IValidatableObject
{
    /// <summary>Beginnings of words of name and city.</summary>
    [FromQuery(Name = "q"), StringLength(200, ErrorMessage = "Search for at most 200 characters.")]
    public string? Q { get; set; }

    [FromQuery(Name = "stage"), EnumDataType(typeof(Stage), ErrorMessage = "There is no such stage.")]
    public Stage? Stage { get; set; }

    /// <summary>me, nobody, or the id of a user.</summary>
    [FromQuery(Name = "owner"), RegularExpression("me|nobody|[1-9][0-9]{0,8}", ErrorMessage = "An owner is me, nobody, or the number of a user.")]
    public string? Owner { get; set; }

    /// <summary>Of whom, where that is a user by number.</summary>
    public int? OwnerId => int.TryParse(Owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>well, average, under, or slipping.</summary>
    [FromQuery(Name = "label"), RegularExpression("well|average|under|slipping", ErrorMessage = "A label is well, average, under or slipping.")]
    public string? Label { get; set; }

    /// <summary>due: today or earlier; overdue: a day was missed, and may be tried again tomorrow; late: past the maximum.</summary>
    [FromQuery(Name = "due"), RegularExpression("due|overdue|late", ErrorMessage = "Due is due, overdue or late.")]
    public string? Due { get; set; }

    /// <summary>The beginning of a city, or a time zone such as Europe/Paris.</summary>
    [FromQuery(Name = "place"), StringLength(100, ErrorMessage = "A place has at most 100 characters.")]
    public string? Place { get; set; }

    [FromQuery(Name = "source"), StringLength(100, ErrorMessage = "A source has at most 100 characters.")]
    public string? Source { get; set; }

    /// <summary>Deleted leads instead of those that are there.</summary>
    [FromQuery(Name = "deleted")]
    public bool? Deleted { get; set; }

    [FromQuery(Name = "sort"), EnumDataType(typeof(LeadSort), ErrorMessage = "The list can be sorted by name, stage, value, owner, due or updated.")]
    public LeadSort? Sort { get; set; }

    [FromQuery(Name = "descending")]
    public bool? Descending { get; set; }

    /// <summary>Where the page before ended.</summary>
    [FromQuery(Name = "after"), StringLength(300, ErrorMessage = "The list can't continue there.")]
    public string? After { get; set; }

    /// <summary>Where the page after begins; goes before <see cref="After"/>.</summary>
    [FromQuery(Name = "before"), StringLength(300, ErrorMessage = "The list can't continue there.")]
    public string? Before { get; set; }

    public LeadOrder Order => new(Sort ?? LeadSort.Name, Descending == true);

    public LeadOrder.Place? Start => After is null ? null : LeadOrder.Place.Parse(After);

    public LeadOrder.Place? End => Before is null ? null : LeadOrder.Place.Parse(Before);

    /// <summary>Not at the beginning.</summary>
    public bool Continues => After is not null || Before is not null;

    public bool IsFiltered => Filters().Any();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (After is not null && Start is null)
            yield return new ValidationResult("The list can't continue there.", [nameof(After)]);
        if (Before is not null && End is null)
            yield return new ValidationResult("The list can't continue there.", [nameof(Before)]);
    }

    /// <summary>This question as route values, from the beginning.</summary>
    public Dictionary<string, string?> Route() => new()
    {
        ["q"] = Q,
        ["stage"] = Stage?.ToString(),
        ["owner"] = Owner,
        ["label"] = Label,
        ["due"] = Due,
        ["place"] = Place,
        ["source"] = Source,
        ["deleted"] = Deleted == true ? "true" : null,
        ["sort"] = Sort is null or LeadSort.Name ? null : Sort.ToString()!.ToLowerInvariant(),
        ["descending"] = Descending == true ? "true" : null,
    };

    /// <summary>The same with something else.</summary>
    public Dictionary<string, string?> Route(string name, string? value) => new(Route()) { [name] = value };

    /// <summary>The same, and the page of it that shows.</summary>
    public Dictionary<string, string?> Here() => new(Route()) { ["after"] = After, ["before"] = Before };

    public Dictionary<string, string?> Here(string name, string? value) => new(Here()) { [name] = value };

    /// <summary>The same, sorted by a column: a second press turns it round.</summary>
    public Dictionary<string, string?> SortedBy(LeadSort by)
    {
        var turned = Order.By == by && !Order.IsDescending;
        return new(Route()) { ["sort"] = by == LeadSort.Name ? null : by.ToString().ToLowerInvariant(), ["descending"] = turned ? "true" : null };
    }

    /// <summary>For saving: filters and order, as a query string without its question mark.</summary>
    public string ToQueryString()
        => string.Join('&', Route().Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value!)}"));

    /// <summary>What was asked, for the audit of exports.</summary>
    public string InWords => IsFiltered ? string.Join(", ", Filters()) : "all";

    // Up to so many due leads are found by when they are due; beyond that the list is walked, and enough of what passes is due.
    private const int FewDue = 5_000;

    /// <summary>
    /// The leads that somebody may see, filtered, and what they are best found by. As many queries as there are words to
    /// search for, and five.
    /// </summary>
    public async Task<FoundLeads> FindAsync(IntranetDbContext db, LeadViewer viewer, DateTime now, CancellationToken cancellation)
    {
        // "Frankfurt/Main" is a city.
        var zone = Place?.Contains('/', StringComparison.Ordinal) == true ? WorkingHours.ZoneName(Place.Trim()) : null;
        var isZone = zone is not null;
        // Each of these is an index in the order of names, with the other conditions behind the order; of what it finds, each is looked at.
        var isNear = !string.IsNullOrEmpty(Owner) || !viewer.SeesAll || (!string.IsNullOrWhiteSpace(Place) && !isZone);
        var areFew = isNear || Label == "slipping";
        var found = await db.SearchLeadsAsync(Q, areFew, cancellation);
        // What is found by something else must not be looked for by what many have in common.
        var isFound = areFew || found.By is not null || isZone || !string.IsNullOrWhiteSpace(Source);
        // Owner by owner all leads pass, unless something makes them few.
        var isWalked = Order.By == LeadSort.Owner && !isNear && string.IsNullOrWhiteSpace(Q) && !isZone && string.IsNullOrWhiteSpace(Source) && Deleted != true;
        var leads = Deleted == true ? found.Leads.DeletedOf(viewer) : found.Leads.VisibleTo(viewer).Current();
        leads = OwnedBy(leads, Owner, viewer);
        if (Stage is { } stage)
            leads = isFound || isWalked ? leads.OnlyIn(stage) : leads.Where(lead => lead.Stage == stage);
        if (Label is not null)
            leads = isNear || isWalked || (isFound && Label != "slipping") ? leads.OnlyOn(ListOf(Label)) : leads.On(ListOf(Label));
        if (!string.IsNullOrWhiteSpace(Place))
            leads = isZone ? leads.Where(lead => lead.TimeZone == zone)
                // An owner's leads are fewer than a city's, and another order has an index of its own.
                : Order.By == LeadSort.Name && string.IsNullOrEmpty(Owner) && viewer.SeesAll ? await leads.InOneCityAsync(db, Place.Trim(), cancellation) : leads.InCity(Place.Trim());
        if (!string.IsNullOrWhiteSpace(Source))
            leads = leads.Where(lead => lead.Source!.StartsWith(Source.Trim()));
        if (Due is null)
            return found with { Leads = leads, AreMany = isWalked };
        var (due, areThoseFew) = await WithDueAsync(db, leads, isFound, now, cancellation);
        return found with { Leads = due, AreMany = isWalked && !areThoseFew };
    }

    private async Task<(IQueryable<Lead> Leads, bool AreFew)> WithDueAsync(IntranetDbContext db, IQueryable<Lead> leads, bool isFound, DateTime now, CancellationToken cancellation)
    {
        // Sorted by when they are due, many that are overdue are walked as well: nearly all of them come first.
        if (!isFound && Order.By == LeadSort.Due && Due != "overdue")
            return (Found(leads), false);
        if (!isFound && await Found(db.Leads).Take(FewDue + 1).CountAsync(cancellation) <= FewDue)
        {
            // By their ids: SQLite, which doesn't know how few they are, would rather read all leads in the order of the list.
            var few = Found(db.Leads).Select(lead => lead.Id);
            return (leads.Where(lead => few.Contains(lead.Id)), true);
        }

        // A time that nothing is compared with keeps the index of what is due out of it.
        var never = DateTime.MaxValue;
        return (Due switch
        {
            "late" => leads.Where(lead => (lead.PastMaximumAt ?? never) <= now),
            "overdue" => leads.Where(lead => (lead.OverdueAt ?? never) <= now),
            _ => leads.Where(lead => (lead.DueAt ?? never) <= now),
        }, false);

        IQueryable<Lead> Found(IQueryable<Lead> all) => Due switch
        {
            "late" => all.Where(lead => lead.PastMaximumAt <= now),
            "overdue" => all.Overdue(now),
            _ => all.Due(now),
        };
    }

    private static PerformanceList ListOf(string word) => Enum.Parse<PerformanceList>(word, ignoreCase: true);

    /// <param name="leads">Those to choose from.</param>
    /// <param name="owner">me, nobody, or a number; null: whoever.</param>
    /// <param name="viewer">Who "me" is.</param>
    internal static IQueryable<Lead> OwnedBy(IQueryable<Lead> leads, string? owner, LeadViewer viewer)
    {
        if (string.IsNullOrEmpty(owner))
            return leads;
        if (owner == "nobody")
            return leads.Where(lead => lead.OwnerId == null);
        var id = owner == "me" ? viewer.UserId : int.Parse(owner, CultureInfo.InvariantCulture);
        return leads.Where(lead => lead.OwnerId == id);
    }

    private IEnumerable<string> Filters() => new[]
    {
        string.IsNullOrWhiteSpace(Q) ? null : $"'{Q}'", Stage?.ToString(), Owner is null ? null : $"owner {Owner}", Label, Due, string.IsNullOrWhiteSpace(Place) ? null : Place,
        string.IsNullOrWhiteSpace(Source) ? null : $"from {Source}", Deleted == true ? "deleted" : null,
    }.OfType<string>();
}
