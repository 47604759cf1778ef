using System.Globalization;
using Intranet.Data.Settings;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>What administrators and sales leads chose about leads; the shipped values where they chose nothing.</summary>
/// <param name="TeamCanSee">A KAM sees the leads of others, and never edits them.</param>
/// <param name="WindowDays">Length of the window that performance looks at.</param>
/// <param name="WellMinimumOrders">Well-performing has more orders than this in the window.</param>
/// <param name="WellWithinDays">And the last of them at most this many days ago.</param>
/// <param name="UnderAfterDays">Underperforming ordered last more days ago than this.</param>
/// <param name="UnderMaximumOrders">Or has at most this many orders in the window.</param>
/// <param name="Touches">What counts as having reached somebody, and so begins the interval anew.</param>
public sealed record LeadSettings(
    bool TeamCanSee = true, int WindowDays = 90, int WellMinimumOrders = 5, int WellWithinDays = 15, int UnderAfterDays = 30, int UnderMaximumOrders = 1, Touches Touches = Touches.Shipped)
{
    internal static readonly string[] Names =
        [Setting.TeamCanSee, Setting.PerformanceWindow, Setting.WellMinimumOrders, Setting.WellWithinDays, Setting.UnderAfterDays, Setting.UnderMaximumOrders, Setting.LeadTouches];

    /// <summary>As they are stored.</summary>
    public IReadOnlyDictionary<string, string> ToSettings() => new Dictionary<string, string>
    {
        [Setting.TeamCanSee] = TeamCanSee ? "true" : "false",
        [Setting.PerformanceWindow] = WindowDays.ToString(CultureInfo.InvariantCulture),
        [Setting.WellMinimumOrders] = WellMinimumOrders.ToString(CultureInfo.InvariantCulture),
        [Setting.WellWithinDays] = WellWithinDays.ToString(CultureInfo.InvariantCulture),
        [Setting.UnderAfterDays] = UnderAfterDays.ToString(CultureInfo.InvariantCulture),
        [Setting.UnderMaximumOrders] = UnderMaximumOrders.ToString(CultureInfo.InvariantCulture),
        [Setting.LeadTouches] = ((int)Touches).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The same again only for the same settings: of a form, whether they are still those that it showed.</summary>
    public string Version => ChangeSettings.VersionOf(ToSettings());

    /// <summary>What can't be right, by the name of its property; empty when nothing is.</summary>
    public IEnumerable<(string Property, string Problem)> Problems()
    {
        if (WindowDays is < 7 or > 730)
            yield return (nameof(WindowDays), "Give a number of days from 7 to 730.");
        if (WellMinimumOrders is < 0 or > 1000)
            yield return (nameof(WellMinimumOrders), "Give a number of orders from 0 to 1000.");
        if (WellWithinDays is < 1 or > 730)
            yield return (nameof(WellWithinDays), "Give a number of days from 1 to 730.");
        if (UnderAfterDays is < 1 or > 730)
            yield return (nameof(UnderAfterDays), "Give a number of days from 1 to 730.");
        if (UnderMaximumOrders is < 0 or > 1000)
            yield return (nameof(UnderMaximumOrders), "Give a number of orders from 0 to 1000.");
        if (UnderMaximumOrders > WellMinimumOrders)
            yield return (nameof(UnderMaximumOrders), "This many orders can't be both under- and well-performing.");
        if (Touches == Touches.None)
            yield return (nameof(Touches), "Something must count as a touch, or every lead would be due for ever.");
    }
}

/// <summary>Kinds of interactions that begin a lead's interval anew.</summary>
[Flags]
public enum Touches
{
    None = 0,

    /// <summary>A call that reached somebody.</summary>
    ReachedCall = 1,
    Visit = 2,

    /// <summary>Whatever carries an order.</summary>
    Order = 4,
    Mail = 8,
    LeftMessage = 16,
    FollowUp = 32,
    Shipped = ReachedCall | Visit | Order,
}

public static class LeadSettingsQueries
{
    /// <summary>The settings of now.</summary>
    public static async Task<LeadSettings> LeadSettingsAsync(this IQueryable<Setting> settings, CancellationToken cancellation = default)
    {
        var values = await settings.Where(setting => LeadSettings.Names.Contains(setting.Name)).ToDictionaryAsync(setting => setting.Name, setting => setting.Value, cancellation);
        var shipped = new LeadSettings();
        return new LeadSettings(
            values.GetValueOrDefault(Setting.TeamCanSee) is { } text ? text == "true" : shipped.TeamCanSee,
            Number(Setting.PerformanceWindow) ?? shipped.WindowDays,
            Number(Setting.WellMinimumOrders) ?? shipped.WellMinimumOrders,
            Number(Setting.WellWithinDays) ?? shipped.WellWithinDays,
            Number(Setting.UnderAfterDays) ?? shipped.UnderAfterDays,
            Number(Setting.UnderMaximumOrders) ?? shipped.UnderMaximumOrders,
            (Touches?)Number(Setting.LeadTouches) ?? shipped.Touches);

        int? Number(string name) => int.TryParse(values.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
