namespace Intranet.Data.Contacts.Matching;

/// <summary>The shipped thresholds: one for every set of contacts.</summary>
public static class MatchThresholds
{
    /// <summary>From here on a pair is worth a steward's look.</summary>
    public const double Review = 0.5;

    /// <summary>From here on a pair may be linked without one, where that is switched on.</summary>
    public const double Automatic = 0.99;
}
