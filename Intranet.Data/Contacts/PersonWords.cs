namespace Intranet.Data.Contacts;

/// <summary>Whether texts name somebody: by address, number, id or whole name. Pure.</summary>
internal sealed class PersonWords
{
    // Shorter ones stand in texts about anybody.
    private const int ShortestId = 5;

    private readonly IReadOnlyList<string[]> words;
    private readonly HashSet<string> numbers;
    private readonly PhoneRules phones;

    /// <summary>What tells people, each once however many rows say it: each a set of words that a text must hold all of, or a number in any formatting.</summary>
    internal PersonWords(IReadOnlyCollection<PersonRow> people, PhoneRules phones)
    {
        words = [.. people.SelectMany(Of).DistinctBy(words => string.Join('\n', words), StringComparer.OrdinalIgnoreCase)];
        (numbers, this.phones) = (people.Select(row => row.PhoneKey).OfType<string>().ToHashSet(StringComparer.Ordinal), phones);
    }

    internal bool AreNone => words.Count == 0 && numbers.Count == 0;

    private static IEnumerable<string[]> Of(PersonRow person)
        => new string?[][] { [person.Email], [person.Phone], [person.ExternalId is { Length: >= ShortestId } id ? id : null], [person.FullName], [person.GivenName, person.FamilyName] }
            .Where(words => Array.TrueForAll(words, word => !string.IsNullOrWhiteSpace(word))).Select(words => Array.ConvertAll(words, word => word!));

    /// <summary>The texts, taken together, name one of them.</summary>
    internal bool AreIn(params string[] texts)
        => words.Any(some => Array.TrueForAll(some, word => Array.Exists(texts, text => Holds(text, word)))) || (numbers.Count > 0 && Array.Exists(texts, text => phones.KeysIn(text).Any(numbers.Contains)));

    /// <summary>As a word of its own: 12345 is not found in 123456.</summary>
    private static bool Holds(string text, string word)
    {
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length])))
                return true;
        }

        return false;
    }
}
