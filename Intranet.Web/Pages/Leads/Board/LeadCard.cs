using System.Linq.Expressions;
using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads.Board;

/// <summary>A lead on the board.</summary>
public sealed record LeadCard(
    int Id, Guid Version, string Name, string City, bool IsMain, Stage Stage, DateTime StageSince, int? OwnerId, string? Owner, long? Value, string Currency, string? NextStep, DateTime? DueAt, DateTime? OverdueAt, DateTime? PastMaximumAt, string TimeZone, DateTime UpdatedAt)
{
    public static readonly Expression<Func<Lead, LeadCard>> FromLead = lead => new LeadCard(
        lead.Id, lead.Version, lead.Name, lead.City, lead.IsMain, lead.Stage, lead.StageSince, lead.OwnerId, lead.Owner!.DisplayName, lead.ExpectedValue, lead.Currency, lead.NextStep, lead.DueAt, lead.OverdueAt, lead.PastMaximumAt, lead.TimeZone, lead.UpdatedAt);

    public bool IsEditableBy(LeadViewer viewer) => viewer.IsSalesLead || (viewer.IsKam && OwnerId == viewer.UserId);

    public DueBadge DueBadge(DateTime now) => Leads.DueBadge.Of(DueAt, OverdueAt, PastMaximumAt, TimeZone, now);

    public LeadOrder.Place Place => ReadBoard.Order.Of(Id, "", Stage, null, null, null, UpdatedAt);
}
