using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using UserAccount = Intranet.Data.Accounts.User;

namespace Intranet.Web.Pages.Admin.Users;

public sealed class DetailsModel(
    IntranetDbContext db, UserManager<UserAccount> users, SignInManager<UserAccount> sessions, ChangeRoles changeRoles, LockUser lockUser, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public UserRow Row { get; private set; } = null!;
    public bool IsLocked => Row.IsLocked(clock.GetUtcNow());
    public bool IsSelf => User.Id() == Id;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
        => await LoadAsync(cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRolesAsync(List<string> roles, CancellationToken cancellation)
    {
        if (await FindAsync() is not { } user)
            return NotFound();
        if (await changeRoles.RunAsync(user, roles, cancellation) is { } refused)
            return await RefuseAsync("Roles", refused, cancellation);
        // The stamp is new, which would sign out whoever changed their own roles.
        if (IsSelf)
            await sessions.RefreshSignInAsync(user);
        return Done("Roles saved.");
    }

    public async Task<IActionResult> OnPostLockAsync(CancellationToken cancellation) => await LockAsync(true, cancellation);

    public async Task<IActionResult> OnPostUnlockAsync(CancellationToken cancellation) => await LockAsync(false, cancellation);

    /// <summary>Says who in the directory this is; an empty number unlinks.</summary>
    public async Task<IActionResult> OnPostEmployeeAsync(string? empId, CancellationToken cancellation)
    {
        if (await FindAsync() is not { } user)
            return NotFound();
        var key = TextKey.EmpId(empId ?? "");
        var employee = key.Length == 0 ? null : await db.Employees.SingleOrDefaultAsync(e => e.EmpIdKey == key, cancellation);
        if (key.Length > 0 && employee is null)
            return await RefuseAsync("EmpId", "No employee has this number.", cancellation);
        user.EmployeeId = employee?.Id;
        db.Audit("changed", nameof(User), user.Id, employee is null ? "employee: none" : $"employee: {employee.EmpId} {employee.FullName}");
        await db.SaveChangesAsync(cancellation);
        return Done(employee is null ? "Link removed." : $"Linked to {employee.FullName}.");
    }

    private async Task<IActionResult> LockAsync(bool locked, CancellationToken cancellation)
    {
        if (await FindAsync() is not { } user)
            return NotFound();
        if (await lockUser.RunAsync(user, locked, User.Id(), cancellation) is { } refused)
            return await RefuseAsync("Lock", refused, cancellation);
        return Done(locked ? "Account locked. Its sessions end within a minute." : "Account unlocked.");
    }

    private Task<UserAccount?> FindAsync() => users.FindByIdAsync(Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private RedirectToPageResult Done(string toast)
    {
        this.Toast(toast);
        return RedirectToPage(new { Id });
    }

    private async Task<IActionResult> RefuseAsync(string field, string message, CancellationToken cancellation)
    {
        ModelState.AddModelError(field, message);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await LoadAsync(cancellation) ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        var row = await db.Users.Where(user => user.Id == Id).Select(UserRow.From(db)).SingleOrDefaultAsync(cancellation);
        Row = row!;
        return row is not null;
    }
}
