using System.Text;
using System.Text.RegularExpressions;

namespace Intranet.Data.Contacts;

/// <summary>
/// How phone numbers are compared: as their digits, without what only says "at home" (the home country's calling code,
/// the international 00, the national trunk 0), so that +91 99999 99999, 919999999999, 09999999999 and 9999999999 are
/// one number where home is India. Formatting never matters, nor the script that the digits are written in; short numbers are numbers.
/// </summary>
public sealed partial class PhoneRules
{
    // Calling code, digits of a full national number (fewest, most), trunk prefix: ITU-T E.164 and the national plans.
    private static readonly Dictionary<string, (string Code, int Fewest, int Most, string Trunk)> Plans = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AE"] = ("971", 8, 9, "0"),
        ["AR"] = ("54", 10, 11, "0"),
        ["AT"] = ("43", 7, 13, "0"),
        ["AU"] = ("61", 9, 9, "0"),
        ["BE"] = ("32", 8, 9, "0"),
        ["BR"] = ("55", 10, 11, "0"),
        ["CA"] = ("1", 10, 10, "1"),
        ["CH"] = ("41", 9, 9, "0"),
        ["CN"] = ("86", 10, 11, "0"),
        ["CZ"] = ("420", 9, 9, ""),
        ["DE"] = ("49", 7, 12, "0"),
        ["DK"] = ("45", 8, 8, ""),
        ["EG"] = ("20", 8, 10, "0"),
        ["ES"] = ("34", 9, 9, ""),
        ["FI"] = ("358", 6, 11, "0"),
        ["FR"] = ("33", 9, 9, "0"),
        ["GB"] = ("44", 9, 10, "0"),
        ["GR"] = ("30", 10, 10, ""),
        ["HK"] = ("852", 8, 8, ""),
        ["HU"] = ("36", 8, 9, "06"),
        ["ID"] = ("62", 8, 12, "0"),
        ["IE"] = ("353", 7, 9, "0"),
        ["IL"] = ("972", 8, 9, "0"),
        ["IN"] = ("91", 10, 10, "0"),
        ["IT"] = ("39", 8, 11, ""),
        ["JP"] = ("81", 9, 10, "0"),
        ["KR"] = ("82", 8, 10, "0"),
        ["MX"] = ("52", 10, 10, ""),
        ["MY"] = ("60", 8, 10, "0"),
        ["NL"] = ("31", 9, 9, "0"),
        ["NO"] = ("47", 8, 8, ""),
        ["NZ"] = ("64", 8, 10, "0"),
        ["PK"] = ("92", 9, 10, "0"),
        ["PL"] = ("48", 9, 9, ""),
        ["PT"] = ("351", 9, 9, ""),
        ["RO"] = ("40", 9, 9, "0"),
        ["SE"] = ("46", 7, 10, "0"),
        ["SG"] = ("65", 8, 8, ""),
        ["TR"] = ("90", 10, 10, "0"),
        ["UA"] = ("380", 9, 9, "0"),
        ["US"] = ("1", 10, 10, "1"),
        ["ZA"] = ("27", 9, 9, "0"),
    };

    private readonly (string Code, int Fewest, int Most, string Trunk) home;

    /// <param name="country">ISO 3166 code of the home country.</param>
    /// <exception cref="ArgumentException">No numbering plan of that country is known.</exception>
    public PhoneRules(string country)
        => home = Plans.TryGetValue(country.Trim(), out var plan)
            ? plan
            : throw new ArgumentException($"No numbering plan is known for '{country}'. Use one of {string.Join(", ", Plans.Keys.Order(StringComparer.Ordinal))}.", nameof(country));

    /// <summary>Whether there is a digit in it, of whatever script.</summary>
    public static bool HasDigit(string phone) => phone.EnumerateRunes().Any(Rune.IsDigit);

    /// <summary>The text with 0 to 9 for the decimal digits of any script (Devanagari, Arabic, full width), and the full-width plus as one.</summary>
    public static string PlainDigits(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.EnumerateRunes())
            plain.Append(Rune.IsDigit(letter) ? ((int)Rune.GetNumericValue(letter)).ToString(System.Globalization.CultureInfo.InvariantCulture) : letter.Value == '\uFF0B' ? "+" : letter.ToString());
        return plain.ToString();
    }

    // With the plus in front of the first digit, whatever else stands there: (+49), tel:+49.
    private static (string Digits, bool IsInternational) Read(string phone)
    {
        var plain = PlainDigits(phone);
        var (first, plus) = (plain.AsSpan().IndexOfAnyInRange('0', '9'), plain.IndexOf('+', StringComparison.Ordinal));
        return (string.Concat(plain.Where(char.IsAsciiDigit)), plus >= 0 && plus < first);
    }

    /// <summary>What two spellings of one number have in common; null when there is no digit in it.</summary>
    public string? Key(string phone)
    {
        var (digits, isInternational) = Read(phone);
        if (digits.Length == 0)
            return null;
        if (!isInternational && digits.StartsWith("00", StringComparison.Ordinal) && digits.Length > 2 + home.Fewest)
            (digits, isInternational) = (digits[2..], true);
        if (digits.StartsWith(home.Code, StringComparison.Ordinal) && (isInternational || !IsNational(digits.Length)))
        {
            // +44 (0)20 …: the trunk prefix is written out of habit.
            var rest = WithoutTrunk(digits[home.Code.Length..]);
            if (IsNational(rest.Length))
                return rest;
        }

        return isInternational ? digits : WithoutTrunk(digits);
    }

    /// <summary>
    /// The keys of a number that is typed as people at home in another country write it, without calling code: of every country
    /// that has numbers as long. For looking up; nobody is the same person because of them.
    /// </summary>
    public IEnumerable<string> KeysAbroad(string phone)
    {
        var (digits, isInternational) = Read(phone);
        if (isInternational || digits.StartsWith("00", StringComparison.Ordinal))
            return [];
        return Plans.Values.Where(plan => plan.Code != home.Code)
            .Select(plan => (plan, Number: plan.Trunk.Length > 0 && digits.StartsWith(plan.Trunk, StringComparison.Ordinal) ? digits[plan.Trunk.Length..] : digits))
            .Where(of => of.Number.Length >= Math.Max(7, of.plan.Fewest) && of.Number.Length <= of.plan.Most)
            .Select(of => of.plan.Code + of.Number).Distinct();
    }

    /// <summary>
    /// The keys of all numbers in a text, in any formatting: of seven digits at least and fifteen at most (E.164). Where more digits stand
    /// beside each other ("12.05. 98200 11111"), whatever part of them may be the number.
    /// </summary>
    public IEnumerable<string> KeysIn(string text)
    {
        foreach (Match digits in Digits().Matches(PlainDigits(text)))
        {
            var parts = Part().Matches(digits.Value);
            for (var first = 0; first < parts.Count; first++)
            {
                for (var (last, length) = (first, 0); last < parts.Count; last++)
                {
                    length += parts[last].Value.Count(char.IsAsciiDigit);
                    if (length > 15)
                        break;
                    if (length >= 7 && Key(digits.Value[parts[first].Index..(parts[last].Index + parts[last].Length)]) is { } key)
                        yield return key;
                }
            }
        }
    }

    // Also with blanks, hyphens and dashes as they come from pages and letters.
    [GeneratedRegex(@"\+?[0-9](?:[\s()./\u2010-\u2015-]{0,3}[0-9])*")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\+?[0-9]+")]
    private static partial Regex Part();

    private string WithoutTrunk(string digits)
        => home.Trunk.Length > 0 && digits.StartsWith(home.Trunk, StringComparison.Ordinal) && IsNational(digits.Length - home.Trunk.Length)
            ? digits[home.Trunk.Length..]
            : digits;

    private bool IsNational(int length) => length >= home.Fewest && length <= home.Most;
}
