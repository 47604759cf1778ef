using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Intranet.Web.Pages.Account;

internal static class IdentityResults
{
    /// <summary>For what only a mistake of ours can make fail.</summary>
    public static void MustSucceed(this IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException(string.Join(" ", result.Errors.Select(error => error.Description)));
    }

    /// <summary>Puts what the user can do better beside the field it concerns.</summary>
    public static void Into(this IdentityResult result, ModelStateDictionary state, string password, string other)
    {
        foreach (var error in result.Errors)
            state.AddModelError(error.Code.StartsWith("Password", StringComparison.Ordinal) ? password : other, error.Description);
    }
}
