using System.Collections.Frozen;

namespace Intranet.Data.Contacts.Matching;

/// <summary>An e-mail address in parts.</summary>
internal readonly record struct EmailParts(string Local, string Domain, bool IsGeneric, bool IsFreeMail)
{
    private static readonly FrozenSet<string> Generic = new[]
    {
        "info", "sales", "office", "contact", "contacts", "hello", "mail", "email", "admin", "administrator", "support", "service", "services",
        "help", "helpdesk", "team", "enquiries", "inquiries", "enquiry", "inquiry", "noreply", "no-reply", "donotreply", "accounts",
        "accounting", "billing", "invoice", "invoices", "finance", "hr", "jobs", "careers", "marketing", "press", "media", "reception",
        "kontakt", "buero", "post", "postmaster", "webmaster", "hostmaster", "root", "abuse", "general", "secretary", "secretariat",
        "customerservice", "orders", "order", "shop", "store", "reservations", "booking", "bookings", "welcome", "company", "all", "staff",
        "bonjour", "commercial", "ventas", "vertrieb", "einkauf", "personal", "test", "none", "na", "unknown", "xxx",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Free = new[]
    {
        "gmail.com", "googlemail.com", "yahoo.com", "ymail.com", "hotmail.com", "outlook.com", "live.com", "msn.com", "aol.com", "icloud.com",
        "me.com", "mac.com", "proton.me", "protonmail.com", "gmx.de", "gmx.net", "gmx.com", "gmx.at", "web.de", "t-online.de", "freenet.de",
        "mail.com", "mail.ru", "yandex.ru", "yandex.com", "orange.fr", "free.fr", "laposte.net", "wanadoo.fr", "sfr.fr", "libero.it",
        "virgilio.it", "hotmail.co.uk", "yahoo.co.uk", "btinternet.com", "sky.com", "hotmail.fr", "yahoo.fr", "yahoo.de", "hotmail.de",
        "yahoo.co.in", "rediffmail.com", "bigpond.com", "optusnet.com.au", "comcast.net", "verizon.net", "att.net", "sbcglobal.net",
        "qq.com", "163.com", "example.com", "example.org", "example.net",
    }.ToFrozenSet();

    /// <summary>Local part and domain without case; a plus-address stays a different one. Empty parts for what has no @.</summary>
    public static EmailParts Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new("", "", false, false);
        var address = text.Trim().ToLowerInvariant();
        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1)
            return new("", "", false, false);
        var (local, domain) = (address[..at], address[(at + 1)..]);
        return new(local, domain, Generic.Contains(local), Free.Contains(domain));
    }
}
