using Intranet.Data.Contacts;
using Intranet.Data.Contacts.Matching;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Contacts.Duplicates;

/// <summary>An app with contacts and pairs to review.</summary>
public class ReviewApp : RunningApp
{
    /// <summary>Given name nearly equal, family name equal, city different.</summary>
    public static readonly string Evidence = new PairLevels(6UL | (7UL << 4) | (1UL << 28), 0).ToString();

    public async Task<Contact> ContactAsync(string given = "Ada", string family = "Lovelace", string? email = null, string? phone = null, string? city = null, string? street = null, int daysOld = 0)
    {
        var at = Clock.UtcNow.AddDays(-daysOld);
        var contact = new Contact { Source = "import", GivenName = given, FamilyName = family, City = city, Street = street, CreatedAt = at, UpdatedAt = at };
        contact.SetEmail(email);
        contact.SetPhone(phone, Services.GetRequiredService<PhoneRules>());
        await Database(async db =>
        {
            db.Add(contact);
            await db.SaveChangesAsync();
        });
        return contact;
    }

    public async Task<DuplicatePair> PairAsync(Contact one, Contact other, double probability = 0.9, PairCause cause = PairCause.Likeness)
    {
        var pair = DuplicatePair.Of(one.Id, other.Id, cause, probability, Evidence, Clock.UtcNow);
        await Database(async db =>
        {
            db.Add(pair);
            await db.SaveChangesAsync();
        });
        return pair;
    }

    /// <summary>A pair of two contacts that nobody else has anything to do with.</summary>
    public async Task<DuplicatePair> PairAsync(double probability = 0.9, PairCause cause = PairCause.Likeness)
    {
        var name = Given.Unique("Lovelace");
        return await PairAsync(await ContactAsync("Ada", name, daysOld: 9), await ContactAsync("Aida", name), probability, cause);
    }

    /// <summary>Runs a verb as a request would.</summary>
    public async Task<T> Do<TVerb, T>(Func<TVerb, Task<T>> act) where TVerb : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TVerb>());
    }

    public Task<ReviewGroup> GroupAsync(params DuplicatePair[] pairs) => Database(db => ReviewGroup.OfAsync(db, [.. pairs.Select(pair => pair.Id)]));
}
