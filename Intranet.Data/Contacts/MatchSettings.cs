using System.Globalization;
using Intranet.Data.Contacts.Matching;
using Intranet.Data.Settings;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>What stewards chose about duplicate pairs; the shipped values where they chose nothing.</summary>
/// <param name="Review">Probability from which on a pair waits for a steward.</param>
/// <param name="Automatic">Probability from which on a scan links by itself, never below <paramref name="Review"/>.</param>
/// <param name="LinksAutomatically">Whether a scan does so.</param>
public sealed record MatchSettings(double Review = MatchThresholds.Review, double Automatic = MatchThresholds.Automatic, bool LinksAutomatically = false)
{
    /// <summary>Pairs below are not stored: nobody would look at them, and no threshold can be set below.</summary>
    public const double LeastStored = 0.1;

    internal static readonly string[] Names = [Setting.ReviewThreshold, Setting.AutomaticThreshold, Setting.AutomaticLinks];

    /// <summary>As they are stored.</summary>
    public IReadOnlyDictionary<string, string> ToSettings() => new Dictionary<string, string>
    {
        [Setting.ReviewThreshold] = Review.ToString("R", CultureInfo.InvariantCulture),
        [Setting.AutomaticThreshold] = Automatic.ToString("R", CultureInfo.InvariantCulture),
        [Setting.AutomaticLinks] = LinksAutomatically ? "true" : "false",
    };

    /// <summary>The same again only for the same settings: of a form, whether they are still those that it showed.</summary>
    public string Version => ChangeSettings.VersionOf(ToSettings());
}

public static class MatchSettingsQueries
{
    /// <summary>The thresholds of now.</summary>
    public static async Task<MatchSettings> MatchSettingsAsync(this IQueryable<Setting> settings, CancellationToken cancellation = default)
    {
        var values = await settings.Where(setting => MatchSettings.Names.Contains(setting.Name)).ToDictionaryAsync(setting => setting.Name, setting => setting.Value, cancellation);
        return new MatchSettings(
            Probability(values.GetValueOrDefault(Setting.ReviewThreshold)) ?? MatchThresholds.Review,
            Probability(values.GetValueOrDefault(Setting.AutomaticThreshold)) ?? MatchThresholds.Automatic,
            values.GetValueOrDefault(Setting.AutomaticLinks) == "true");
    }

    private static double? Probability(string? text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1 ? value : null;
}
