using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Intranet.Web.Pages.Directory;

/// <summary>A question to the directory as its URL carries it.</summary>
public sealed class DirectoryQuery
{
    /// <summary>Words: a product, a repository or a person.</summary>
    [FromQuery(Name = "q"), StringLength(200, ErrorMessage = "Search for at most 200 characters.")]
    public string? Q { get; set; }

    /// <summary>Exactly this product; together with a repository: the same assignment row.</summary>
    [FromQuery(Name = "product"), StringLength(100, ErrorMessage = "A product's name has at most 100 characters.")]
    public string? Product { get; set; }

    [FromQuery(Name = "repository"), StringLength(100, ErrorMessage = "A repository's name has at most 100 characters.")]
    public string? Repository { get; set; }

    [FromQuery(Name = "region"), StringLength(100, ErrorMessage = "A region's name has at most 100 characters.")]
    public string? Region { get; set; }

    [FromQuery(Name = "city"), StringLength(100, ErrorMessage = "A city's name has at most 100 characters.")]
    public string? City { get; set; }

    [FromQuery(Name = "title"), StringLength(100, ErrorMessage = "A title has at most 100 characters.")]
    public string? Title { get; set; }

    [FromQuery(Name = "pageNumber"), Range(1, 1_000_000, ErrorMessage = "Pages are counted from 1.")]
    public int PageNumber { get; set; } = 1;

    public bool HasFilter => Region is not null || City is not null || Title is not null;

    public bool IsEmpty => string.IsNullOrWhiteSpace(Q) && string.IsNullOrWhiteSpace(Product) && string.IsNullOrWhiteSpace(Repository);

    /// <summary>This question as route values, for links; the first page needs no number.</summary>
    public Dictionary<string, string?> Route(int pageNumber = 1) => new()
    {
        ["q"] = Q,
        ["product"] = Product,
        ["repository"] = Repository,
        ["region"] = Region,
        ["city"] = City,
        ["title"] = Title,
        ["pageNumber"] = pageNumber == 1 ? null : pageNumber.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
