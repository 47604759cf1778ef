namespace Intranet.Data.Mail;

/// <summary>
/// A mail that waits, was sent or failed. Saved in the transaction of what caused it; a job claims and sends it,
/// so it leaves at least once, and never twice while claims are kept.
/// </summary>
public sealed class OutboxMessage
{
    public int Id { get; private set; }

    /// <summary>The Message-ID header, fixed at creation: a repeated delivery can be recognised as the same mail.</summary>
    public string MessageId { get; init; } = $"{Guid.NewGuid():N}@intranet";

    /// <summary>What the mail is, such as poc-report or test.</summary>
    public string Kind { get; init; } = "";

    public List<string> To { get; init; } = [];
    public List<string> Cc { get; init; } = [];
    public string? ReplyTo { get; init; }
    public string Subject { get; init; } = "";
    public string Text { get; init; } = "";
    public string Html { get; init; } = "";

    /// <summary>Address or URL of the List-Unsubscribe header, where the mail is a subscription.</summary>
    public string? ListUnsubscribe { get; init; }

    /// <summary>Files; mails that are made together may share them.</summary>
    public List<OutboxAttachment> Attachments { get; init; } = [];

    /// <summary>
    /// What who wrote it could see then, in the words of the feature that wrote it: where they see something else by the time
    /// it leaves, it doesn't. Null where that is of no matter.
    /// </summary>
    public string? Sight { get; init; }

    public DateTime CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";

    public OutboxState State { get; private set; } = OutboxState.Waiting;
    public int Attempts { get; private set; }

    /// <summary>Not to be tried before this moment.</summary>
    public DateTime DueAt { get; private set; }

    /// <summary>Set while a sender holds the message; after <see cref="ClaimLasts"/> another may take it.</summary>
    public DateTime? ClaimedAt { get; private set; }
    public Guid? Claim { get; private set; }
    public DateTime? SentAt { get; private set; }
    public string? LastError { get; private set; }

    /// <summary>Recipients whose server took the mail while it refused others; a next attempt leaves them out.</summary>
    public List<string> Delivered { get; private set; } = [];

    /// <summary>Longer than any single delivery may take (the transport gives up after one minute).</summary>
    public static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(5);

    public const int MaxAttempts = 24;

    public void Sent(DateTime at)
    {
        (State, SentAt, LastError) = (OutboxState.Sent, at, null);
        Release();
    }

    /// <summary>
    /// A delivery failed. Transient failures are tried again after 1, 2, 4 … minutes, at most six hours apart,
    /// <see cref="MaxAttempts"/> times in all: for four days, so that a weekend without a mail server loses nothing.
    /// Permanent ones are not.
    /// </summary>
    public void Failed(string error, bool permanent, DateTime at)
    {
        LastError = error.Length <= 2000 ? error : error[..2000];
        State = permanent || Attempts >= MaxAttempts ? OutboxState.Failed : OutboxState.Waiting;
        var pause = TimeSpan.FromMinutes(Math.Min(Math.Pow(2, Math.Max(0, Attempts - 1)), 360));
        DueAt = at + pause;
        Release();
    }

    /// <summary>Some recipients have it; <see cref="Failed"/> says what became of the others.</summary>
    public void DeliveredTo(IEnumerable<string> recipients) => Delivered = [.. Delivered.Union(recipients)];

    /// <summary>Its sender learned that nobody is to have it any more.</summary>
    public void Withdraw(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        (State, LastError) = (OutboxState.Cancelled, reason.Length <= 2000 ? reason : reason[..2000]);
        Release();
    }

    /// <summary>The sender stops before it tried: as if the message had never been claimed.</summary>
    public void PutBack()
    {
        (State, Attempts) = (OutboxState.Waiting, Math.Max(0, Attempts - 1));
        Release();
    }

    /// <summary>
    /// Puts the message back into the queue, at once and with a full set of attempts: to all recipients if all had it, else to
    /// those who lack it.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is being sent right now (<see cref="CanResend"/>).</exception>
    public void Resend(DateTime at)
    {
        if (!CanResend)
            throw new InvalidOperationException("The message is being sent.");
        (State, Attempts, DueAt, LastError, Delivered) = (OutboxState.Waiting, 0, at, null, State == OutboxState.Sent ? [] : Delivered);
        Release();
    }

    public bool CanResend => State != OutboxState.Sending;

    public bool CanCancel => State is OutboxState.Waiting or OutboxState.Failed;

    /// <summary>Takes the message out of the queue for good, unless somebody resends it.</summary>
    /// <exception cref="InvalidOperationException">It left already, or is leaving (<see cref="CanCancel"/>).</exception>
    public void Cancel()
    {
        if (!CanCancel)
            throw new InvalidOperationException("Only a waiting or failed message can be cancelled.");
        State = OutboxState.Cancelled;
        Release();
    }

    private void Release() => (Claim, ClaimedAt) = (null, null);
}

/// <summary>A file that one mail has, or several that were made together: it is stored once.</summary>
public sealed class OutboxAttachment
{
    /// <summary>Why a mail with such a file can't be sent.</summary>
    public const string Dropped = "Its file was deleted since, so it can't be sent again.";

    public int Id { get; private set; }
    public List<OutboxMessage> Messages { get; init; } = [];
    public string FileName { get; init; } = "";
    public string ContentType { get; init; } = "";
    public byte[] Content { get; init; } = [];

    /// <summary>When its content was deleted, because all mails that had it were done with long ago.</summary>
    public DateTime? DroppedAt { get; private set; }
}

public enum OutboxState
{
    Waiting = 0,
    Sending = 1,
    Sent = 2,
    Failed = 3,
    Cancelled = 4,
}
