using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Imports;
using Intranet.Web.Pages.Leads;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Intranet.Web.Pages;

/// <summary>"My day": what waits for whoever signed in, by what they do here, and what changed since yesterday.</summary>
public sealed class IndexModel(IntranetDbContext db, TimeProvider clock, IAuthorizationService authorization) : PageModel
{
    /// <summary>Null for who has nothing to do with leads.</summary>
    public MyDay.OfLeads? Leads { get; private set; }
    public IReadOnlyList<MyDay.ToConfirm> ToConfirm { get; private set; } = [];

    /// <summary>Null for who doesn't review.</summary>
    public int? Reviews { get; private set; }
    public IReadOnlyList<MyDay.ImportNews> Imports { get; private set; } = [];
    public DateOnly Today { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        Today = HttpContext.Today();
        var since = LocalDay.Start(Today.AddDays(-1), HttpContext.Zone());
        if ((await authorization.AuthorizeAsync(User, Access.Leads)).Succeeded)
            Leads = await MyDay.LeadsAsync(db, await User.LeadViewerAsync(db, cancellation), now, since, Today.AddDays(-1), cancellation);
        ToConfirm = await MyDay.ToConfirmAsync(db, User.Id() ?? 0, Today, cancellation);
        if ((await authorization.AuthorizeAsync(User, Access.Steward)).Succeeded)
        {
            Reviews = await MyDay.ReviewsAsync(db, cancellation);
            Imports = await MyDay.ImportsAsync(db, [.. User.ImportKinds().Select(kind => kind.Name)], since, cancellation);
        }
    }
}
