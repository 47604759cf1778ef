using System.ComponentModel.DataAnnotations;
using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>The settings of leads as people choose them.</summary>
public sealed class LeadSettingsInput : IValidatableObject
{
    private const string Number = "Give a whole number.";

    public bool TeamCanSee { get; set; }

    [Display(Name = "Length of the window"), Required(ErrorMessage = Number)]
    public int? WindowDays { get; set; }

    [Display(Name = "Well-performing: more orders than"), Required(ErrorMessage = Number)]
    public int? WellMinimumOrders { get; set; }

    [Display(Name = "Well-performing: and the last within"), Required(ErrorMessage = Number)]
    public int? WellWithinDays { get; set; }

    [Display(Name = "Underperforming: no order for more than"), Required(ErrorMessage = Number)]
    public int? UnderAfterDays { get; set; }

    [Display(Name = "Underperforming: or at most this many orders"), Required(ErrorMessage = Number)]
    public int? UnderMaximumOrders { get; set; }

    [Display(Name = "What counts as a touch")]
    public List<Touches> Touches { get; set; } = [];

    /// <summary>Of the settings that the form showed.</summary>
    public string? Version { get; set; }

    public static LeadSettingsInput Of(LeadSettings settings) => new()
    {
        TeamCanSee = settings.TeamCanSee,
        WindowDays = settings.WindowDays,
        WellMinimumOrders = settings.WellMinimumOrders,
        WellWithinDays = settings.WellWithinDays,
        UnderAfterDays = settings.UnderAfterDays,
        UnderMaximumOrders = settings.UnderMaximumOrders,
        Touches = [.. Kinds.Select(kind => kind.Touch).Where(touch => settings.Touches.HasFlag(touch))],
        Version = settings.Version,
    };

    /// <summary>What may count as a touch, in words.</summary>
    public static readonly IReadOnlyList<(Touches Touch, string Text)> Kinds =
    [
        (Intranet.Data.Leads.Touches.ReachedCall, "A call that reached somebody"),
        (Intranet.Data.Leads.Touches.Visit, "A visit"),
        (Intranet.Data.Leads.Touches.Order, "An order"),
        (Intranet.Data.Leads.Touches.Mail, "A mail"),
        (Intranet.Data.Leads.Touches.LeftMessage, "A message that was left"),
        (Intranet.Data.Leads.Touches.FollowUp, "A call that ended with a follow-up"),
    ];

    public static string InWords(Touches touches) => string.Join(", ", Kinds.Where(kind => touches.HasFlag(kind.Touch)).Select(kind => kind.Text));

    public LeadSettings ToSettings() => new(
        TeamCanSee, WindowDays ?? 0, WellMinimumOrders ?? -1, WellWithinDays ?? 0, UnderAfterDays ?? 0, UnderMaximumOrders ?? -1,
        Touches.Where(Enum.IsDefined).Aggregate(Intranet.Data.Leads.Touches.None, (all, touch) => all | touch));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        => ToSettings().Problems().Select(problem => new ValidationResult(problem.Problem, [problem.Property]));
}
