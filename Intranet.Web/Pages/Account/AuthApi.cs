using System.ComponentModel;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Intranet.Web.Pages.Account;

/// <summary>Sign-in for programs.</summary>
internal static class AuthApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Auth");
        auth.MapPost("/login", LoginAsync)
            .Accepts<LoginInput>("application/json", "application/x-www-form-urlencoded", "multipart/form-data")
            .Produces<TokenAnswer>().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithName("login").WithSummary("Sign in with address and password")
            .WithDescription("Takes JSON, or the form fields username and password. Answers with an access token for 15 minutes and a refresh token for 14 days. After five failures an account is closed for 15 minutes.");
        auth.MapPost("/refresh", RefreshAsync)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .WithName("refresh").WithSummary("Get new tokens")
            .WithDescription("Refused once the user's password or roles have changed.");
        auth.MapPost("/register", RegisterAsync)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .WithName("register").WithSummary("Make an account of one's own")
            .WithDescription("Open only while an administrator allows it. The account has the role employee.");
        auth.MapGet("/me", Me)
            .WithName("me").WithSummary("Who is signed in")
            .WithDescription("As the session or the token says. A token ends within a minute when its account is closed or gets other roles or a new password; sign in again for another.");
    }

    private static async Task<Results<Ok<TokenAnswer>, ValidationProblem, ProblemHttpResult>> LoginAsync(
        HttpRequest request, CheckPassword check, IssueTokens tokens, CancellationToken cancellation)
    {
        var input = await LoginInput.ReadAsync(request, cancellation);
        if (input is not { Name.Length: > 0, Password.Length: > 0 })
            return TypedResults.ValidationProblem(new Dictionary<string, string[]>
            {
                [input is { Name.Length: > 0 } ? "password" : "username"] = ["Send the address as username (or email), and the password."],
            });
        if (await check.RunAsync(input.Name, input.Password, cancellation) is { } user)
            return TypedResults.Ok(await tokens.RunAsync(user));
        return Refuse(request, SignInModel.Failed);
    }

    private static async Task<Results<Ok<TokenAnswer>, ValidationProblem, ProblemHttpResult>> RefreshAsync(RefreshInput input, HttpRequest request, IssueTokens tokens)
    {
        if (input.RefreshToken is not { Length: > 0 } token)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["refresh_token"] = ["Send the refresh_token of the last answer."] });
        return await tokens.RefreshAsync(token) is { } answer
            ? TypedResults.Ok(answer)
            : Refuse(request, "The refresh token is not valid any more. Sign in again.");
    }

    private static async Task<Results<Created<UserDto>, ValidationProblem, ProblemHttpResult>> RegisterAsync(
        RegistrationInput input, RegisterAccount register, CancellationToken cancellation)
    {
        if (!await register.IsOpenAsync(cancellation))
            return TypedResults.Problem("Registration is closed. Ask an administrator for an account.", statusCode: StatusCodes.Status403Forbidden);
        var (user, result) = await register.RunAsync(input.Email.Trim(), input.Name.Trim(), input.Password, cancellation);
        if (user is null)
            return TypedResults.ValidationProblem(result.Errors
                .GroupBy(error => error.Code.StartsWith("Password", StringComparison.Ordinal) ? "password" : "email")
                .ToDictionary(errors => errors.Key, errors => errors.Select(error => error.Description).ToArray()));
        return TypedResults.Created("/api/auth/me", new UserDto(user.Id, user.Email!, user.DisplayName, [Data.Accounts.Role.Employee]));
    }

    private static UserDto Me(ClaimsPrincipal user) => new(
        user.Id()!.Value, user.FindFirstValue(ClaimTypes.Email) ?? "", user.Identity?.Name ?? "", [.. user.FindAll(ClaimTypes.Role).Select(role => role.Value)]);

    private static ProblemHttpResult Refuse(HttpRequest request, string why)
    {
        request.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem(why, statusCode: StatusCodes.Status401Unauthorized);
    }
}

internal sealed record LoginInput(
    [property: Description("The e-mail address; old callers use this name for it.")] string? Username = null,
    [property: Description("The same, under its own name.")] string? Email = null,
    string? Password = null)
{
    [JsonIgnore]
    public string? Name => Username is { Length: > 0 } ? Username : Email;

    /// <exception cref="BadHttpRequestException">The body is neither JSON nor a form, or can't be read.</exception>
    public static async Task<LoginInput?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            if (!request.HasFormContentType && !request.HasJsonContentType())
                throw new BadHttpRequestException("Send JSON or a form.", StatusCodes.Status415UnsupportedMediaType);
            if (!request.HasFormContentType)
                return await request.ReadFromJsonAsync<LoginInput>(cancellation);
            var form = await request.ReadFormAsync(cancellation);
            return new LoginInput(form["username"], form["email"], form["password"]);
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException)
        {
            throw new BadHttpRequestException("The body can't be read.", failure);
        }
    }
}

internal sealed record RefreshInput([property: JsonPropertyName("refresh_token")] string? RefreshToken = null);

internal sealed record UserDto(int Id, string Email, string Name, IReadOnlyList<string> Roles);
