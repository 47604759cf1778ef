using Intranet.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Support;

/// <summary>Who appears in the tests; present in every app that runs.</summary>
public static class Cast
{
    public const string Password = "Correct-Horse-42-Battery";

    /// <summary>Emma, who has no role beyond being signed in.</summary>
    public static readonly Person Employee = new("Emma Employee", "emma@cast.example", Role.Employee);

    /// <summary>Stella keeps the directory.</summary>
    public static readonly Person Steward = new("Stella Steward", "stella@cast.example", Role.Steward);

    /// <summary>Karl owns leads.</summary>
    public static readonly Person Kam = new("Karl Kam", "karl@cast.example", Role.Kam);

    /// <summary>Kora owns others.</summary>
    public static readonly Person OtherKam = new("Kora Kam", "kora@cast.example", Role.Kam);
    public static readonly Person SalesLead = new("Lena Lead", "lena@cast.example", Role.SalesLead);
    public static readonly Person Administrator = new("Ada Admin", "ada@cast.example", Role.Administrator);

    /// <summary>Somebody who isn't signed in.</summary>
    public static readonly Person Stranger = new("", "", "");

    public static readonly IReadOnlyList<Person> All = [Employee, Steward, Kam, OtherKam, SalesLead, Administrator];

    internal static Task CreateAsync(IServiceProvider services) => CreateAsync(services, [.. All]);

    internal static async Task CreateAsync(IServiceProvider services, params Person[] people)
    {
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        foreach (var person in people)
        {
            var user = new User { UserName = person.Email, Email = person.Email, EmailConfirmed = true, DisplayName = person.Name, CreatedAt = FakeClock.Start.UtcDateTime };
            Check(await users.CreateAsync(user, Password));
            Check(await users.AddToRolesAsync(user, new[] { Role.Employee, person.Role }.Distinct()));
        }

        static void Check(IdentityResult result)
        {
            if (!result.Succeeded)
                throw new InvalidOperationException(string.Join(" ", result.Errors.Select(error => error.Description)));
        }
    }
}

/// <param name="Role">The most this person may do; everyone has the role employee as well.</param>
public sealed record Person(string Name, string Email, string Role)
{
    public override string ToString() => Name.Length == 0 ? "a stranger" : Name;
}
