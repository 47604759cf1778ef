using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Intranet.Data;
using Intranet.Data.Leads;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Performance;

/// <summary>Which list, filter and order, as the URL carries it.</summary>
public sealed class PerformanceQuery : IValidatableObject
{
    [FromQuery(Name = "show"), RegularExpression("slipping|under|average|well", ErrorMessage = "Show slipping, under, average or well.")]
    public string? Show { get; set; }

    [FromQuery(Name = "owner")]
    public int? Owner { get; set; }

    [FromQuery(Name = "stage")]
    public string? Stage { get; set; }

    /// <summary>Beginning of a city's name.</summary>
    [FromQuery(Name = "city"), StringLength(100, ErrorMessage = "A city has at most 100 letters.")]
    public string? City { get; set; }

    [FromQuery(Name = "sort"), RegularExpression("revenue|last|name", ErrorMessage = "Sort by revenue, last or name.")]
    public string? Sort { get; set; }

    [FromQuery(Name = "dir"), RegularExpression("asc|desc", ErrorMessage = "The direction is asc or desc.")]
    public string? Direction { get; set; }

    /// <summary>The lead with which the page before ended.</summary>
    [FromQuery(Name = "after")]
    public int? After { get; set; }

    public PerformanceList List => Enum.TryParse<PerformanceList>(Show, ignoreCase: true, out var list) ? list : PerformanceList.Slipping;
    public Stage? OnlyStage => Enum.TryParse<Stage>(Stage, ignoreCase: true, out var stage) ? stage : null;
    public bool IsFiltered => Owner is not null || HasOtherFilters;

    /// <summary>Filters for which nobody counts.</summary>
    public bool HasOtherFilters => OnlyStage is not null || !string.IsNullOrWhiteSpace(City);

    public string By => Sort ?? "revenue";
    public bool IsDescending => Direction is null ? By != "name" : Direction == "desc";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Stage) && (OnlyStage is null || int.TryParse(Stage, out _)))
            yield return new ValidationResult($"A stage is one of {string.Join(", ", Enum.GetNames<Stage>())}.", [nameof(Stage)]);
    }

    /// <summary>This question as route values, from the top.</summary>
    public Dictionary<string, string?> Route() => new()
    {
        ["show"] = Show,
        ["owner"] = Owner?.ToString(CultureInfo.InvariantCulture),
        ["stage"] = Stage,
        ["city"] = City,
        ["sort"] = Sort,
        ["dir"] = Direction,
    };

    public Dictionary<string, string?> Route(PerformanceList list) => new(Route()) { ["show"] = list == PerformanceList.Slipping ? null : Word(list), ["sort"] = null, ["dir"] = null };

    public Dictionary<string, string?> RouteAfter(int lead) => new(Route()) { ["after"] = lead.ToString(CultureInfo.InvariantCulture) };

    /// <summary>Sorted by a column; by the one it is sorted by, the other way round.</summary>
    public Dictionary<string, string?> RouteBy(string column)
        => new(Route()) { ["sort"] = column, ["dir"] = column == By ? IsDescending ? "asc" : "desc" : null };

    public string? Sorted(string column) => column != By ? null : IsDescending ? "descending" : "ascending";

    public static string Word(PerformanceList list) => list.ToString().ToLowerInvariant();

    /// <summary>What was asked, for the audit.</summary>
    public string InWords => string.Join(", ", new[] { Word(List), Owner is null ? null : $"owner {Owner}", Stage, City }.Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>The rows in their order, from <see cref="After"/> on.</summary>
    internal async Task<IQueryable<JudgedLead>> FindAsync(IntranetDbContext db, LeadViewer viewer, CancellationToken cancellation)
    {
        var (owner, city) = (Owner, string.IsNullOrWhiteSpace(City) ? null : City.Trim());
        var (leads, isNarrow) = await db.SearchLeadsAsync(city, cancellation);
        // Where few leads are found by words, their being there is looked at one by one: to SQLite, an index of what isn't
        // deleted would look better than the ids it was given, and holds nearly everything.
        var never = DateTime.MaxValue;
        leads = isNarrow ? leads.VisibleTo(viewer).Where(lead => (lead.DeletedAt ?? never) == never) : leads.VisibleTo(viewer).Current();
        if (owner is not null)
            leads = leads.Where(lead => lead.OwnerId == owner);
        if (OnlyStage is { } stage)
            leads = leads.Where(lead => lead.Stage == stage);
        if (city is not null)
            leads = leads.Where(lead => lead.City.StartsWith(city));

        // Of few leads the rows are looked up one by one; of many, the list is walked in its order.
        var areFew = isNarrow || owner is not null || !viewer.SeesAll;
        var performance = areFew || By == "name" ? db.LeadPerformance.OnlyOn(List) : db.LeadPerformance.On(List);
        var rows = leads.Join(performance, lead => lead.Id, p => p.LeadId, (lead, p) => new JudgedLead { Lead = lead, Performance = p });
        return InOrder(await AfterAsync(db, rows, cancellation));
    }

    private IOrderedQueryable<JudgedLead> InOrder(IQueryable<JudgedLead> rows) => (By, IsDescending) switch
    {
        ("name", false) => rows.OrderBy(row => row.Lead.SearchKey).ThenBy(row => row.Performance.LeadId),
        ("name", true) => rows.OrderByDescending(row => row.Lead.SearchKey).ThenByDescending(row => row.Performance.LeadId),
        ("last", false) => rows.OrderBy(row => row.Performance.LastOrderOn).ThenBy(row => row.Performance.LeadId),
        ("last", true) => rows.OrderByDescending(row => row.Performance.LastOrderOn).ThenByDescending(row => row.Performance.LeadId),
        (_, false) => rows.OrderBy(row => row.Performance.Revenue).ThenBy(row => row.Performance.LeadId),
        _ => rows.OrderByDescending(row => row.Performance.Revenue).ThenByDescending(row => row.Performance.LeadId),
    };

    // Continues behind a lead, wherever it stands now; that costs the same on every page. Each condition holds a plain
    // bound of the first column, by which the index is entered.
    private async Task<IQueryable<JudgedLead>> AfterAsync(IntranetDbContext db, IQueryable<JudgedLead> rows, CancellationToken cancellation)
    {
        if (After is not { } id || await db.LeadPerformance.Where(p => p.LeadId == id).Select(p => new { p.Revenue, p.LastOrderOn, Key = p.Lead!.SearchKey }).FirstOrDefaultAsync(cancellation) is not { } at)
            return rows;
        var (revenue, last, key) = (at.Revenue, at.LastOrderOn, at.Key);
#pragma warning disable CA1309 // string.Compare becomes a comparison in SQL; the collation of the column decides, and it is binary
        return (By, IsDescending) switch
        {
            ("name", false) => rows.Where(row => string.Compare(row.Lead.SearchKey, key) >= 0 && (string.Compare(row.Lead.SearchKey, key) > 0 || row.Performance.LeadId > id)),
            ("name", true) => rows.Where(row => string.Compare(row.Lead.SearchKey, key) <= 0 && (string.Compare(row.Lead.SearchKey, key) < 0 || row.Performance.LeadId < id)),
            // Who never ordered comes first, and last the other way round.
            ("last", false) => last is null ? rows.Where(row => row.Performance.LastOrderOn != null || row.Performance.LeadId > id) : rows.Where(row => row.Performance.LastOrderOn >= last && (row.Performance.LastOrderOn > last || row.Performance.LeadId > id)),
            ("last", true) => last is null ? rows.Where(row => row.Performance.LastOrderOn == null && row.Performance.LeadId < id) : rows.Where(row => row.Performance.LastOrderOn < last || (row.Performance.LastOrderOn == last && row.Performance.LeadId < id) || row.Performance.LastOrderOn == null),
            (_, false) => rows.Where(row => row.Performance.Revenue >= revenue && (row.Performance.Revenue > revenue || row.Performance.LeadId > id)),
            _ => rows.Where(row => row.Performance.Revenue <= revenue && (row.Performance.Revenue < revenue || row.Performance.LeadId < id)),
        };
#pragma warning restore CA1309
    }
}

/// <summary>A lead with what its orders say; part of queries.</summary>
internal sealed class JudgedLead
{
    internal required Lead Lead { get; init; }
    internal required LeadPerformance Performance { get; init; }
}
