using System.Text.RegularExpressions;

namespace Intranet.Data.Directory;

/// <summary>What counts as an e-mail address. Pure.</summary>
public static partial class EmailAddress
{
    public const int MaxLength = 254;

    /// <summary>
    /// Whether mail could reach it: something before one @, at most 64 characters, and a host name of several parts
    /// after it. Quoted local parts and addresses of IP numbers are refused; nobody in a company has one.
    /// </summary>
    public static bool IsPlausible(string address) => address.Length <= MaxLength && Shape().IsMatch(address);

    [GeneratedRegex(@"^(?!\.)(?!.*\.\.)[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}(?<!\.)@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
