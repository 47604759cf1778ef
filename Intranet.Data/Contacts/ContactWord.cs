using Intranet.Data.Directory;

namespace Intranet.Data.Contacts;

/// <summary>
/// A word that a contact is found by: of its names and its company (address and phone have keys of their own). Searching is a range of this table, so that any
/// beginning of any word is found by index on both databases.
/// </summary>
public sealed class ContactWord
{
    public const int Longest = 60;

    public string Word { get; init; } = "";
    public int ContactId { get; init; }

    /// <summary>The words of a contact, each once: folded, without case and accents.</summary>
    public static IEnumerable<string> Of(Contact contact)
        => Of(contact.GivenName, contact.FamilyName, contact.FullName, contact.Company);

    /// <summary>The words of a text as they are searched for.</summary>
    public static IEnumerable<string> Of(params string?[] texts)
        => texts.OfType<string>().SelectMany(Words).Where(word => word.Length > 0).Select(word => word.Length > Longest ? word[..Longest] : word).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Words(string text)
    {
        var folded = TextKey.Fold(text);
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            if (i < folded.Length && char.IsLetterOrDigit(folded[i]))
            {
                if (start < 0)
                    start = i;
            }
            else if (start >= 0)
            {
                yield return folded[start..i];
                start = -1;
            }
        }
    }
}
