using Intranet.Data;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Admin.Users;

public sealed class IndexModel(IntranetDbContext db, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public int PageNumber { get; set; } = 1;

    public IReadOnlyList<UserRow> Users { get; private set; } = [];
    public int Total { get; private set; }
    public DateTimeOffset Now { get; } = clock.GetUtcNow();
    public Pager Pager => new(PageNumber, PageSize, Total, number => Url.Page("/Admin/Users/Index", new { q = Q, pageNumber = number })!);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var found = db.Users.AsNoTracking();
        if (Q?.Trim() is { Length: > 0 } typed)
        {
            var pattern = $"%{typed.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_").Replace("[", "\\[")}%";
            found = found.Where(user => EF.Functions.Like(user.Email!, pattern, "\\") || EF.Functions.Like(user.DisplayName, pattern, "\\"));
        }

        Total = await found.CountAsync(cancellation);
        PageNumber = Math.Clamp(PageNumber, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Users = await found.OrderBy(user => user.NormalizedEmail).Skip((PageNumber - 1) * PageSize).Take(PageSize).Select(UserRow.From(db)).ToListAsync(cancellation);
    }
}
