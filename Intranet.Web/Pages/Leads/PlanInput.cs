using Intranet.Data.Directory;
using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>A call plan as its form has it.</summary>
public sealed class PlanInput
{
    public int? IntervalDays { get; set; }
    public int? MaximumDays { get; set; }
    public List<DayOfWeek> PreferredDays { get; set; } = [];
    public TimeOnly? PreferredFrom { get; set; }
    public TimeOnly? PreferredTo { get; set; }
    public DateOnly? PausedUntil { get; set; }
    public Guid? Version { get; set; }

    public CallPlan Plan => new(
        IntervalDays, MaximumDays, PreferredDays.Where(Enum.IsDefined).Aggregate(Workdays.None, (days, day) => days | Flag(day)), PreferredFrom, PreferredTo, PausedUntil);

    public static PlanInput Of(Lead lead) => new()
    {
        IntervalDays = lead.IntervalDays,
        MaximumDays = lead.MaximumDays,
        PreferredDays = [.. Enum.GetValues<DayOfWeek>().Where(day => lead.PreferredDays.HasFlag(Flag(day)))],
        PreferredFrom = lead.PreferredFrom,
        PreferredTo = lead.PreferredTo,
        PausedUntil = lead.PausedUntil,
        Version = lead.Version,
    };

    private static Workdays Flag(DayOfWeek day) => (Workdays)(1 << (int)day);
}
