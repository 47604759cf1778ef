using System.Globalization;
using System.Linq.Expressions;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Leads;

/// <summary>A lead in a file.</summary>
public sealed record LeadExportRow(
    int Id, string? ExternalId, string Name, string Address, string City, string TimeZone, string? OpeningHours, Stage Stage, string? Source, long? Value, string Currency, string? Owner,
    bool IsMain, string? NextStep, int? IntervalDays, int? MaximumDays, Workdays PreferredDays, DateOnly? PausedUntil, DateOnly? NextDueOn, PerformanceLabel? Label, DateTime CreatedAt, DateTime UpdatedAt, bool IsSlipping, LabelWhy? Why)
{
    public static readonly Expression<Func<Lead, LeadExportRow>> FromLead = lead => new LeadExportRow(
        lead.Id, lead.ExternalId, lead.Name, lead.Address, lead.City, lead.TimeZone, lead.OpeningHours, lead.Stage, lead.Source, lead.ExpectedValue, lead.Currency, lead.Owner!.Email,
        lead.IsMain, lead.NextStep, lead.IntervalDays, lead.MaximumDays, lead.PreferredDays, lead.PausedUntil, lead.NextDueOn, lead.Label, lead.CreatedAt, lead.UpdatedAt,
        lead.IsSlipping, lead.Performance == null ? null : new LabelWhy(
            lead.Performance.Orders, lead.Performance.LastOrderOn, lead.Performance.ComputedFor, lead.Performance.RhythmDays, lead.Performance.RhythmSpread,
            lead.Performance.ManualLabel, lead.Performance.ManualBy, lead.Performance.ManualReason, lead.Performance.ManualUntil));

    // What counts days: it is another one every morning.
    internal const string PerformanceWhy = "PerformanceWhy", Slipping = "Slipping";

    /// <summary>The columns, under the names that an import of leads reads; it passes over what the app computes.</summary>
    public static IReadOnlyList<Column<LeadExportRow>> Columns(int windowDays) =>
    [
        // Two ids: the one the row has where it came from, and ours, by which it is found when it comes back.
        new("Id", row => row.ExternalId),
        new("IntranetId", row => row.Id.ToString(CultureInfo.InvariantCulture)),
        new("Name", row => row.Name),
        new("Address", row => row.Address),
        new("City", row => row.City),
        new("TimeZone", row => row.TimeZone),
        new("OpeningHours", row => row.OpeningHours),
        new("Stage", row => row.Stage.ToString()),
        new("Source", row => row.Source),
        new("ExpectedValue", row => row.Value is { } value ? MinorUnits.Major(value, row.Currency) : null),
        new("Currency", row => row.Currency),
        new("Owner", row => row.Owner),
        new("IsMain", row => row.IsMain ? "yes" : "no"),
        new("NextStep", row => row.NextStep),
        new("CallFrequency", row => row.IntervalDays),
        new("MaximumDays", row => row.MaximumDays),
        new("PreferredDays", row => row.PreferredDays == Workdays.None ? null : InWords(row.PreferredDays)),
        new("PausedUntil", row => row.PausedUntil),
        new("NextDue", row => row.NextDueOn),
        new("Performance", row => row.Label?.ToString()),
        new(PerformanceWhy, row => row.Label is null ? null : row.Why?.Sentence(windowDays)),
        new(Slipping, row => row.IsSlipping ? row.Why?.Rhythm : null),
        new("CreatedAt", row => row.CreatedAt),
        new("UpdatedAt", row => row.UpdatedAt),
    ];

    private static string InWords(Workdays days)
        => string.Join(',', Enum.GetValues<DayOfWeek>().Where(day => days.HasFlag((Workdays)(1 << (int)day))).Select(CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedDayName));
}
