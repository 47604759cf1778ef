using System.Globalization;
using System.Text;

namespace Intranet.Seed;

/// <summary>Names as they stand in an address.</summary>
internal static class Ascii
{
    /// <summary>
    /// Lower-case a to z only: accents are dropped, letters that don't decompose are spelled (ß as ss), spaces, hyphens and
    /// apostrophes go. Refuses other scripts: dropping those letters would leave nothing.
    /// </summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var character in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetter(character))
                folded.Append(char.ToLowerInvariant(character));
            else if (char.IsLetter(character) && CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.ModifierLetter)
                folded.Append(Spell(character) ?? throw new ArgumentException($"No spelling for '{character}' in \"{name}\"."));
        }
        return folded.ToString();
    }

    private static string? Spell(char letter) => char.ToLowerInvariant(letter) switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'ł' => "l",
        'đ' or 'ð' => "d",
        'ı' => "i",
        _ => null,
    };
}
