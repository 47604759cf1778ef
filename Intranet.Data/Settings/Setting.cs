namespace Intranet.Data.Settings;

/// <summary>A choice an administrator makes while the app runs. What needs a restart is configuration instead.</summary>
public sealed class Setting
{
    public string Name { get; init; } = "";
    public string Value { get; set; } = "";

    /// <summary>"true": anyone may register an account of their own.</summary>
    public const string SelfRegistration = "self-registration";

    /// <summary>Present once the sample has been loaded, so that it isn't loaded again after its rows were edited.</summary>
    public const string SampleLoaded = "sample-loaded";

    /// <summary>From which probability on a pair of contacts waits for a steward; see <see cref="Contacts.MatchSettings"/>.</summary>
    public const string ReviewThreshold = "review-threshold";

    /// <summary>From which probability on a scan links by itself, where <see cref="AutomaticLinks"/> is on.</summary>
    public const string AutomaticThreshold = "automatic-threshold";

    /// <summary>"true": a scan links what is above the automatic threshold.</summary>
    public const string AutomaticLinks = "automatic-links";

    /// <summary>Up to which change contacts were compared on arrival; see <see cref="Contacts.ArrivalMark"/>.</summary>
    public const string ArrivalsCompared = "arrivals-compared";

    /// <summary>When somebody asked for all pairs to be judged anew; see <see cref="Contacts.JudgementQueries"/>.</summary>
    public const string PairsJudgedAnew = "pairs-judged-anew";

    /// <summary>What digests of erased values are made with, in base 64; see <see cref="Contacts.ErasedPeople"/>.</summary>
    public const string ErasureSalt = "erasure-salt";

    /// <summary>"true": a KAM sees the leads of others; see <see cref="Leads.LeadSettings"/>, also for the following.</summary>
    public const string TeamCanSee = "leads-team-can-see";
    public const string PerformanceWindow = "performance-window-days";
    public const string WellMinimumOrders = "performance-well-minimum-orders";
    public const string WellWithinDays = "performance-well-within-days";
    public const string UnderAfterDays = "performance-under-after-days";
    public const string UnderMaximumOrders = "performance-under-maximum-orders";

    /// <summary>The number of <see cref="Leads.Touches"/>.</summary>
    public const string LeadTouches = "leads-touches";

    /// <summary>Present while the job is paused.</summary>
    public static string PausedJob(string job) => $"paused-job:{job}";
}
