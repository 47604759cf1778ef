using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Account;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Admin.Users;

/// <summary>An account for somebody else, made by an administrator.</summary>
public sealed class NewModel(IntranetDbContext db, RegisterAccount register) : PageModel
{
    [BindProperty]
    public RegistrationInput Input { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
            return Refused();
        var address = Input.Email.Trim();
        var key = TextKey.Email(address);
        // The administrator answers for the address, which nobody does for who registers.
        var employee = await db.Employees.Where(e => e.EmailKey == key && e.LeftOn == null).OrderBy(e => e.Id).Select(e => (int?)e.Id).FirstOrDefaultAsync(cancellation);
        var (user, result) = await register.ForAsync(address, Input.Name.Trim(), Input.Password, employee, cancellation);
        if (user is null)
        {
            result.Into(ModelState, "Input.Password", "Input.Email");
            return Refused();
        }

        this.Toast(employee is null ? "User created." : "User created and linked to the directory.");
        return RedirectToPage("Details", new { user.Id });
    }

    private PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
