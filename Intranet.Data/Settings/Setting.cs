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

    /// <summary>Present while the job is paused.</summary>
    public static string PausedJob(string job) => $"paused-job:{job}";
}
