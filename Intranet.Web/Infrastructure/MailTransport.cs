using Intranet.Data.Mail;

namespace Intranet.Web.Infrastructure;

/// <summary>The way out of the process for a mail. Doesn't touch the message: the caller notes what became of it.</summary>
public interface IMailTransport
{
    /// <summary>Where mail goes, in words that fit after "Mail goes to".</summary>
    string Destination { get; }

    /// <summary>
    /// Sends one message to its recipients without those it was <see cref="OutboxMessage.Delivered"/> to. Gives up
    /// after a minute. What the other side does wrong is returned; only a stop throws.
    /// </summary>
    /// <exception cref="OperationCanceledException">The process stops. The other side may have taken the mail or not.</exception>
    Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellation);
}

/// <summary>What came of one attempt.</summary>
/// <param name="Result">Whether, and when, another attempt makes sense.</param>
/// <param name="Error">Why it didn't work, in words for an administrator; null when it did.</param>
/// <param name="Reached">Recipients that were served although others were refused.</param>
public sealed record Delivery(DeliveryResult Result, string? Error = null, IReadOnlyList<string>? Reached = null);

public enum DeliveryResult
{
    Sent,

    /// <summary>This message will never be taken as it is.</summary>
    Refused,

    /// <summary>Nobody is to have it any more; it was not tried.</summary>
    Unwanted,

    /// <summary>This message may be taken later; others may be taken now.</summary>
    Later,

    /// <summary>Nothing can be sent now: server down, wrong password, no TLS, disk full.</summary>
    Unavailable,
}
