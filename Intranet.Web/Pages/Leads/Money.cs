using System.Globalization;

namespace Intranet.Web.Pages.Leads;

/// <summary>Amounts of money, which are stored in minor units: 1234 of EUR is 12.34.</summary>
public static class Money
{
    // ISO 4217: what has other than two digits after the point, of what is in use.
    private static readonly HashSet<string> NoDigits = ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
    private static readonly HashSet<string> ThreeDigits = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    private static readonly Dictionary<string, string> Symbols = new() { ["EUR"] = "€", ["GBP"] = "£", ["INR"] = "₹", ["JPY"] = "¥", ["USD"] = "$" };

    /// <summary>Digits after the point.</summary>
    public static int Digits(string currency) => NoDigits.Contains(currency) ? 0 : ThreeDigits.Contains(currency) ? 3 : 2;

    /// <summary>In whole units.</summary>
    public static decimal Amount(long minor, string currency) => minor / (decimal)Math.Pow(10, Digits(currency));

    /// <summary>"€1,234.50" as the culture writes it; nothing for null.</summary>
    public static string Text(long? minor, string currency, CultureInfo culture)
    {
        if (minor is not { } value)
            return "";
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        // A code, unlike a symbol, needs room beside the number.
        format.CurrencySymbol = Symbols.GetValueOrDefault(currency) ?? (format.CurrencyPositivePattern == 0 ? currency + "\u00A0" : currency);
        format.CurrencyDecimalDigits = Digits(currency);
        return Amount(value, currency).ToString("C", format);
    }

    /// <summary>The same without the minor units: for sums that nobody reads to the cent.</summary>
    public static string Round(long? minor, string currency, CultureInfo culture)
    {
        if (minor is not { } value)
            return "";
        var factor = (long)Math.Pow(10, Digits(currency));
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        format.CurrencySymbol = Symbols.GetValueOrDefault(currency) ?? (format.CurrencyPositivePattern == 0 ? currency + "\u00A0" : currency);
        return ((decimal)value / factor).ToString("C0", format);
    }
}
