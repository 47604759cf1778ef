using Intranet.Data.Directory;

namespace Intranet.Data.Imports.Kinds;

/// <summary>Addresses in one cell, separated by ; or , or blanks. Pure.</summary>
internal static class Stakeholders
{
    internal static List<string> Parse(string cell)
        => [.. cell.Split([';', ',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).DistinctBy(TextKey.Email)];

    internal static string InWords(IEnumerable<string> addresses) => string.Join("; ", addresses);

    /// <summary>Refuses addresses that are none; compares the rest as one text.</summary>
    internal static void Compare(RowMeaning meaning, string field, IEnumerable<string>? known, string cell)
    {
        var addresses = Parse(cell);
        foreach (var address in addresses.Where(address => !EmailAddress.IsPlausible(address)))
            meaning.Refuse(field, $"{address} is not an e-mail address. Separate addresses with a semicolon.");
        meaning.Compare(field, known is null ? null : InWords(known), InWords(addresses));
    }
}
