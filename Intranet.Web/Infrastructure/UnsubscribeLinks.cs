using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Addresses by which somebody leaves a mailing without signing in; they end with the number of whom they take off. Rows of
/// the outbox hold them without their key, which opens nothing; the key is made when a mail leaves and is stored nowhere.
/// </summary>
public sealed class UnsubscribeLinks(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("unsubscribe");

    /// <summary>Whom such a link takes off, null when it is no such link.</summary>
    public static int? RecipientOf(string? address)
        => address?.LastIndexOf('/') is >= 0 and var at && int.TryParse(address[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var recipient) ? recipient : null;

    /// <summary>The address with its key; null when it is no such link.</summary>
    public string? WithKey(string address)
        => RecipientOf(address) is { } recipient ? $"{address}?key={protector.Protect(Text(recipient))}" : null;

    /// <summary>Whether the key was made for this recipient.</summary>
    public bool IsKeyOf(int recipient, string? key)
    {
        if (key is not { Length: > 0 and <= 1000 })
            return false;
        try
        {
            return protector.Unprotect(key) == Text(recipient);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string Text(int recipient) => recipient.ToString(CultureInfo.InvariantCulture);
}
