using Intranet.Data.Mail;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// What a feature has to say about its mails at the moment they leave, which may be days after they were written: whether
/// they still may.
/// </summary>
public interface ILeavingMail
{
    /// <summary>Which mails, by <see cref="OutboxMessage.Kind"/>.</summary>
    string Kind { get; }

    /// <returns>Why nobody is to have it any more, in words for an administrator; null when it may leave.</returns>
    Task<string?> RefusalAsync(OutboxMessage message, CancellationToken cancellation);
}
