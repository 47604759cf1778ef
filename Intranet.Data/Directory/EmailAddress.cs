using System.Text.RegularExpressions;

namespace Intranet.Data.Directory;

/// <summary>What counts as an e-mail address. Pure.</summary>
public static partial class EmailAddress
{
    public const int MaxLength = 254;

    /// <summary>
    /// Whether mail could reach it: something before one @, at most 64 characters, and a host name of several parts
    /// after it, in any script and however its accents are written. Quoted local parts and addresses of IP numbers are refused; nobody in a company has one.
    /// </summary>
    public static bool IsPlausible(string address)
        => address.Length <= MaxLength && TextKey.Composed(address) is { Length: <= MaxLength } composed && Shape().IsMatch(composed);

    // A mark (the vowel signs of Hindi, an accent that no letter has of its own) belongs to the letter before it.
    private const string Mark = @"(?<=[\p{L}\p{M}])\p{M}";

    private const string Label = @"[\p{L}\p{N}](?:(?:[\p{L}\p{N}-]|" + Mark + @"){0,61}(?:[\p{L}\p{N}]|" + Mark + "))";

    [GeneratedRegex(@"^(?!\.)(?!.*\.\.)(?:[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]|" + Mark + @"){1,64}(?<!\.)@(?:" + Label + @"?\.)+" + Label + @"\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
