using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Intranet.Data;
using Intranet.Data.Directory;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory;

/// <summary>Which of the unassigned people are shown, as the URL carries it.</summary>
public sealed class UnassignedQuery
{
    /// <summary>Stands for people without a standard title.</summary>
    public const string NoTitle = "none";

    [FromQuery(Name = "q"), StringLength(200, ErrorMessage = "Search for at most 200 characters.")]
    public string? Q { get; set; }

    [FromQuery(Name = "region"), StringLength(100)]
    public string? Region { get; set; }

    [FromQuery(Name = "city"), StringLength(100)]
    public string? City { get; set; }

    [FromQuery(Name = "title"), StringLength(100)]
    public string? Title { get; set; }

    [FromQuery(Name = "pageNumber"), Range(1, 1_000_000, ErrorMessage = "Pages are counted from 1.")]
    public int PageNumber { get; set; } = 1;

    public bool HasFilter => !string.IsNullOrWhiteSpace(Q) || Region is not null || City is not null || Title is not null;

    public Dictionary<string, string?> Route(int pageNumber) => new()
    {
        ["q"] = string.IsNullOrWhiteSpace(Q) ? null : Q,
        ["region"] = Region,
        ["city"] = City,
        ["title"] = Title,
        ["pageNumber"] = pageNumber == 1 ? null : pageNumber.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>People still here who are assigned to no product and no repository.</summary>
    public IQueryable<Employee> Of(IntranetDbContext db, DateOnly today)
    {
        var people = db.Employees.Current(today).Where(e => !db.Assignments.Any(a => a.EmployeeId == e.Id));
        if (Region is not null)
            people = people.Where(e => e.Location!.Region == Region);
        if (City is not null)
            people = people.Where(e => e.Location!.City == City);
        if (Title == NoTitle)
            people = people.Where(e => e.TitleId == null);
        else if (Title is not null)
            people = people.Where(e => e.Title!.Name == Title);
        if (string.IsNullOrWhiteSpace(Q))
            return people;
        var words = SearchWords.OfQuery(Q);
        if (words.Count == 0)
            return people.Where(_ => false);
        var ids = db.Found(SearchKind.Employee, words);
        return people.Where(e => ids.Contains(e.Id));
    }
}
