using System.Net;
using Intranet.Data;
using Intranet.Data.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Intranet.Tests.Support;

/// <summary>Until there is a sign-in page: the cookie it would set.</summary>
internal static class SignIn
{
    internal static void AddIdentityIfMissing(IServiceCollection services)
    {
        if (services.All(service => service.ServiceType != typeof(UserManager<User>)))
            services.AddIdentity<User, Role>().AddEntityFrameworkStores<IntranetDbContext>();
    }

    internal static async Task<CookieContainer> WithCookieAsync(RunningApp app, Person person)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = await users.FindByEmailAsync(person.Email) ?? throw new InvalidOperationException($"{person.Email} isn't in the database.");
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<User>>().CreateAsync(user);
        var options = scope.ServiceProvider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = app.Clock.GetUtcNow();
        var ticket = new AuthenticationTicket(principal, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddDays(1) }, IdentityConstants.ApplicationScheme);
        var cookies = new CookieContainer();
        cookies.Add(new Cookie(options.Cookie.Name!, options.TicketDataFormat.Protect(ticket), "/", app.Address.Host));
        return cookies;
    }
}
