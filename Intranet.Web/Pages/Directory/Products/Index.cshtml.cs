using System.ComponentModel.DataAnnotations;
using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory.Products;

public sealed class IndexModel(IntranetDbContext db, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "q"), StringLength(100, ErrorMessage = "A name has at most 100 characters.")]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true), Range(1, 1_000_000, ErrorMessage = "Pages are counted from 1.")]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<ProductRow> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public Pager Pager => new(PageNumber, PageSize, Total, number => Url.Page("/Directory/Products/Index", new { q = Q, pageNumber = number == 1 ? (int?)null : number })!);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var things = db.Products.AsQueryable();
        if (!string.IsNullOrWhiteSpace(Q))
        {
            // By the beginnings of its words; a part from the middle of a word finds it as well.
            var key = TextKey.Name(Q);
            var words = SearchWords.OfQuery(Q);
            var ids = words.Count == 0 ? null : db.Found(SearchKind.Product, words);
            things = ids is null ? things.Where(thing => thing.NameKey.Contains(key)) : things.Where(thing => thing.NameKey.Contains(key) || ids.Contains(thing.Id));
        }

        Total = await things.CountAsync(cancellation);
        // Those who left are few and read once; looking each assigned person up would be a hundred thousand reads.
        var left = db.Employees.Where(e => e.LeftOn <= today).Select(e => e.Id);
        Rows = await things.OrderBy(thing => thing.NameKey).Skip((PageNumber - 1) * PageSize).Take(PageSize)
            .Select(thing => new ProductRow(thing.Id, thing.Name, thing.Description,
                db.Assignments.Where(a => a.ProductId == thing.Id && a.Role == AssignmentRole.Owner && (a.Employee!.LeftOn == null || a.Employee.LeftOn > today))
                    .OrderBy(a => a.Employee!.FirstNameKey).ThenBy(a => a.Employee!.LastNameKey).Select(a => a.Employee!.FirstName + " " + a.Employee.LastName).FirstOrDefault(),
                db.Assignments.Where(a => a.ProductId == thing.Id && !left.Contains(a.EmployeeId)).Select(a => a.EmployeeId).Distinct().Count()))
            .ToListAsync(cancellation);
        return Page();
    }
}

public sealed record ProductRow(int Id, string Name, string Description, string? Owner, int People);
