using System.Security.Claims;
using Intranet.Data.Accounts;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Intranet.Web.Pages.Reports;

/// <summary>Looks at a list as the owner of a subscription, with the rights of now.</summary>
public sealed class ActAsOwner(SignInManager<User> sessions, IUserClaimsPrincipalFactory<User> principals, IAuthorizationService authorization)
{
    /// <returns>Who looks; null when they may not open the page of the list.</returns>
    public async Task<ClaimsPrincipal?> RunAsync(User owner, IListSource list)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(list);
        if (!await CanSignInAsync(owner))
            return null;
        var principal = await principals.CreateAsync(owner);
        return (await authorization.AuthorizeAsync(principal, Access.Table[list.Page])).Succeeded ? principal : null;
    }

    /// <summary>Failed sign-ins lock for minutes; that is nobody's leaving.</summary>
    public async Task<bool> CanSignInAsync(User owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return owner.LockoutEnd != User.LockedForever && await sessions.CanSignInAsync(owner);
    }
}
