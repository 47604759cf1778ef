using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory;

/// <summary>Mails the points of contact of a product or repository; by default to its stakeholders.</summary>
public sealed class ReportModel(IntranetDbContext db, SendPocReport send) : PageModel
{
    [BindProperty]
    public ReportInput Input { get; set; } = new();

    public PocQuestion Question { get; private set; } = new(null, null);

    public async Task OnGetAsync(string? product, string? repository, CancellationToken cancellation)
    {
        Question = await PocQuestion.AskAsync(db, product, repository, cancellation);
        (Input.Product, Input.Repository, Input.Id) = (product, repository, Guid.NewGuid());
        Input.To = string.Join('\n', Question.Stakeholders);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        Question = await PocQuestion.AskAsync(db, Input.Product, Input.Repository, cancellation);
        if (!string.IsNullOrWhiteSpace(Input.Product) && Question.Product is null)
            ModelState.AddModelError("Input.Product", "There is no product of that name.");
        if (!string.IsNullOrWhiteSpace(Input.Repository) && Question.Repository is null)
            ModelState.AddModelError("Input.Repository", "There is no repository of that name.");
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var userId = User.Id()!.Value;
        var email = await db.Users.Where(user => user.Id == userId).Select(user => user.Email).FirstAsync(cancellation);
        // The same form sent twice (a double click, a reload) is one report.
        if (await IsSentAsync(userId, cancellation))
            return Sent();
        try
        {
            await send.RunAsync(Input.Id, Question, AddressList.Parse(Input.To), AddressList.Parse(Input.Cc), Input.Message, userId, User.Identity!.Name!, email, cancellation);
        }
        catch (DbUpdateException failure) when (db.IsUniqueViolation(failure))
        {
            // Its twin came first.
        }

        return Sent();
    }

    private Task<bool> IsSentAsync(int userId, CancellationToken cancellation)
        => db.PocReports.AnyAsync(report => report.Id == Input.Id && report.CreatedById == userId, cancellation);

    private RedirectToPageResult Sent() => RedirectToPage("/Directory/Reports", new { id = Input.Id });
}
