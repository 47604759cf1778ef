using Intranet.Data.Contacts;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Contacts;

/// <summary>Contacts for a test.</summary>
internal static class ContactsGiven
{
    // Ten digits that no other test has, and nobody counts up.
    internal static string Phone() => $"96{int.Parse(Given.Unique(""), System.Globalization.CultureInfo.InvariantCulture):00000000}";

    internal static string NewEmail(string word = "who") => $"{Given.Unique(word)}@shop.example";

    internal static async Task<Contact> Contact(this RunningApp app, string? given = null, string? family = null, string? email = null, string? phone = null, string? company = null, string? city = null, string source = "entry")
    {
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var contact = new Contact { Source = source, CreatedAt = app.Clock.UtcNow, UpdatedAt = app.Clock.UtcNow, GivenName = given, FamilyName = family, Company = company, City = city, ExternalId = Given.Unique("ext") };
        contact.SetEmail(email);
        contact.SetPhone(phone, app.Services.GetRequiredService<PhoneRules>());
        await app.Database(async db =>
        {
            db.Add(contact);
            await db.SaveChangesAsync();
        });
        return contact;
    }

    internal static Task<Link> Linked(this RunningApp app, Contact one, Contact other, string? detail = null)
        => app.Operation<LinkContacts, Link>(async link => (await link.RunAsync(one.Id, other.Id, LinkReason.Steward, detail, Cast.Steward.Name)).Link!);

    internal static async Task<TResult> Operation<T, TResult>(this RunningApp app, Func<T, Task<TResult>> act) where T : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <summary>The row as it is stored now.</summary>
    internal static Task<Contact> Stored(this RunningApp app, int id) => app.Database(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(
        Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AsNoTracking(db.Contacts), c => c.Id == id));
}
