using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Remembers what bearer tokens say: a program sends the same one thousands of times, and to decrypt and read it again
/// costs more than most answers. Whether it is still valid is asked each time, by whoever reads the ticket. Tickets are
/// never changed; at most a thousand are kept.
/// </summary>
internal sealed class RememberedTickets(ISecureDataFormat<AuthenticationTicket> tickets) : ISecureDataFormat<AuthenticationTicket>
{
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<string, AuthenticationTicket> known = new(StringComparer.Ordinal);

    public string Protect(AuthenticationTicket data) => tickets.Protect(data);

    public string Protect(AuthenticationTicket data, string? purpose) => tickets.Protect(data, purpose);

    public AuthenticationTicket? Unprotect(string? protectedText)
    {
        if (protectedText is null)
            return null;
        if (known.TryGetValue(protectedText, out var ticket))
            return ticket;
        if (tickets.Unprotect(protectedText) is not { } read)
            return null;
        // Tokens live for minutes: most of those that are forgotten here are of no use any more.
        if (known.Count >= Most)
            known.Clear();
        return known[protectedText] = read;
    }

    /// <summary>With a purpose nothing is remembered: nobody asks often.</summary>
    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => tickets.Unprotect(protectedText, purpose);
}
