namespace Intranet.Data.Contacts.Matching;

/// <summary>What is compared. The numbers are stored with a model; don't change them.</summary>
public enum MatchField
{
    GivenName = 0,
    FamilyName = 1,

    /// <summary>The name of something that isn't a person, compared word by word.</summary>
    WholeName = 2,
    BirthDate = 3,
    Email = 4,
    Phone = 5,
    Street = 6,
    City = 7,
    Postcode = 8,
    State = 9,
    Country = 10,
    Company = 11,
    JobTitle = 12,
}

public static class MatchFieldWords
{
    /// <summary>As readers know it, in the middle of a sentence: "given name".</summary>
    public static string InWords(this MatchField field) => field switch
    {
        MatchField.GivenName => "given name",
        MatchField.FamilyName => "family name",
        MatchField.WholeName => "name",
        MatchField.BirthDate => "birth date",
        MatchField.Email => "e-mail",
        MatchField.JobTitle => "job title",
        _ => field.ToString().ToLowerInvariant(),
    };
}
