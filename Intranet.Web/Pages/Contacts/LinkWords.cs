using Intranet.Data.Contacts;

namespace Intranet.Web.Pages.Contacts;

/// <summary>Why two contacts are one person, in words.</summary>
public static class LinkWords
{
    public static string Of(LinkReason reason, string? detail) => (reason, detail) switch
    {
        (LinkReason.Email, null) => "the same e-mail address",
        (LinkReason.Email, _) => $"the same e-mail address, {detail}",
        (LinkReason.Phone, null) => "the same phone number",
        (LinkReason.Phone, _) => $"the same phone number, {detail}",
        (LinkReason.Together, null) => "address and number were given together",
        (LinkReason.Together, _) => $"address and number were given together: {detail}",
        (LinkReason.Steward, null) => "a steward said so",
        (LinkReason.Steward, _) => $"a steward said so: {detail}",
        (LinkReason.Automatic, null) => "very likely by comparison",
        _ => $"very likely by comparison: {detail}",
    };
}
