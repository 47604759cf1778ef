using System.Text.RegularExpressions;
using Intranet.Data.Contacts.Matching;
using Intranet.Data.Directory;

namespace Intranet.Data.Imports.Kinds;

/// <summary>
/// What columns of people from anywhere mean where they are called otherwise than we call them: "Work e-mail", "contact_first_name",
/// "Phone 1", fname beside lname. Names are believed only as far as the values agree. Pure.
/// </summary>
internal static partial class ContactColumnNames
{
    private const string Id = "Id", Given = "GivenName", Family = "FamilyName", Email = "Email", Phone = "Phone", BirthDate = "BirthDate", HouseNumber = "HouseNumber",
        Street = "Street", StreetLine2 = "StreetLine2", Postcode = "Postcode", JobTitle = "JobTitle";

    // Say whose it is or which of several, and not what it is.
    private static readonly HashSet<string> Qualifiers = new(StringComparer.Ordinal)
    {
        "contact", "customer", "cust", "client", "person", "personal", "member", "user", "voter", "patient", "guest", "subscriber", "donor", "applicant", "respondent",
        "resident", "res", "residence", "residential", "primary", "main", "work", "office", "business", "company", "home", "private", "legal", "permanent", "current",
    };

    // Where letters go need not be where somebody lives: only where nothing else says that.
    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal) { "mail", "mailing", "postal", "billing", "delivery", "shipping" };

    // How a database calls it, besides what it is: state_cd, res_city_desc.
    private static readonly HashSet<string> Forms = new(StringComparer.Ordinal) { "desc", "descr", "description", "code", "label", "lbl", "text", "txt", "value", "val" };

    private static readonly Dictionary<string, string> WrittenOut = new(StringComparer.Ordinal)
    {
        ["nbr"] = "number",
        ["num"] = "number",
        ["nr"] = "number",
        ["cd"] = "code",
        ["dt"] = "date",
        ["addr"] = "address",
        ["yr"] = "year",
        ["reg"] = "registration",
    };

    // Say something about an address or number, and are none.
    private static readonly HashSet<string> About = new(StringComparer.Ordinal) { "id", "type", "kind", "code", "status", "flag", "count", "date", "area", "extension", "ext" };

    private static readonly HashSet<string> Salutations = new(StringComparer.OrdinalIgnoreCase) { "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "madam", "herr", "frau", "rev" };

    /// <param name="fields">Changed in place; a field is given to one column at most.</param>
    internal static void Recognise(ImportKind kind, IReadOnlyList<string> headers, List<string> fields, IReadOnlyList<RawRow> below)
    {
        var keys = headers.Select(ImportField.Key).ToList();
        // Before a surname it is a form of address, not a job.
        var salutation = keys.FindIndex(key => key == "title");
        if (salutation >= 0 && (Values(salutation).Count == 0 || !Values(salutation).TrueForAll(value => Salutations.Contains(value.TrimEnd('.')))))
            salutation = -1;
        if (salutation >= 0)
            fields[salutation] = "";
        // "fname, lname" are first and last; "gname, fname" are given and family.
        Give(keys.IndexOf("fname"), fields.Contains(Given) ? Family : Given);
        // Beside an id a plain number is the house's, if there is a street.
        if (fields.Contains(Street))
            Give(keys.FindIndex(key => key is "number" or "no" or "nr"), HouseNumber);
        // Of several the one that is called most like the field, and that says it of the person.
        var meanings = headers.Select((header, i) => (Column: i, Meaning: IsNumberToReach(header) && LooksLike(Phone, Values(i)) ? new Meaning(Phone, 100, IsPlain: false) : MeaningOf(kind, header)))
            .Where(one => one.Column != salutation && one.Meaning is { } meaning && fields[one.Column].Length == 0 && LooksLike(meaning.Field, Values(one.Column)))
            .OrderBy(one => one.Meaning!.Rank).ThenBy(one => one.Column).ToList();
        foreach (var (column, meaning) in meanings)
        {
            // The state before the county, whichever of them is called plainly.
            var better = fields.IndexOf(meaning!.Field);
            if (better >= 0 && meaning.IsPlain && MeaningOf(kind, headers[better])?.Rank > meaning.Rank)
                fields[better] = "";
            Give(column, meaning.Field);
        }

        // A second line belongs to its first: not that of the letters to the street of the house.
        var (street, second) = (fields.IndexOf(Street), fields.IndexOf(StreetLine2));
        if (street >= 0 && second >= 0 && IsElsewhere(headers[street]) != IsElsewhere(headers[second]))
            fields[second] = "";

        // Called by no name we know, but nothing else looks like an address or like a written-out number.
        for (var i = 0; i < headers.Count; i++)
        {
            var values = Values(i);
            if (fields[i].Length > 0 || values.Count == 0)
                continue;
            if (values.TrueForAll(EmailAddress.IsPlausible))
                Give(i, Email);
            else if (values.TrueForAll(value => value[0] is '+' or '(' && value.Count(char.IsAsciiDigit) is >= 7 and <= 15 && !value.Any(char.IsLetter)))
                Give(i, Phone);
        }

        void Give(int column, string field)
        {
            if (column >= 0 && fields[column].Length == 0 && !fields.Contains(field))
                fields[column] = field;
        }

        List<string> Values(int column) => [.. below.Where(row => column < row.Cells.Count).Select(row => row.Cells[column].Trim()).Where(value => value.Length > 0)];
    }

    /// <param name="Rank">How far the header is from the field's own name: what is called more like it is smaller.</param>
    /// <param name="IsPlain">It says nothing of whose it is.</param>
    private sealed record Meaning(string Field, int Rank, bool IsPlain);

    private static Meaning? MeaningOf(ImportKind kind, string header)
    {
        var words = WordsOf(header);
        // "Phone 1", "address_line_1" are the first of several.
        if (words.Count > 1 && words[^1] == "1")
            words.RemoveAt(words.Count - 1);
        for (var from = 0; from < words.Count; from++)
        {
            for (var to = words.Count; to > from; to--)
            {
                var key = string.Concat(words[from..to]);
                if (kind.Fields.FirstOrDefault(field => field.Keys.Contains(key)) is { } field)
                    return new Meaning(field.Name, field.Keys.ToList().IndexOf(key) + (words.Exists(Elsewhere.Contains) ? 50 : 0), from == 0);
                if (!Forms.Contains(words[to - 1]))
                    break;
            }

            if (!Qualifiers.Contains(words[from]) && !Elsewhere.Contains(words[from]))
                break;
        }

        var held = words.Contains("email") || words.Contains("mail") ? Email
            : words.Contains("phone") || words.Contains("telephone") || words.Contains("mobile") ? Phone
            : words.Contains("postcode") || words.Contains("zip") ? Postcode
            : null;
        return held is null || words.Exists(About.Contains) ? null : new Meaning(held, 100, IsPlain: false);
    }

    // "Contact number" is one to call as often as one of a list; the values tell.
    private static bool IsNumberToReach(string header)
        => WordsOf(header) is ["contact" or "home" or "work" or "office" or "business", "number" or "no"];

    private static bool IsElsewhere(string header) => WordsOf(header).Exists(Elsewhere.Contains);

    private static List<string> WordsOf(string header)
        => [.. Word().Matches(header).Select(word => word.Value.ToLowerInvariant()).Select(word => WrittenOut.GetValueOrDefault(word, word))];

    private static bool LooksLike(string field, List<string> values) => values.Count > 0 && field switch
    {
        Email => values.Most(value => value.Contains('@', StringComparison.Ordinal)),
        Phone => values.Most(value => value.Count(char.IsAsciiDigit) >= 7 && value.Count(char.IsLetter) <= 3),
        Postcode => values.Most(value => value.Any(char.IsAsciiDigit) && value.Length <= 12),
        BirthDate => values.Most(value => Birth.Parse(value) != 0),
        // An id that is shared would refuse rows: only plain numbers and codes, none twice.
        Id => values.Distinct(StringComparer.OrdinalIgnoreCase).Count() == values.Count,
        HouseNumber => values.Most(value => value.Any(char.IsAsciiDigit)),
        // The number of a city in somebody's table is no city.
        _ => values.Most(value => value.Any(char.IsLetter)),
    };

    private static bool Most(this List<string> values, Predicate<string> looks) => values.FindAll(looks).Count * 2 > values.Count;

    // Runs of letters or of digits; a capital begins a new one: workEmail1, WORK_EMAIL_1.
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|[0-9]+")]
    private static partial Regex Word();
}
