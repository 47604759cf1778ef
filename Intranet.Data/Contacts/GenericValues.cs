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
        "reservations", "root", "sales", "security", "service", "shop", "support", "team", "test", "webmaster",
    };

    /// <param name="emailKey">Of <see cref="Directory.TextKey.Email"/>.</param>
    public static bool IsGenericEmail(string emailKey)
    {
        var at = emailKey.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && Mailboxes.Contains(emailKey[..at]);
    }

    /// <summary>One digit over and over (0000000000), or counted up or down from end to end (1234567890).</summary>
    /// <param name="phoneKey">Of <see cref="PhoneRules.Key"/>. Short numbers such as 123456 are somebody's extension and count.</param>
    public static bool IsGenericPhone(string phoneKey)
        => phoneKey.Length >= 5 && phoneKey.All(digit => digit == phoneKey[0])
            || phoneKey.Length >= 8 && ("01234567890123456789".Contains(phoneKey, StringComparison.Ordinal) || "98765432109876543210".Contains(phoneKey, StringComparison.Ordinal));
}
