using System.Linq.Expressions;
using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>A lead in the list: what a row shows and sorts by.</summary>
/// <param name="Why">What its label follows from; null where nothing was computed yet.</param>
public sealed record LeadListRow(
    int Id, Guid Version, string Name, string City, string SearchKey, bool IsMain, Stage Stage, int? OwnerId, string? Owner, long? Value, string Currency, PerformanceLabel? Label, bool IsSlipping,
    DateOnly? NextDueOn, DateTime? DueAt, DateTime? OverdueAt, DateTime? PastMaximumAt, string TimeZone, string? NextStep, DateTime UpdatedAt, bool IsDeleted, LabelWhy? Why)
{
    public static readonly Expression<Func<Lead, LeadListRow>> FromLead = lead => new LeadListRow(
        lead.Id, lead.Version, lead.Name, lead.City, lead.SearchKey, lead.IsMain, lead.Stage, lead.OwnerId, lead.Owner!.DisplayName, lead.ExpectedValue, lead.Currency,
        lead.Label, lead.IsSlipping,
        lead.NextDueOn, lead.DueAt, lead.OverdueAt, lead.PastMaximumAt, lead.TimeZone, lead.NextStep, lead.UpdatedAt, lead.DeletedAt != null,
        lead.Performance == null ? null : new LabelWhy(
            lead.Performance.Orders, lead.Performance.LastOrderOn, lead.Performance.ComputedFor, lead.Performance.RhythmDays, lead.Performance.RhythmSpread,
            lead.Performance.ManualLabel, lead.Performance.ManualBy, lead.Performance.ManualReason, lead.Performance.ManualUntil));

    /// <summary>Whether somebody may change it.</summary>
    public bool IsEditableBy(LeadViewer viewer) => viewer.IsSalesLead || (viewer.IsKam && OwnerId == viewer.UserId);

    public DueBadge DueBadge(DateTime now) => Leads.DueBadge.Of(DueAt, OverdueAt, PastMaximumAt, TimeZone, now);

    public LeadOrder.Place PlaceIn(LeadOrder order) => order.Of(Id, SearchKey, Stage, Value, OwnerId, DueAt, UpdatedAt);
}
