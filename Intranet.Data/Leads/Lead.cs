using Intranet.Data.Accounts;
using Intranet.Data.Auditing;
using Intranet.Data.Directory;

namespace Intranet.Data.Leads;

/// <summary>A restaurant, an account: whom to call, and how far one is with them.</summary>
public sealed class Lead : IAudited, IVersioned
{
    // An index of both databases holds it.
    internal const int LongestKey = 200;
    internal const int LongestCity = 100;

    public int Id { get; private set; }
    public Guid Version { get; set; } = Guid.NewGuid();

    /// <summary>The lead's id where it was imported from.</summary>
    public string? ExternalId { get; set; }

    public string Name
    {
        get;
        set
        {
            field = value.Trim();
            SearchKey = KeyOf(field, City);
        }
    } = "";

    public string Address { get; set => field = value.Trim(); } = "";

    public string City
    {
        get;
        set
        {
            field = value.Trim();
            SearchKey = KeyOf(Name, field);
            CityKey = TextKey.Fold(field) is var key && key.Length > LongestCity ? key[..LongestCity] : key;
        }
    } = "";

    /// <summary>The city, folded: leads of a place are found by its beginning.</summary>
    public string CityKey { get; private set; } = "";

    /// <summary>Name and city, folded: the order of lists by name, and what <see cref="LeadWord"/> is made of.</summary>
    public string SearchKey { get; private set; } = "";

    /// <summary>IANA name; what a day is for this lead.</summary>
    public string TimeZone { get; set => field = value.Trim(); } = "Etc/UTC";

    /// <summary>Somebody chose <see cref="TimeZone"/>, be it the very one that is guessed: it stays when the city becomes another.</summary>
    public bool IsTimeZoneChosen { get; set; }

    /// <summary>As <see cref="Leads.OpeningHours"/> writes it; null when nobody knows.</summary>
    public string? OpeningHours { get; set; }

    public string? Source { get; set; }

    /// <summary>In minor units of <see cref="Currency"/>.</summary>
    public long? ExpectedValue { get; set; }

    /// <summary>Three letters, ISO 4217; of the expected value and of the lead's orders.</summary>
    public string Currency { get; set => field = value.Trim().ToUpperInvariant(); } = "EUR";

    public string? NextStep { get; set; }

    /// <summary>A main account: before others among those that are due.</summary>
    public bool IsMain { get; set; }

    /// <summary>Changes by <see cref="MoveStage"/>, which keeps the history.</summary>
    public Stage Stage { get; internal set; }
    public DateTime StageSince { get; internal set; }

    /// <summary>The key account manager; changes by <see cref="ReassignLeads"/>, which keeps the ownership periods.</summary>
    public int? OwnerId { get; internal set; }
    public User? Owner { get; private set; }

    public DateTime CreatedAt { get; internal set; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Soft: it shows nowhere, and can be restored.</summary>
    public DateTime? DeletedAt { get; internal set; }

    public int? IntervalDays { get; private set; }
    public int? MaximumDays { get; private set; }
    public Workdays PreferredDays { get; private set; }
    public TimeOnly? PreferredFrom { get; private set; }
    public TimeOnly? PreferredTo { get; private set; }
    public DateOnly? PausedUntil { get; private set; }

    // From here on: computed from interactions, plan and zone, and written by RefreshLeads alone, past audit and version.

    /// <summary>When somebody was last reached, UTC; null: never.</summary>
    public DateTime? LastTouchAt { get; internal set; }

    /// <summary>The lead's day of <see cref="LastTouchAt"/>.</summary>
    public DateOnly? LastTouchOn { get; internal set; }

    /// <summary>Calls without an answer since the last touch.</summary>
    public int Attempts { get; internal set; }

    /// <summary>The lead's day of the last attempt, or of what else asked for <see cref="RetryOn"/>.</summary>
    public DateOnly? LastAttemptOn { get; internal set; }

    /// <summary>The day to try again, whatever the interval says; before it, the lead is not due.</summary>
    public DateOnly? RetryOn { get; internal set; }
    public RetryCause? RetryCause { get; internal set; }

    /// <summary>The day that was promised before the calls without an answer, or the hand-over, that came since: these take it back no more than the plan.</summary>
    public DateOnly? PromisedOn { get; internal set; }

    /// <summary>The lead's day from which on it is due; null when it is not in the plan, or closed, or deleted.</summary>
    public DateOnly? NextDueOn { get; internal set; }

    /// <summary>When <see cref="NextDueOn"/> begins there, UTC: who is due in whatever zone is found by one comparison with now.</summary>
    public DateTime? DueAt { get; internal set; }

    /// <summary>When the day after the one begins there on which it should have been called, UTC: from then on it is overdue, also while it is tried again.</summary>
    public DateTime? OverdueAt { get; internal set; }

    /// <summary>When the day after the maximum interval begins there, UTC; null without a maximum.</summary>
    public DateTime? PastMaximumAt { get; internal set; }

    /// <summary><see cref="LeadPerformance.ListedAs"/> once more: lists filter by it in their own index. Null as well where nothing was computed yet.</summary>
    public PerformanceLabel? Label { get; internal set; }

    /// <summary><see cref="LeadPerformance.IsSlipping"/> once more.</summary>
    public bool IsSlipping { get; internal set; }

    public LeadPerformance? Performance { get; private set; }
    public List<Poc> Pocs { get; } = [];

    public CallPlan Plan => new(IntervalDays, MaximumDays, PreferredDays, PreferredFrom, PreferredTo, PausedUntil);

    /// <summary>Takes a call plan over; what is due is computed by who saves it.</summary>
    /// <exception cref="ArgumentException">The plan has <see cref="CallPlan.Problems"/>.</exception>
    internal void SetPlan(CallPlan plan)
    {
        if (plan.Problems().Select(problem => problem.Problem).FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(plan));
        (IntervalDays, MaximumDays, PreferredDays, PreferredFrom, PreferredTo, PausedUntil)
            = (plan.IntervalDays, plan.MaximumDays, plan.PreferredDays, plan.PreferredFrom, plan.PreferredTo, plan.PausedUntil);
    }

    private static string KeyOf(string name, string city)
        => TextKey.Fold($"{name} {city}") is var key && key.Length > LongestKey ? key[..LongestKey] : key;
}

/// <summary>Why a lead is to be called on <see cref="Lead.RetryOn"/>.</summary>
public enum RetryCause
{
    NoAnswer = 0,
    LeftMessage = 1,

    /// <summary>Who was reached asked for another call.</summary>
    FollowUp = 2,

    /// <summary>Somebody else took the lead over, and introduces themselves.</summary>
    FirstCall = 3,
}
