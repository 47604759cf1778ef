namespace Intranet.Data.Contacts;

/// <summary>Values that anybody may give and that say nothing about who they are. Pure; the stewards' list comes on top.</summary>
public static class GenericValues
{
    // RFC 2142 and what shops and offices use besides.
    private static readonly HashSet<string> Mailboxes = new(StringComparer.Ordinal)
    {
        "abuse", "accounting", "accounts", "admin", "administrator", "billing", "bookings", "careers", "contact", "customerservice", "enquiries",
        "enquiry", "finance", "hello", "help", "helpdesk", "hostmaster", "hr", "info", "information", "inquiries", "invoice", "invoices", "it", "jobs", "kontakt",
        "mail", "marketing", "no-reply", "noreply", "donotreply", "do-not-reply", "office", "order", "orders", "postmaster", "press", "privacy", "reception",
        "reservations", "root", "sales", "security", "service", "shop", "support", "team", "webmaster",
    };

    /// <summary>Either kind by its key; no value is no generic one.</summary>
    public static bool IsGeneric(GenericValueKind kind, string? key) => key is not null && (kind == GenericValueKind.Email ? IsGenericEmail(key) : IsGenericPhone(key));

    /// <param name="emailKey">Of <see cref="Directory.TextKey.Email"/>.</param>
    public static bool IsGenericEmail(string emailKey)
    {
        var at = emailKey.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && Mailboxes.Contains(emailKey[..at]);
    }

    /// <summary>
    /// Nothing but zeros, however few, or nothing but ones, five at least: no numbering plan gives those out. What only looks invented (9999999999,
    /// 9876543210) is somebody's number in some country; shared by too many people it is found out by that.
    /// </summary>
    /// <param name="phoneKey">Of <see cref="PhoneRules.Key"/>. Short numbers such as 123456 are somebody's extension and count.</param>
    public static bool IsGenericPhone(string phoneKey)
        => phoneKey.Length > 0 && (phoneKey.All(digit => digit == '0') || (phoneKey.Length >= 5 && phoneKey.All(digit => digit == '1')));
}
