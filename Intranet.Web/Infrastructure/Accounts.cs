using System.Security.Claims;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Auditing;
using Intranet.Data.Settings;
using Intranet.Web.Pages.Account;
using Intranet.Web.Pages.Admin.Users;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Intranet.Web.Infrastructure;

/// <summary>Who somebody is: accounts, cookies for people, bearer tokens for programs.</summary>
public static class Accounts
{
    public static readonly TimeSpan Session = TimeSpan.FromHours(12);
    public static readonly TimeSpan RememberedSession = TimeSpan.FromDays(30);
    public static readonly TimeSpan AccessToken = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan RefreshToken = TimeSpan.FromDays(14);

    /// <summary>Chooses cookie or bearer token per request.</summary>
    private const string Either = "Intranet";

    /// <exception cref="InvalidOperationException">Sample accounts are asked for outside Development.</exception>
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        SampleAccounts.RefuseElsewhere(builder.Configuration, builder.Environment);
        builder.Services.AddKeyRing();
        builder.Services.AddIdentityCore<User>(options =>
            {
                // The account's name is its address, so any character of an address is one of a name.
                options.User.AllowedUserNameCharacters = "";
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = CommonPasswords.Shortest;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
            })
            .AddRoles<Role>()
            .AddEntityFrameworkStores<IntranetDbContext>()
            .AddSignInManager<SessionManager>()
            .AddClaimsPrincipalFactory<UserPrincipals>()
            .AddPasswordValidator<CommonPasswords>();
        builder.Services.AddScoped<CheckPassword>();
        builder.Services.AddScoped<RegisterAccount>();
        builder.Services.AddScoped<CreateFirstAdministrator>();
        builder.Services.AddScoped<ChangeRoles>();
        builder.Services.AddScoped<LockUser>();
        builder.Services.AddScoped<ChangeSettings>();
        builder.Services.AddSingleton<FirstAdministrator>();
        builder.Services.AddSingleton<FreshTokens>();
        builder.Services.AddHostedService<Welcome>();
        // A changed password, role or lock ends sessions elsewhere within this time.
        builder.Services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));

        builder.Services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = context
                => context.UsesBearer() ? IdentityConstants.BearerScheme : IdentityConstants.ApplicationScheme)
            .AddBearerToken(IdentityConstants.BearerScheme, options => (options.BearerTokenExpiration, options.RefreshTokenExpiration) = (AccessToken, RefreshToken))
            .AddCookie(IdentityConstants.ApplicationScheme, options =>
            {
                options.LoginPath = "/account/sign-in";
                options.ReturnUrlParameter = "returnUrl";
                options.ExpireTimeSpan = Session;
                options.SlidingExpiration = true;
                options.Events = new CookieAuthenticationEvents
                {
                    OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync,
                    OnRedirectToLogin = context => AskToSignIn(context),
                    // The status alone: the error page (or the API's problem document) says the rest.
                    OnRedirectToAccessDenied = context =>
                    {
                        context.Response.StatusCode = StatusCodes.Status403Forbidden;
                        return Task.CompletedTask;
                    },
                };
            })
            // Nothing sets it yet, but ending a session whose stamp is old clears it as well, and fails where it isn't known.
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme);
        builder.Services.PostConfigure<BearerTokenOptions>(IdentityConstants.BearerScheme, options => options.BearerTokenProtector = new RememberedTickets(options.BearerTokenProtector));
        builder.AddCookieRules();
    }

    /// <summary>Sets on whose behalf the request works, for the audit, and forgets sample accounts outside Development.</summary>
    public static void UseActor(this WebApplication app) => app.Use((context, next) =>
    {
        // A cookie or token of a Development run must not open the same database elsewhere, not for a minute.
        if (!app.Environment.IsDevelopment() && context.User.HasClaim(UserPrincipals.Sample, "true"))
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
        context.ActAs(context.User.Identity is { IsAuthenticated: true } ? context.User.FindFirstValue(ClaimTypes.Email) : null);
        return next(context);
    });

    /// <summary>What follows in this request is done by <paramref name="name"/>; null is somebody who isn't signed in.</summary>
    public static void ActAs(this HttpContext context, string? name)
        => Actor.Current = new Actor(name ?? "anonymous", context.Connection.RemoteIpAddress?.ToString());

    /// <summary>Whether a program calls with a token of its own. Pages are for cookies only.</summary>
    public static bool UsesBearer(this HttpContext context)
        => context.IsApi() && context.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.HttpContext.IsApi())
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    // Development serves http on localhost. Elsewhere (Settings.RequiresHttps) cookies need https, which the __Host- names make browsers enforce.
    private static void AddCookieRules(this WebApplicationBuilder builder)
    {
        var http = !builder.Configuration.RequiresHttps(builder.Environment);
        builder.Services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options => Rule(options.Cookie, "intranet"));
        builder.Services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorRememberMeScheme, options => Rule(options.Cookie, "intranet.device"));
        builder.Services.Configure<AntiforgeryOptions>(options => Rule(options.Cookie, "intranet.form"));
        builder.Services.Configure<CookieTempDataProviderOptions>(options => Rule(options.Cookie, "intranet.toast"));

        void Rule(CookieBuilder cookie, string name)
        {
            cookie.Name = http ? name : $"__Host-{name}";
            cookie.SecurePolicy = http ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.HttpOnly = true;
            cookie.Path = "/";
            cookie.IsEssential = true;
        }
    }
}

/// <summary>Identity's sign-in, knowing that sample accounts belong to Development.</summary>
public sealed class SessionManager(
    UserManager<User> users, IHttpContextAccessor context, IUserClaimsPrincipalFactory<User> principals, IOptions<IdentityOptions> options,
    ILogger<SignInManager<User>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<User> confirmation,
    IHostEnvironment environment)
    : SignInManager<User>(users, context, principals, options, log, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(User user)
        => (!user.IsSample || environment.IsDevelopment()) && await base.CanSignInAsync(user);

    public override async Task<bool> ValidateSecurityStampAsync(User? user, string? securityStamp)
        => user is not null && await CanSignInAsync(user) && await base.ValidateSecurityStampAsync(user, securityStamp);
}

/// <summary>What a cookie or token says about its user: id, address, name, roles and security stamp.</summary>
public sealed class UserPrincipals(UserManager<User> users, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<User>(users, options)
{
    public const string Sample = "sample";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        if (user.DisplayName.Length > 0 && identity.FindFirst(identity.NameClaimType) is { } address)
        {
            identity.RemoveClaim(address);
            identity.AddClaim(new Claim(identity.NameClaimType, user.DisplayName));
        }

        foreach (var role in await UserManager.GetRolesAsync(user))
            identity.AddClaim(new Claim(identity.RoleClaimType, role));
        if (user.IsSample)
            identity.AddClaim(new Claim(Sample, "true"));
        return identity;
    }
}
