using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>Which leads somebody sees, to be compared with which they see later.</summary>
internal static class LeadSight
{
    private const string All = "all leads";

    internal static string Of(LeadViewer viewer) => viewer.SeesAll ? All : "own leads";

    /// <summary>Whether somebody sees at least that.</summary>
    internal static bool Has(LeadViewer viewer, string sight) => viewer.SeesAll || sight != All;
}
