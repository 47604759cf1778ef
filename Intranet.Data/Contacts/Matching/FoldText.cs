using System.Globalization;
using System.Text;

namespace Intranet.Data.Contacts.Matching;

/// <summary>Folds text into words of small letters and digits without accents, one blank between two words.</summary>
internal static class FoldText
{
    /// <summary>
    /// Apostrophes vanish (O'Connor is oconnor), <c>&amp;</c> and <c>+</c> vanish as "and" does, everything else that is no letter or
    /// digit parts words. Letters of other scripts stay as they are.
    /// </summary>
    public static string Words(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";
        foreach (var letter in text)
            if (letter > 127)
                return Words(Plain(text), new StringBuilder(text.Length));
        return text.Length <= 128 ? Ascii(text) : Words(text, new StringBuilder(text.Length));
    }

    /// <summary>The same without the blanks.</summary>
    public static string Joined(string words) => words.Contains(' ') ? words.Replace(" ", "") : words;

    private static string Ascii(string text)
    {
        Span<char> folded = stackalloc char[text.Length];
        var length = 0;
        var blank = false;
        foreach (var letter in text)
        {
            char plain;
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
                plain = letter;
            else if (char.IsAsciiLetterUpper(letter))
                plain = (char)(letter | 0x20);
            else
            {
                blank |= letter is not ('\'' or '`') && length > 0;
                continue;
            }

            if (blank)
                folded[length++] = ' ';
            blank = false;
            folded[length++] = plain;
        }

        return new string(folded[..length]);
    }

    private static string Words(string text, StringBuilder folded)
    {
        var blank = false;
        foreach (var letter in text)
        {
            if (!char.IsLetterOrDigit(letter))
            {
                blank |= letter is not ('\'' or '`' or '’' or '‘' or '´') && folded.Length > 0;
                continue;
            }

            if (blank)
                folded.Append(' ');
            blank = false;
            folded.Append(char.ToLowerInvariant(letter));
        }

        return folded.ToString();
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length + 4);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark)
                continue;
            // Letters that Unicode doesn't take apart, but that people type without their stroke.
            plain.Append(letter switch
            {
                'ß' => "ss",
                'æ' or 'Æ' => "ae",
                'œ' or 'Œ' => "oe",
                'ø' or 'Ø' => "o",
                'đ' or 'ð' or 'Đ' => "d",
                'ł' or 'Ł' => "l",
                'þ' or 'Þ' => "th",
                'ı' => "i",
                _ => null,
            } ?? letter.ToString());
        }

        return plain.ToString();
    }
}
