using Intranet.Data.Accounts;
using Intranet.Data.Auditing;

namespace Intranet.Data.Reports;

/// <summary>
/// A list that is mailed again and again, as its owner may see it then. It holds the list itself, not a saved view: what
/// becomes of a view later changes nothing here unseen.
/// </summary>
public sealed class Subscription : IAudited, IVersioned
{
    /// <summary>After so many failures in a row it is tried once a day.</summary>
    public const int MostFailures = 8;

    /// <summary>Why it is paused when the last one left.</summary>
    public const string NobodyLeft = "Everybody has unsubscribed.";

    /// <summary>From one time that somebody asks for it to the next.</summary>
    public static readonly TimeSpan AskPause = TimeSpan.FromMinutes(10);

    /// <summary>After so many starts in a row of which none came to an end it is left alone.</summary>
    public const int MostStarts = 3;

    /// <summary>Longer than any list may take to be read.</summary>
    public static readonly TimeSpan StartLasts = TimeSpan.FromMinutes(10);

    public int Id { get; private set; }
    public Guid Version { get; set; } = Guid.NewGuid();
    public string Name { get; set => field = value.Trim(); } = "";

    /// <summary>The path of the list, such as /leads.</summary>
    public string Page { get; init; } = "";

    /// <summary>Its filters and order: the query string without its question mark.</summary>
    public string Query { get; init; } = "";
    public int OwnerId { get; init; }
    public User? Owner { get; private set; }
    public Rhythm Rhythm { get; private set; }
    public int Hour { get; private set; }
    public DayOfWeek Weekday { get; private set; }
    public int DayOfMonth { get; private set; }
    public string TimeZone { get; private set; } = "";
    public List<SubscriptionRecipient> Recipients { get; init; } = [];
    public SubscriptionFormat Format { get; set; }
    public bool OnlyWhenChanged { get; set; }

    /// <summary>The address of the app when it was saved, without a slash at the end: links in its mails begin with it where no other is configured.</summary>
    public string Address { get; set; } = "";
    public DateTime CreatedAt { get; init; }

    public bool IsPaused { get; private set; }

    /// <summary>Why, where nobody paused it by hand.</summary>
    public string? PauseReason { get; private set; }

    /// <summary>When it is due; null while it is paused or deleted.</summary>
    public DateTime? NextAt { get; private set; }

    /// <summary>Somebody wants it now, changed or not.</summary>
    public bool IsAskedFor { get; private set; }

    /// <summary>When somebody asked for it last.</summary>
    public DateTime? AskedAt { get; private set; }

    /// <summary>Set while a sender reads its list; after <see cref="StartLasts"/> another may.</summary>
    public DateTime? StartedAt { get; private set; }

    /// <summary>Times in a row that a sender began with it and never came back.</summary>
    public int Starts { get; private set; }

    public DateTime? LastSentAt { get; private set; }

    /// <summary>When it was due last and nothing had changed.</summary>
    public DateTime? LastUnchangedAt { get; private set; }

    /// <summary>Failures since it last worked.</summary>
    public int Failures { get; private set; }
    public string? LastError { get; private set; }

    /// <summary>Deleted ones are forgotten after a day, until which deleting can be undone.</summary>
    public DateTime? DeletedAt { get; private set; }

    /// <summary>Who gets it now.</summary>
    public IEnumerable<SubscriptionRecipient> Readers() => Recipients.Where(recipient => recipient.LeftAt is null);

    public Schedule Schedule() => new(Rhythm, Hour, Weekday, DayOfMonth, TimeZone);

    /// <summary>Comes by this schedule from now on. What is due, asked for or to be tried again comes first.</summary>
    public void Plan(Schedule schedule, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        (Rhythm, Hour, Weekday, DayOfMonth, TimeZone) = schedule;
        if (!IsAskedFor && !(NextAt <= now) && Failures is 0 or >= MostFailures)
            Await(now);
    }

    /// <param name="reason">Null: somebody wanted it.</param>
    public void Pause(string? reason)
    {
        (IsPaused, PauseReason, NextAt, IsAskedFor) = (true, reason is null ? null : Shortened(reason), null, false);
    }

    public void Resume(DateTime now)
    {
        (IsPaused, PauseReason, Failures, LastError, StartedAt, Starts) = (false, null, 0, null, null, 0);
        Await(now);
    }

    /// <summary>Due at once, changed or not; at most once in <see cref="AskPause"/>, because each goes to all recipients.</summary>
    /// <returns>Why not; null when it is.</returns>
    public string? AskFor(DateTime now)
    {
        if (NextAt is null)
            return "It is paused: resume it first.";
        // Who presses twice wants it once. One that failed since waits for its next try, which may be tomorrow.
        if (IsAskedFor && NextAt <= now)
            return null;
        if (AskedAt is { } asked && asked + AskPause > now)
            return $"It was {(IsAskedFor ? "asked for" : "sent")} just now. It can be sent again in {Math.Ceiling((asked + AskPause - now).TotalMinutes):0} minutes.";
        (NextAt, IsAskedFor, AskedAt) = (now, true, now);
        return null;
    }

    public void Delete(DateTime now) => (DeletedAt, NextAt, IsAskedFor) = (now, null, false);

    public void Restore(DateTime now)
    {
        DeletedAt = null;
        Await(now);
    }

    /// <summary>It could not be made: tried again after 1, 2, 4 … minutes, and after <see cref="MostFailures"/> once a day.</summary>
    public void Failed(string error, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(error);
        Failures++;
        LastError = Shortened(error);
        NextAt = Failures >= MostFailures ? now.AddDays(1) : now.AddMinutes(1 << (Failures - 1));
    }

    // What columns have room for.
    private static string Shortened(string text) => text.Length <= 500 ? text : text[..499] + "…";

    private void Await(DateTime now) => NextAt = IsPaused || DeletedAt is not null ? null : Schedule().After(now);
}

/// <summary>
/// Somebody who gets a subscription; each gets a mail of their own. Who unsubscribes stays known, so that they come back only
/// where they say so themselves.
/// </summary>
public sealed class SubscriptionRecipient : IAuditedPart
{
    public int Id { get; private set; }
    public int SubscriptionId { get; private set; }
    public Subscription? Subscription { get; private set; }
    public string Address { get; init; } = "";

    /// <summary>When they unsubscribed.</summary>
    public DateTime? LeftAt { get; set; }

    public IEnumerable<(string Subject, int Id)> Wholes() => [(nameof(Reports.Subscription), SubscriptionId)];
}

/// <summary>What was in the last mail, by <see cref="ListComparison"/>.</summary>
public sealed class SubscriptionSnapshot
{
    public int SubscriptionId { get; init; }
    public byte[] Content { get; set; } = [];
}

public enum SubscriptionFormat
{
    Workbook = 0,
    Csv = 1,
    InMail = 2,
}
