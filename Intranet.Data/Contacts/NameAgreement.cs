using Intranet.Data.Contacts.Matching;

namespace Intranet.Data.Contacts;

/// <summary>
/// Whether two rows that share an address or a number may be one person as far as their names and birth dates say. Pure. A
/// family's phone, an office line and twins share a value and have clearly different names.
/// </summary>
public static class NameAgreement
{
    // Jaro–Winkler: "jhon" and "john" reach it, "joan" and "john" don't.
    private const double Alike = 0.92;

    public readonly record struct Who(string? Given, string? Family, string? Full, string? Birth);

    /// <summary>
    /// True where both sides carry names (or birth dates) and these are not two spellings of one: equal, a typing error, a short
    /// form, an initial, given and family name swapped. What a side doesn't carry says nothing.
    /// </summary>
    public static bool ClearlyDiffer(in Who one, in Who other)
    {
        if (Birth.Parse(one.Birth) is var a and not 0 && Birth.Parse(other.Birth) is var b and not 0 && CompareValues.Births(a, b) <= 1)
            return true;
        var (first, second) = (NameParts.Parse(one.Given, one.Family, one.Full), NameParts.Parse(other.Given, other.Family, other.Full));
        return !Fit(first.Given, second.Given, first.Family, second.Family) && !Fit(first.Given, second.Family, first.Family, second.Given, swapped: true);
    }

    /// <summary>Whether a name is given at all; a birth date alone is none.</summary>
    public static bool IsNamed(Who one) => !string.IsNullOrWhiteSpace(one.Given) || !string.IsNullOrWhiteSpace(one.Family) || !string.IsNullOrWhiteSpace(one.Full);

    /// <summary>
    /// The same of people, by what is known of all their rows: true where two of their names clearly differ and no two are the same.
    /// So a person keeps together who was linked under two names, and a row without a name doesn't join those who differ.
    /// </summary>
    public static bool ClearlyDiffer(IReadOnlyCollection<Who> ones, IReadOnlyCollection<Who> others)
    {
        var differ = false;
        foreach (var one in ones)
        {
            foreach (var other in others)
            {
                if (ClearlyDiffer(one, other))
                    differ = true;
                else if (Words(one) is { Length: > 0 } words && words == Words(other))
                    return false;
            }
        }

        return differ;
    }

    private static string Words(in Who who)
        => NameParts.Parse(who.Given, who.Family, who.Full) is { Given.Length: > 0, Family.Length: > 0 } name ? $"{string.Join(' ', name.Given)}, {string.Join(' ', name.Family)}" : "";

    private static bool Fit(string[] a, string[] b, string[] c, string[] d, bool swapped = false)
        => swapped ? a.Length > 0 && b.Length > 0 && c.Length > 0 && d.Length > 0 && Fit(a, b) && Fit(c, d)
            : Fit(a, b) && Fit(c, d);

    private static bool Holds(string[] words, string first) => first.Length > 2 && words.Contains(first);

    private static bool Fit(string[] a, string[] b)
    {
        if (a.Length == 0 || b.Length == 0)
            return true;
        var (joined, other) = (string.Concat(a), string.Concat(b));
        if (joined == other || TextDistance.JaroWinkler(joined, other) > Alike || Nicknames.Share(Nicknames.GroupsOf(a[0]), Nicknames.GroupsOf(b[0])))
            return true;
        if (a[0].Length == 1 || b[0].Length == 1)
            return a[0][0] == b[0][0];
        // Known by the second name, or one of two family names; a middle name that both have says too little.
        return Holds(a, b[0]) || Holds(b, a[0]);
    }
}
