using Intranet.Data.Contacts;
using Intranet.Web.Pages.Contacts.Duplicates;

namespace Intranet.Web.Pages.Contacts;

public static class ContactsRegistration
{
    private const string DefaultHome = "IN";

    /// <exception cref="InvalidOperationException">The configuration is wrong; the message says what to change.</exception>
    public static void AddContacts(this WebApplicationBuilder builder)
    {
        // Made now, so that a wrong value stops the start.
        builder.Services.AddSingleton(Phones(builder.Configuration["Contacts:HomeCountry"]));
        builder.Services.AddSingleton(Limits(builder.Configuration["Contacts:MostPeoplePerValue"]));
        builder.Services.AddScoped<Identify>();
        builder.Services.AddScoped<LinkContacts>();
        builder.Services.AddScoped<ConnectContacts>();
        builder.Services.AddScoped<SaveContact>();
        builder.Services.AddScoped<CutLink>();
        builder.Services.AddScoped<SeparateContacts>();
        builder.Services.AddScoped<DeleteContact>();
        builder.Services.AddScoped<ScanDuplicates>();
        builder.Services.AddSingleton<ArrivalIndex>();
        builder.Services.AddScoped<CompareArrival>();
        builder.Services.AddScoped<ClaimGroup>();
        builder.Services.AddScoped<DecidePairs>();
        builder.Services.AddScoped<UndoDecision>();
        builder.Services.AddScoped<ReadReview>();
        builder.Services.AddScoped<EraseContact>();
        builder.Services.AddScoped<TakeBackSeparation>();
    }

    private static PhoneRules Phones(string? country)
    {
        try
        {
            return new PhoneRules(string.IsNullOrWhiteSpace(country) ? DefaultHome : country);
        }
        catch (ArgumentException failure)
        {
            throw new InvalidOperationException($"Contacts:HomeCountry: {failure.Message}", failure);
        }
    }

    private static IdentifyLimits Limits(string? most)
        => string.IsNullOrWhiteSpace(most) ? new IdentifyLimits()
            : int.TryParse(most, out var people) && people > 0 ? new IdentifyLimits(people)
            : throw new InvalidOperationException($"Contacts:MostPeoplePerValue is '{most}'. Use a whole number from 1, or leave it out for 100.");
}
