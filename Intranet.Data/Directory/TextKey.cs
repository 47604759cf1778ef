using System.Globalization;
using System.Text;

namespace Intranet.Data.Directory;

/// <summary>
/// Keys for comparing text. They are stored in columns of their own because the two databases disagree about
/// case, accents and trailing blanks; a key compares the same everywhere, byte by byte.
/// </summary>
public static class TextKey
{
    /// <summary>Two names are the same when only blanks around them and letter case differ.</summary>
    public static string Name(string name) => name.Trim().ToLowerInvariant();

    /// <summary>An e-mail address is compared trimmed, without case, and composed; dots and plus-addresses stay distinct.</summary>
    public static string Email(string address) => Composed(address).Trim().ToLowerInvariant();

    /// <summary>
    /// Letters with their marks as one sign where Unicode has one (NFC): some systems write ü as u with two dots, and it is the same
    /// text. What is no text, halves of letters, becomes the sign for that.
    /// </summary>
    public static string Composed(string text)
        => Ascii.IsValid(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Normalize(NormalizationForm.FormC);

    /// <summary>
    /// The company's number. Numbers compare as numbers (spreadsheets drop leading zeros: 0042 and 42 are one
    /// employee) and sort before anything else; other codes compare without case.
    /// </summary>
    public static string EmpId(string empId)
    {
        var text = empId.Trim().ToUpperInvariant();
        return text.Length is > 0 and <= 20 && text.All(char.IsAsciiDigit) ? text.PadLeft(20, '0') : text;
    }

    /// <summary>Folds text for sorting and searching: lower case, no accents, single blanks. ß becomes ss, ø o, ł l.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var blank = false;
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Control)
                continue;
            if (char.IsWhiteSpace(letter))
            {
                blank = folded.Length > 0;
                continue;
            }

            if (blank)
                folded.Append(' ');
            blank = false;
            folded.Append(Plain(char.ToLowerInvariant(letter)));
        }

        return folded.ToString();
    }

    // Letters that Unicode doesn't decompose, but that people type without their stroke.
    private static string Plain(char letter) => letter switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' or 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        _ => letter.ToString(),
    };
}
