using System.ComponentModel;
using System.Linq.Expressions;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Leads;

/// <summary>A lead as the API tells it.</summary>
/// <param name="IsTimeZoneChosen">Somebody gave it: it stays when city or address change.</param>
/// <param name="Status">The stage's name: New, Contacted, Qualified, Negotiation, Active or Closed.</param>
/// <param name="CallFrequency">Ideal number of days between two touches; null: not in the plan.</param>
/// <param name="LastCallDate">The lead's day on which somebody was last reached.</param>
/// <param name="NextDue">The lead's day from which on it is due.</param>
/// <param name="Why">Why it is due when it is.</param>
[SnakeCase]
internal sealed record LeadDto(
    int Id, string RestaurantName, string Address, string City, string TimeZone, bool IsTimeZoneChosen, string? OpeningHours, string Status, string Stage, DateTime StageSince,
    int? CallFrequency, int? MaximumDays, IReadOnlyList<string> PreferredDays, string? PreferredFrom, string? PreferredTo, DateOnly? PausedUntil,
    DateOnly? LastCallDate, DateOnly? NextDue, bool IsDue, int OverdueDays, bool IsPastMaximum, string Why, int Attempts,
    string? Source, long? ExpectedValue, string Currency, int? OwnerId, string? Owner, string? NextStep, bool IsMain, string? ExternalId,
    DateTime CreatedAt, DateTime UpdatedAt, DateTime? DeletedAt, Guid Version)
{
    /// <summary>What is read of a lead, and who owns it.</summary>
    internal sealed record Row(Lead Lead, string? Owner);

    internal static readonly Expression<Func<Lead, Row>> FromLead = lead => new Row(lead, lead.Owner!.DisplayName);

    internal static LeadDto Of(Row row, DateTime now)
    {
        var (lead, facts) = (row.Lead, Intranet.Data.Leads.NextDue.Facts.Of(row.Lead));
        var zone = LocalDay.Zone(lead.TimeZone);
        var today = LocalDay.Of(now, zone);
        return new LeadDto(
            lead.Id, lead.Name, lead.Address, lead.City, lead.TimeZone, lead.IsTimeZoneChosen, lead.OpeningHours, lead.Stage.ToString(), JsonWords.Of(lead.Stage), lead.StageSince,
            lead.IntervalDays, lead.MaximumDays, DaysOf(lead.PreferredDays), Clock(lead.PreferredFrom), Clock(lead.PreferredTo), lead.PausedUntil,
            lead.LastTouchOn, lead.NextDueOn, lead.DueAt <= now, Intranet.Data.Leads.NextDue.OverdueDays(lead.OverdueAt, now, zone), lead.PastMaximumAt <= now,
            lead.Stage == Intranet.Data.Leads.Stage.Closed ? "closed" : Intranet.Data.Leads.NextDue.Reason(facts, today, lead.NextDueOn), lead.Attempts,
            lead.Source, lead.ExpectedValue, lead.Currency, lead.OwnerId, row.Owner, lead.NextStep, lead.IsMain, lead.ExternalId,
            lead.CreatedAt, lead.UpdatedAt, lead.DeletedAt, lead.Version);
    }

    private static IReadOnlyList<string> DaysOf(Workdays days) => [.. Enum.GetValues<Workdays>().Where(day => JsonWords.IsOne(day) && days.HasFlag(day)).Select(JsonWords.Of)];

    private static string? Clock(TimeOnly? time) => time?.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What to send, for the document; read field by field, because a field that is absent stays.</summary>
[SnakeCase]
internal sealed record LeadChange(
    [property: Description("At most 200 characters.")] string? RestaurantName,
    string? Address, string? City,
    [property: Description("IANA name, such as Europe/Paris. Where it is left out it is guessed from city or address, and guessed again when these change, until one is given; null takes that back.")] string? TimeZone,
    [property: Description("Whether the zone stays when city or address change. Where it is left out: true with a zone, and as it was without.")] bool? IsTimeZoneChosen,
    [property: Description("Such as Mo-Fr 11:00-14:30,17:00-22:00; Sa 12:00-23:00.")] string? OpeningHours,
    [property: Description("The stage: New, Contacted, Qualified, Negotiation, Active or Closed.")] string? Status,
    [property: Description("The same in lower case; one of the two is enough.")] string? Stage,
    [property: Description("Why the stage changes; needed for closing.")] string? Reason,
    [property: Description("Ideal number of days between two touches, from 1; null: not in the plan.")] int? CallFrequency,
    [property: Description("Number of days after which it has waited too long.")] int? MaximumDays,
    [property: Description("Names of days; none: Monday to Friday.")] IReadOnlyList<string>? PreferredDays,
    [property: Description("HH:mm by the lead's clock.")] string? PreferredFrom,
    [property: Description("HH:mm by the lead's clock.")] string? PreferredTo,
    DateOnly? PausedUntil,
    [property: Description("Records a call that reached somebody on that day, where none is known so late.")] DateOnly? LastCallDate,
    string? Source,
    [property: Description("In minor units: cents.")] long? ExpectedValue,
    [property: Description("Three letters, ISO 4217.")] string? Currency,
    [property: Description("A user with the role kam or sales lead.")] int? OwnerId,
    string? NextStep, bool? IsMain, string? ExternalId,
    [property: Description("As it was read: a change since then is told with 409.")] Guid? Version);
