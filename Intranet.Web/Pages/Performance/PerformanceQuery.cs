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

    // Up to so many leads of an owner, a city or a stage are sorted; beyond that the list is walked, and enough of what passes is among them.
    internal int Few { get; init; } = 5_000;

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

    /// <summary>The same as a query string without its question mark.</summary>
    public string ToQueryString()
        => string.Join('&', Route().Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value!)}"));

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
        var leads = db.Leads.Current().VisibleTo(viewer);
        if (Owner is { } owner)
            leads = leads.Where(lead => lead.OwnerId == owner);
        if (!string.IsNullOrWhiteSpace(City))
            leads = leads.InCity(City);
        // Found by owner or city, the rest is in the same index; found by nothing, the list's own index finds the stage.
        var isNear = Owner is not null || !viewer.SeesAll || !string.IsNullOrWhiteSpace(City);
        var those = OnlyStage is not { } only ? leads : isNear ? leads.OnlyIn(only) : leads.Where(lead => lead.Stage == only);
        those = isNear ? those.OnlyOn(List) : those.On(List);
        // Of few the numbers are looked up one by one, and are sorted.
        var areFew = By == "name" || ((isNear || OnlyStage is not null) && await those.Take(Few + 1).CountAsync(cancellation) <= Few);
        var rows = areFew ? Judged(db, those) : Walked(OnlyStage is { } stage ? leads.OnlyIn(stage) : leads);
        return InOrder(await AfterAsync(db, rows, viewer, cancellation));

        // Of many the list is walked in its order. A cross join, because there SQLite keeps the order of the tables.
        IQueryable<JudgedLead> Walked(IQueryable<Lead> those) => from p in db.LeadPerformance.On(List) from lead in those where lead.Id == p.LeadId select new JudgedLead { Lead = lead, Performance = p };
    }

    /// <summary>Those leads with their numbers, which are looked up one by one: a cross join, as in walking.</summary>
    internal static IQueryable<JudgedLead> Judged(IntranetDbContext db, IQueryable<Lead> those)
        => from lead in those from p in db.LeadPerformance where p.LeadId == lead.Id select new JudgedLead { Lead = lead, Performance = p };

    private IOrderedQueryable<JudgedLead> InOrder(IQueryable<JudgedLead> rows) => (By, IsDescending) switch
    {
        ("name", false) => rows.OrderBy(row => row.Lead.SearchKey).ThenBy(row => row.Lead.Id),
        ("name", true) => rows.OrderByDescending(row => row.Lead.SearchKey).ThenByDescending(row => row.Lead.Id),
        ("last", false) => rows.OrderBy(row => row.Performance.LastOrderOn).ThenBy(row => row.Performance.LeadId),
        ("last", true) => rows.OrderByDescending(row => row.Performance.LastOrderOn).ThenByDescending(row => row.Performance.LeadId),
        (_, false) => rows.OrderBy(row => row.Performance.Revenue).ThenBy(row => row.Performance.LeadId),
        _ => rows.OrderByDescending(row => row.Performance.Revenue).ThenByDescending(row => row.Performance.LeadId),
    };

    // Continues behind a lead, wherever it stands now; that costs the same on every page. Each condition holds a plain
    // bound of the first column, by which the index is entered.
    private async Task<IQueryable<JudgedLead>> AfterAsync(IntranetDbContext db, IQueryable<JudgedLead> rows, LeadViewer viewer, CancellationToken cancellation)
    {
        // Where a lead stands tells of its numbers and its name: nothing begins behind one that they may not see.
        if (After is not { } id || await db.Leads.VisibleTo(viewer).Where(lead => lead.Id == id).Join(db.LeadPerformance, lead => lead.Id, p => p.LeadId, (lead, p) => new { p.Revenue, p.LastOrderOn, Key = lead.SearchKey }).FirstOrDefaultAsync(cancellation) is not { } at)
            return rows;
        var (revenue, last, key) = (at.Revenue, at.LastOrderOn, at.Key);
#pragma warning disable CA1309 // string.Compare becomes a comparison in SQL; the collation of the column decides, and it is binary
        return (By, IsDescending) switch
        {
            ("name", false) => rows.Where(row => string.Compare(row.Lead.SearchKey, key) >= 0 && (string.Compare(row.Lead.SearchKey, key) > 0 || row.Lead.Id > id)),
            ("name", true) => rows.Where(row => string.Compare(row.Lead.SearchKey, key) <= 0 && (string.Compare(row.Lead.SearchKey, key) < 0 || row.Lead.Id < id)),
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
