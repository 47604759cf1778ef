using System.Globalization;

namespace Intranet.Web.Pages.Leads;

/// <summary>Amounts as people read and type them. They are kept in the currency's minor units.</summary>
public static class Money
{
    // ISO 4217; all others have two.
    private static readonly Dictionary<string, int> Decimals = new(StringComparer.Ordinal)
    {
        ["BIF"] = 0,
        ["CLP"] = 0,
        ["DJF"] = 0,
        ["GNF"] = 0,
        ["ISK"] = 0,
        ["JPY"] = 0,
        ["KMF"] = 0,
        ["KRW"] = 0,
        ["PYG"] = 0,
        ["RWF"] = 0,
        ["UGX"] = 0,
        ["UYI"] = 0,
        ["VND"] = 0,
        ["VUV"] = 0,
        ["XAF"] = 0,
        ["XOF"] = 0,
        ["XPF"] = 0,
        ["BHD"] = 3,
        ["IQD"] = 3,
        ["JOD"] = 3,
        ["KWD"] = 3,
        ["LYD"] = 3,
        ["OMR"] = 3,
        ["TND"] = 3,
    };

    // Only signs that mean one currency.
    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal) { ["EUR"] = "€", ["GBP"] = "£", ["INR"] = "₹", ["USD"] = "US$" };

    /// <summary>How many decimals the currency has.</summary>
    public static int Digits(string currency) => Decimals.GetValueOrDefault(currency, 2);

    /// <summary>"€1,250.50" as the culture writes it, without decimals where they are zero; empty for null.</summary>
    public static string Text(long? minor, string currency, CultureInfo culture)
    {
        if (minor is not { } amount)
            return "";
        var value = Major(amount, currency);
        return Written(value, value == decimal.Truncate(value) ? 0 : Digits(currency), currency, culture);
    }

    /// <summary>The same in whole units: for sums that nobody reads to the cent.</summary>
    public static string Round(long? minor, string currency, CultureInfo culture)
        => minor is { } amount ? Written(Major(amount, currency), 0, currency, culture) : "";

    private static string Written(decimal value, int digits, string currency, CultureInfo culture)
    {
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        // A code, unlike a sign, needs room beside the number.
        format.CurrencySymbol = Signs.GetValueOrDefault(currency) ?? (format.CurrencyPositivePattern == 0 ? currency + "\u00a0" : currency);
        format.CurrencyDecimalDigits = digits;
        return value.ToString("C", format);
    }

    /// <summary>The amount in the currency's main unit.</summary>
    public static decimal Major(long minor, string currency) => minor / Power(currency);

    /// <returns>Null when it has more decimals than the currency, or is too large.</returns>
    public static long? Minor(decimal major, string currency)
        => Math.Abs(major) < 1_000_000_000_000 && major * Power(currency) is var minor && minor == decimal.Truncate(minor) ? (long)minor : null;

    private static decimal Power(string currency) => Digits(currency) switch { 0 => 1, 2 => 100, _ => 1000 };
}
