using System.Globalization;
using Bogus;

namespace Intranet.Seed;

/// <summary>Somebody as they are, before anybody types it.</summary>
internal sealed record ContactPerson(
    string Given, string Family, bool Woman, DateOnly Born, ContactCountry Country, Town Town, string Street, string Postcode,
    string Phone, string Mail, ContactCompany? Company, string Job)
{
    private static readonly string[] FreeMail = ["mail.example.com", "post.example.net", "inbox.example.org", "webmail.example.com", "home.example.net"];
    private static readonly string[] Mailboxes = ["info", "sales", "office", "contact", "hello"];

    private static readonly string[] Jobs =
    [
        "Sales Manager", "Purchasing Manager", "Managing Director", "Account Manager", "Office Manager", "Chief Executive", "Buyer",
        "Marketing Manager", "Head of IT", "Project Manager", "Consultant", "Accountant", "Operations Manager", "Software Engineer",
        "Assistant to the Board", "HR Manager", "Head of Procurement", "Logistics Coordinator", "Product Manager", "Controller",
        "Regional Sales Director", "Plant Manager", "Quality Manager", "Financial Director", "Founder", "Legal Counsel",
    ];

    public static ContactPerson Somebody(Randomizer draws, int seed, int companies)
    {
        var company = draws.Bool(0.75f) ? ContactCompanies.Of(draws.Frequent(companies, 400), seed) : null;
        var country = company is not null && draws.Bool(0.95f) ? company.Country : draws.Frequent(ContactCountry.All, 2);
        var woman = draws.Bool();
        // Some live far from where people of their name come from.
        var origin = draws.Bool(0.1f) ? draws.ArrayElement(ContactCountry.All) : country;
        var (given, family) = (origin.Given(draws, woman), origin.Family(draws));
        var town = company?.Country == country && draws.Bool(0.7f) ? company.Town : country.Town(draws);
        return new(
            given, family, woman, new DateOnly(1948, 1, 1).AddDays(draws.Number(57 * 365)), country, town, country.Street(draws), country.Postcode(draws, town),
            country.Phone(draws, office: false), Address(draws, given, family, draws.Bool(0.8f) ? company : null), company,
            company is null ? "" : draws.Frequent(Jobs, 8));
    }

    /// <summary>Another person who shares much with this one.</summary>
    public ContactPerson LookAlike(Randomizer draws, int seed, int companies)
    {
        var other = Somebody(draws, seed, companies);
        var given = Country.Given(draws, draws.Bool());
        while (given == Given)
            given = Country.Given(draws, draws.Bool());
        var home = other with { Family = Family, Country = Country, Town = Town, Street = Street, Postcode = Postcode, Phone = Country.Phone(draws, office: false) };
        switch (draws.Number(5))
        {
            case 0: // Parent or child of one name in one house.
                var years = draws.Number(22, 37);
                return home with
                {
                    Given = Given,
                    Born = Born.AddYears(Born.Year > 1978 ? -years : years).AddDays(draws.Number(1, 300)),
                    Phone = draws.Bool(0.4f) ? Phone : home.Phone,
                    Mail = Address(draws, Given, Family, other.Company),
                };
            case 1: // Twins.
                return home with { Given = given, Born = Born, Mail = Address(draws, given, Family, null), Phone = draws.Bool(0.3f) ? Phone : home.Phone };
            case 2: // A couple with one phone, some with one mailbox.
                var married = Country.Given(draws, !Woman);
                return home with { Given = married, Woman = !Woman, Phone = Phone, Mail = draws.Bool(0.2f) ? Mail : Address(draws, married, Family, null) };
            case 3: // A namesake.
                return other with { Given = Given, Family = Family, Mail = Address(draws, Given, Family, other.Company) };
            case 4 when Company is not null: // Colleagues on one line.
                return other with { Company = Company, Country = Company.Country, Town = Company.Town, Postcode = Company.Postcode, Street = Company.Street, Phone = Company.Phone, Mail = Address(draws, other.Given, other.Family, Company) };
            case 5 when Company is not null: // Colleagues behind one mailbox.
                return other with { Company = Company, Country = Company.Country, Phone = Company.Phone, Mail = $"{draws.Frequent(Mailboxes, 1)}@{Company.Domain}" };
            default: // Relatives of one family name in one town.
                return other with { Given = given, Family = Family, Country = Country, Town = Town, Phone = home.Phone, Mail = Address(draws, given, Family, null) };
        }
    }

    /// <summary>The same person some years later, or as somebody else noted them down.</summary>
    public ContactPerson Changed(Randomizer draws, int seed, int companies)
    {
        var person = this;
        if (draws.Bool(0.15f))
            person = person with { Given = draws.Nickname(Given) };
        if (draws.Bool(0.12f))
            person = person with { Given = draws.Typo(person.Given) };
        if (draws.Bool(0.15f))
            person = person with { Family = draws.Typo(Family) };
        else if (Woman && draws.Bool(0.04f))
            person = person with { Family = Country.Family(draws) };
        if (draws.Bool(0.08f))
            person = person with { Born = draws.WrongDay(Born) };
        if (draws.Bool(0.12f))
        {
            var town = Country.Town(draws);
            person = person with { Town = town, Street = Country.Street(draws), Postcode = Country.Postcode(draws, town) };
        }
        else if (draws.Bool(0.1f))
            person = person with { Street = draws.Typo(Street) };
        if (draws.Bool(0.1f))
        {
            var company = ContactCompanies.Of(draws.Frequent(companies, 400), seed);
            person = person with { Company = company, Job = draws.Frequent(Jobs, 8), Mail = Address(draws, Given, person.Family, company) };
        }
        else if (draws.Bool(0.2f))
            person = person with { Mail = Address(draws, Given, person.Family, draws.Bool() ? Company : null) };
        else if (draws.Bool(0.06f))
            person = person with { Mail = draws.Typo(Mail[..Mail.IndexOf('@', StringComparison.Ordinal)]) + Mail[Mail.IndexOf('@', StringComparison.Ordinal)..] };
        if (draws.Bool(0.18f))
            person = person with { Phone = Country.Phone(draws, office: false) };
        else if (draws.Bool(0.05f))
            person = person with { Phone = $"{Phone[..^2]}{Phone[^1]}{Phone[^2]}" };
        return draws.Bool(0.04f) ? person with { Given = person.Family, Family = person.Given } : person;
    }

    /// <summary>What somebody typed of this person. The id comes later.</summary>
    public LabelledContactRow Row(Randomizer draws, int cluster)
    {
        var shouting = draws.Bool(0.05f);
        var (line, of) = Company is not null && draws.Bool(0.2f) ? (Company.Phone, Company.Country) : (Phone, Phone == Company?.Phone ? Company.Country : Country);
        var mail = Company is not null && draws.Bool(0.03f) ? $"{draws.Frequent(Mailboxes, 1)}@{Company.Domain}" : Mail;
        var address = draws.Bool(0.7f);
        return new(
            "", Case(draws.Bool(0.03f) ? Given[..1] : Given), Case(Family),
            Known(0.88f, mail), Known(0.75f, of.Format(draws, line)), Known(0.5f, Born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            address ? Street : "", Known(0.9f, Town.Name), address ? Known(0.93f, Postcode) : "", Known(0.6f, Town.State), Known(0.85f, Country.Name),
            Known(0.9f, Written(Company?.Name ?? "")), Known(0.7f, Job), cluster);

        string Known(float often, string value) => draws.Bool(often) ? value : "";
        string Case(string name) => shouting ? name.ToUpperInvariant() : name;
        // The legal form is often left out.
        string Written(string company) => draws.Bool(0.25f) && Company is not null
            ? string.Join(' ', company.Split(' ').TakeWhile(word => !Company.Country.Legal.Contains(word) && word != "Pvt" && word != "Pty" && word != "Sp."))
            : company;
    }

    private static string Address(Randomizer draws, string given, string family, ContactCompany? company)
    {
        var (first, last) = (Ascii.Fold(given), Ascii.Fold(family));
        if (first.Length == 0 || last.Length == 0)
            (first, last) = (first + "x", last + "x");
        // Firms agree on one way, people choose their own.
        if (company is not null)
            return $"{(Draws.Hash(company.Domain) % 4) switch { 0 => $"{first[0]}.{last}", 1 => first[0] + last, 2 => $"{last}.{first}", _ => $"{first}.{last}" }}@{company.Domain}";
        var local = draws.Number(5) switch
        {
            0 => $"{first}.{last}{draws.Number(1950, 2010)}",
            1 => $"{first[0]}{last}{draws.Number(10, 9999)}",
            2 => $"{first}{draws.DigitText(5)}",
            3 => $"{last}.{first}.{draws.Number(1, 99)}",
            4 => $"{first}_{last}{draws.Number(1, 999)}",
            _ => $"{first}.{last}{draws.Number(1, 999)}",
        };
        return $"{local}@{draws.Frequent(FreeMail, 2)}";
    }
}
