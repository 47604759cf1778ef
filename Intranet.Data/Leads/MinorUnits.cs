using System.Globalization;

namespace Intranet.Data.Leads;

/// <summary>Amounts are kept in the minor units of their currency: 12.50 EUR is 1250. Pure.</summary>
public static class MinorUnits
{
    // ISO 4217; all others have two.
    private static readonly Dictionary<string, int> Decimals = new(StringComparer.OrdinalIgnoreCase)
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0, ["RWF"] = 0, ["UGX"] = 0, ["UYI"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3,
    };

    private const decimal Most = 1_000_000_000_000;

    /// <returns>Null when it is negative, too large, or has more decimals than the currency.</returns>
    public static long? Of(decimal amount, string currency)
    {
        var minor = amount is < 0 or >= Most ? -1 : amount * Power(currency);
        return minor < 0 || minor != decimal.Truncate(minor) ? null : (long)minor;
    }

    /// <summary>As files write it: a point before the decimals.</summary>
    public static string? Text(long? minor, string currency)
        => minor is { } amount ? (amount / Power(currency)).ToString("0.###", CultureInfo.InvariantCulture) : null;

    private static decimal Power(string currency) => Decimals.GetValueOrDefault(currency, 2) switch { 0 => 1, 2 => 100, _ => 1000 };
}
