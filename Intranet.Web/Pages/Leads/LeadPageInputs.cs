using System.ComponentModel.DataAnnotations;
using Intranet.Data.Contacts;
using Intranet.Data.Directory;
using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>To which stage, and why.</summary>
public sealed class MoveInput
{
    [Required(ErrorMessage = "Choose a stage."), EnumDataType(typeof(Stage), ErrorMessage = "There is no such stage.")]
    public Stage? Stage { get; set; }

    [StringLength(StageMove.LongestReason, ErrorMessage = "At most 500 characters.")]
    public string? Reason { get; set; }

    public Guid? Version { get; set; }
}

/// <summary>Somebody to speak to, as far as they are known.</summary>
public sealed class PocInput : IValidatableObject
{
    private const string OneLine = @"[^\p{Cc}\u2028\u2029]*";
    private const string NotOneLine = "Use one line without control characters.";

    [StringLength(200, ErrorMessage = "At most 200 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Name { get; set; }

    [StringLength(32, ErrorMessage = "At most 32 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Phone { get; set; }

    [StringLength(EmailAddress.MaxLength, ErrorMessage = "At most 254 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Email { get; set; }

    [StringLength(100, ErrorMessage = "At most 100 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Role { get; set; }

    public bool IsMain { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(Email) && !EmailAddress.IsPlausible(Email.Trim()))
            yield return new ValidationResult("This is not an e-mail address.", [nameof(Email)]);
        if (!string.IsNullOrWhiteSpace(Phone) && !PhoneRules.HasDigit(Phone))
            yield return new ValidationResult("This is not a phone number.", [nameof(Phone)]);
    }
}

/// <summary>How a lead performs, said by hand.</summary>
public sealed class LabelInput
{
    [Required(ErrorMessage = "Choose a label."), EnumDataType(typeof(PerformanceLabel), ErrorMessage = "There is no such label.")]
    public PerformanceLabel? Label { get; set; }

    public string? Reason { get; set; }

    public DateOnly? Until { get; set; }

    /// <summary>Of the label that was shown.</summary>
    public string? Version { get; set; }

    public static LabelInput Of(LeadPerformance performance) => new()
    {
        Label = performance.ManualLabel,
        Reason = performance.ManualReason,
        Until = performance.ManualUntil,
        Version = performance.LabelVersion,
    };
}
