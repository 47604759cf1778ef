using System.Globalization;

namespace Intranet.Data.Leads;

/// <summary>Amounts are kept in the minor units of their currency: 12.50 EUR is 1250. Pure.</summary>
public static class MinorUnits
{
    // ISO 4217; all others have two.
    private static readonly Dictionary<string, int> Decimals
        = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".Split(' ').Select(currency => (currency, 0))
            .Concat("BHD IQD JOD KWD LYD OMR TND".Split(' ').Select(currency => (currency, 3))).ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>No amount is larger. Millions of them can be added up without leaving the numbers of a database.</summary>
    public const long Largest = 9_999_999_999_999;

    /// <summary>How many decimals the currency has.</summary>
    public static int Digits(string currency) => Decimals.GetValueOrDefault(currency, 2);

    /// <summary>The amount in the currency's main unit.</summary>
    public static decimal Major(long minor, string currency) => minor / Power(currency);

    /// <returns>Null when it is negative, too large, or has more decimals than the currency.</returns>
    public static long? Of(decimal amount, string currency)
    {
        var minor = amount is < 0 or > Largest ? -1 : amount * Power(currency);
        return minor is < 0 or > Largest || minor != decimal.Truncate(minor) ? null : (long)minor;
    }

    /// <summary>
    /// An amount as people write it, "1,250.50" or "1250.5". A separator of thousands counts only where thousands are: "12,50" is no
    /// 1,250 where others write the decimals with a point.
    /// </summary>
    /// <returns>In the main unit; null where it is none in that culture's way of writing.</returns>
    public static decimal? Read(string? text, CultureInfo culture)
    {
        if (!decimal.TryParse(text, NumberStyles.Number, culture, out var amount))
            return null;
        var whole = Blanks(text!.Trim()).Split(Blanks(culture.NumberFormat.NumberDecimalSeparator))[0];
        var groups = whole.Split(Blanks(culture.NumberFormat.NumberGroupSeparator), StringSplitOptions.TrimEntries).Select(group => group.Count(char.IsAsciiDigit)).ToArray();
        // Between the first and the last, lakhs have two.
        return groups.Length == 1 || (groups[0] is >= 1 and <= 3 && groups[^1] == 3 && groups[1..].All(digits => digits is 2 or 3)) ? amount : null;
    }

    // Cultures group by blanks that nobody types.
    private static string Blanks(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    /// <summary>As files write it: a point before the decimals.</summary>
    public static string? Text(long? minor, string currency)
        => minor is { } amount ? Major(amount, currency).ToString("0.###", CultureInfo.InvariantCulture) : null;

    private static decimal Power(string currency) => Digits(currency) switch { 0 => 1, 2 => 100, _ => 1000 };
}
