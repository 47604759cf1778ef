using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// A preview without script. The form is sent by POST, since sent by GET it would put its antiforgery token into the address, and
/// with that into histories and logs; what was typed goes there alone, so that going back and loading anew work as with any page.
/// </summary>
public static class PreviewInAddress
{
    /// <summary>To the same page, with the fields of the form whose names begin with <paramref name="prefix"/> in its address.</summary>
    public static LocalRedirectResult Preview(this PageModel page, IFormCollection form, string prefix)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.LocalRedirect($"~{page.Request.Path}{QueryString.Create(form.Where(field => field.Key.StartsWith($"{prefix}.", StringComparison.Ordinal)))}");
    }
}
