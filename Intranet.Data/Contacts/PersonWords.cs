namespace Intranet.Data.Contacts;

/// <summary>Whether texts name somebody: by address, number, id or whole name. Pure.</summary>
internal static class PersonWords
{
    // Shorter ones stand in texts about anybody.
    private const int ShortestId = 5;

    /// <summary>What tells people, each once however many rows say it: each a set of words that a text must hold all of.</summary>
    internal static IReadOnlyList<string[]> Of(IEnumerable<PersonRow> people) => [.. people.SelectMany(Of).DistinctBy(words => string.Join('\n', words), StringComparer.OrdinalIgnoreCase)];

    private static IEnumerable<string[]> Of(PersonRow person)
        => new string?[][] { [person.Email], [person.Phone], [person.ExternalId is { Length: >= ShortestId } id ? id : null], [person.FullName], [person.GivenName, person.FamilyName] }
            .Where(words => Array.TrueForAll(words, word => !string.IsNullOrWhiteSpace(word))).Select(words => Array.ConvertAll(words, word => word!));

    /// <summary>The text names one of them.</summary>
    /// <param name="people"><see cref="Of(IEnumerable{PersonRow})"/>.</param>
    internal static bool Name(IReadOnlyList<string[]> people, string text)
        => people.Any(words => Array.TrueForAll(words, word => Holds(text, word)));

    /// <summary>As a word of its own: 12345 is not found in 123456.</summary>
    internal static bool Holds(string text, string word)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length])))
                return true;
        }

        return false;
    }
}
