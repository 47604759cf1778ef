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

    /// <summary>well, average, under, or slipping.</summary>
    [FromQuery(Name = "label"), RegularExpression("well|average|under|slipping", ErrorMessage = "A label is well, average, under or slipping.")]
    public string? Label { get; set; }

    /// <summary>due: today or earlier; overdue: before today; late: past the maximum.</summary>
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

    public LeadOrder Order => new(Sort ?? LeadSort.Name, Descending == true);

    public LeadOrder.Place? Start => After is null ? null : LeadOrder.Place.Parse(After);

    public bool IsFiltered => Filters().Any();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (After is not null && Start is null)
            yield return new ValidationResult("The list can't continue there.", [nameof(After)]);
    }

    /// <summary>This question as route values; without <paramref name="after"/>, from the beginning.</summary>
    public Dictionary<string, string?> Route(string? after = null) => new()
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
        ["after"] = after,
    };

    /// <summary>The same with something else.</summary>
    public Dictionary<string, string?> Route(string name, string? value, string? after = null) => new(Route(after)) { [name] = value };

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

    /// <summary>The leads that somebody may see, filtered, in no order. As many queries as there are words to search for.</summary>
    public async Task<IQueryable<Lead>> FindAsync(IntranetDbContext db, LeadViewer viewer, DateTime now, CancellationToken cancellation)
    {
        var (found, _) = await db.SearchLeadsAsync(Q, cancellation);
        found = found.VisibleTo(viewer);
        found = Deleted == true ? found.Where(lead => lead.DeletedAt != null) : found.Current();
        if (Stage is { } stage)
            found = found.Where(lead => lead.Stage == stage);
        found = OwnedBy(found, Owner, viewer);
        found = Label switch
        {
            "slipping" => found.Where(lead => lead.Performance!.IsSlipping),
            { } word => WithLabel(found, Enum.Parse<PerformanceLabel>(word, ignoreCase: true)),
            null => found,
        };
        found = Due switch
        {
            "due" => found.Due(now),
            // A day begins within 24 hours after it was due: what has been due for a day is overdue everywhere.
            "overdue" => found.Due(now.AddDays(-1)),
            "late" => found.Where(lead => lead.PastMaximumAt <= now),
            _ => found,
        };
        if (!string.IsNullOrWhiteSpace(Place))
            found = At(found, db, Place.Trim());
        if (!string.IsNullOrWhiteSpace(Source))
            found = found.Where(lead => lead.Source!.StartsWith(Source.Trim()));
        return found;

        static IQueryable<Lead> WithLabel(IQueryable<Lead> leads, PerformanceLabel label) => leads.Where(lead => lead.Performance!.Label == label);
    }

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

    private static IQueryable<Lead> At(IQueryable<Lead> leads, IntranetDbContext db, string place)
    {
        if (place.Contains('/', StringComparison.Ordinal))
            return leads.Where(lead => lead.TimeZone == place);
        // The words find them, also in names; the key ends with the city, folded.
        var folded = TextKey.Fold(place);
        return leads.Matching(db, place).Where(lead => lead.City.StartsWith(place) || lead.SearchKey.EndsWith(folded));
    }

    private IEnumerable<string> Filters() => new[]
    {
        string.IsNullOrWhiteSpace(Q) ? null : $"'{Q}'", Stage?.ToString(), Owner is null ? null : $"owner {Owner}", Label, Due, string.IsNullOrWhiteSpace(Place) ? null : Place,
        string.IsNullOrWhiteSpace(Source) ? null : $"from {Source}", Deleted == true ? "deleted" : null,
    }.OfType<string>();
}
