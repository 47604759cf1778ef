namespace Intranet.Data.Directory;

/// <summary>Cuts names, identifiers and queries into the words they are found by. Pure.</summary>
public static class SearchWords
{
    /// <summary>
    /// SecurityScanAPI is found by itself, by its parts (security, scan, api) and by neighbouring parts written
    /// together (securityscan, scanapi).
    /// </summary>
    public static IEnumerable<string> OfIdentifier(string name)
    {
        var parts = Parts(name).Select(TextKey.Fold).Where(part => part.Length > 0).ToList();
        var words = new HashSet<string>(StringComparer.Ordinal) { Cut(string.Concat(parts)) };
        // Ten parts give 55 runs; longer names are found by their first ten parts and as a whole.
        for (var from = 0; from < Math.Min(parts.Count, 10); from++)
        {
            for (var to = from + 1; to <= Math.Min(parts.Count, 10); to++)
                words.Add(Cut(string.Concat(parts[from..to])));
        }

        words.Remove("");
        return words;
    }

    /// <summary>Anne-Marie O'Brien is found by anne, marie, annemarie, obrien, o and brien.</summary>
    public static IEnumerable<string> OfName(string name)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var term in TextKey.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            words.Add(Cut(string.Concat(term.Where(char.IsLetterOrDigit))));
            words.UnionWith(Tokens(term));
        }

        words.Remove("");
        return words;
    }

    public static IEnumerable<string> OfEmployee(Employee employee)
        => OfEmployee(employee.FirstName, employee.LastName, employee.EmailId, employee.ChatUserName, employee.EmpId);

    public static IEnumerable<string> OfEmployee(string firstName, string lastName, string emailId, string chatUserName, string empId)
    {
        var email = TextKey.Fold(emailId);
        var words = new HashSet<string>(OfName(firstName), StringComparer.Ordinal);
        words.UnionWith(OfName(lastName));
        words.UnionWith(Tokens(email.Split('@')[0]));
        words.Add(Cut(email));
        words.Add(Cut(TextKey.Fold(chatUserName)));
        words.UnionWith(Tokens(TextKey.Fold(chatUserName)));
        words.Add(Cut(TextKey.Fold(empId)));
        words.Remove("");
        return words;
    }

    /// <summary>The words of a query: each must be the beginning of some word of the thing found.</summary>
    public static IReadOnlyList<string> OfQuery(string query)
    {
        var words = new List<string>();
        foreach (var term in TextKey.Fold(query).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // An address or a user name is looked up as it stands; other punctuation only separates.
            if (term.Contains('@', StringComparison.Ordinal) && term.Length > 1)
                words.Add(Cut(term.TrimStart('@')));
            else
                words.AddRange(Tokens(term.Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal)));
        }

        // Longest first: it narrows most. More than six words tell nothing new.
        return [.. words.Where(word => word.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(word => word.Length).Take(6)];
    }

    private static IEnumerable<string> Tokens(string folded)
    {
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            var inside = i < folded.Length && char.IsLetterOrDigit(folded[i]);
            if (inside && start < 0)
                start = i;
            if (!inside && start >= 0)
            {
                yield return Cut(folded[start..i]);
                start = -1;
            }
        }
    }

    private static IEnumerable<string> Parts(string name)
    {
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i == name.Length || IsBoundary(name, i))
            {
                var part = string.Concat(name[start..i].Where(char.IsLetterOrDigit));
                if (part.Length > 0)
                    yield return part;
                start = i;
            }
        }
    }

    // aB | ABc (before the B) | separator on either side
    private static bool IsBoundary(string name, int i)
        => !char.IsLetterOrDigit(name[i]) || !char.IsLetterOrDigit(name[i - 1])
            || (char.IsUpper(name[i]) && char.IsLower(name[i - 1]))
            || (char.IsUpper(name[i]) && char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1]));

    private static string Cut(string word) => word.Length <= SearchWord.MaxLength ? word : word[..SearchWord.MaxLength];
}
