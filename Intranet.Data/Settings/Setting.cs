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

    /// <summary>Present while the job is paused.</summary>
    public static string PausedJob(string job) => $"paused-job:{job}";
}
