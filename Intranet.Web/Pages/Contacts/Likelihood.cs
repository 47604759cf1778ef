using System.Globalization;

namespace Intranet.Web.Pages.Contacts;

/// <summary>How likely it is that two contacts are one person, in the reader's culture. Pure.</summary>
public static class Likelihood
{
    /// <summary>"87%"; what is nearly certain isn't called certain, and what is hardly possible not impossible.</summary>
    public static string InWords(double probability) => probability switch
    {
        > 0.99 and < 1 => "over " + Percent(0.99),
        < 0.01 => "under " + Percent(0.01),
        _ => Percent(probability),
    };

    private static string Percent(double share) => share.ToString("P0", CultureInfo.CurrentCulture);
}
