using System.Globalization;
using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>Amounts as people read them; see <see cref="MinorUnits"/> for how they are kept.</summary>
public static class Money
{
    /// <summary>Said at a column of amounts that a list is sorted by: nobody knows what they were worth in another currency.</summary>
    internal const string SortedWhatever = "sorted by the number, whatever its currency";

    // Only signs that mean one currency.
    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal) { ["EUR"] = "€", ["GBP"] = "£", ["INR"] = "₹", ["USD"] = "US$" };

    /// <summary>"€1,250.50" as the culture writes it, without decimals where they are zero; empty for null.</summary>
    public static string Text(long? minor, string currency, CultureInfo culture)
    {
        if (minor is not { } amount)
            return "";
        var value = MinorUnits.Major(amount, currency);
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        // A code, unlike a sign, needs room beside the number.
        format.CurrencySymbol = Signs.GetValueOrDefault(currency) ?? (format.CurrencyPositivePattern == 0 ? currency + "\u00a0" : currency);
        format.CurrencyDecimalDigits = value == decimal.Truncate(value) ? 0 : MinorUnits.Digits(currency);
        return value.ToString("C", format);
    }
}
