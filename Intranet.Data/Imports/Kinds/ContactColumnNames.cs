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
        Street = "Street", Postcode = "Postcode", JobTitle = "JobTitle";

    // Say whose it is or which of several, and not what it is.
    private static readonly HashSet<string> Qualifiers = new(StringComparer.Ordinal)
    {
        "contact", "customer", "client", "person", "personal", "member", "user", "primary", "main", "work", "office", "business", "company", "home", "private",
        "mailing", "postal", "current",
    };

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
        for (var i = 0; i < headers.Count; i++)
        {
            if (i != salutation && fields[i].Length == 0 && MeaningOf(kind, headers[i]) is { } field && LooksLike(field, Values(i)))
                Give(i, field);
        }

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

    private static string? MeaningOf(ImportKind kind, string header)
    {
        var words = Word().Matches(header).Select(word => word.Value.ToLowerInvariant()).ToList();
        // "Phone 1", "address_line_1" are the first of several.
        if (words.Count > 1 && words[^1] == "1")
            words.RemoveAt(words.Count - 1);
        for (var from = 0; from < words.Count; from++)
        {
            var key = string.Concat(words.Skip(from));
            if (kind.Fields.FirstOrDefault(field => field.Keys.Contains(key)) is { } field)
                return field.Name;
            if (!Qualifiers.Contains(words[from]))
                break;
        }

        return words.Contains("email") || words.Contains("mail") ? Email
            : words.Contains("phone") || words.Contains("telephone") || words.Contains("mobile") ? Phone
            : words.Contains("postcode") || words.Contains("zip") ? Postcode
            : null;
    }

    private static bool LooksLike(string field, List<string> values) => values.Count > 0 && field switch
    {
        Email => values.Most(value => value.Contains('@', StringComparison.Ordinal)),
        Phone => values.Most(value => value.Count(char.IsAsciiDigit) >= 5 && value.Count(char.IsLetter) <= 3),
        Postcode => values.Most(value => value.Any(char.IsAsciiDigit) && value.Length <= 12),
        BirthDate => values.Most(value => Birth.Parse(value) != 0),
        // An id that is shared would refuse rows: only plain numbers and codes, none twice.
        Id => values.Distinct(StringComparer.OrdinalIgnoreCase).Count() == values.Count,
        _ => true,
    };

    private static bool Most(this List<string> values, Predicate<string> looks) => values.FindAll(looks).Count * 2 > values.Count;

    // Runs of letters or of digits; a capital begins a new one: workEmail1, WORK_EMAIL_1.
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|[0-9]+")]
    private static partial Regex Word();
}
