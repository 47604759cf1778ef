using System.ComponentModel.DataAnnotations;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Directory.People;

public sealed class PersonInput : IValidatableObject
{
    private const string OneLine = @"[^\p{Cc}]*";

    [Required(ErrorMessage = "An employee needs a number."), StringLength(32, ErrorMessage = "At most 32 characters.")]
    public string? EmpId { get; set; }

    [Required(ErrorMessage = "A first name is needed."), StringLength(100, ErrorMessage = "At most 100 characters.")]
    [RegularExpression(OneLine, ErrorMessage = "A name is one line without control characters.")]
    public string? FirstName { get; set; }

    [Required(ErrorMessage = "A last name is needed."), StringLength(100, ErrorMessage = "At most 100 characters.")]
    [RegularExpression(OneLine, ErrorMessage = "A name is one line without control characters.")]
    public string? LastName { get; set; }

    [Required(ErrorMessage = "An address is needed."), Address]
    public string? EmailId { get; set; }

    [StringLength(100, ErrorMessage = "At most 100 characters.")]
    public string? ChatUserName { get; set; }

    /// <summary>Standard title; empty for none.</summary>
    public int? TitleId { get; set; }

    [Required(ErrorMessage = "Choose a location.")]
    public int? LocationId { get; set; }

    [StringLength(254, ErrorMessage = "At most 254 characters.")]
    public string? Manager { get; set; }

    public DateOnly? LeftOn { get; set; }

    public DateOnly? AwayFrom { get; set; }
    public DateOnly? AwayUntil { get; set; }

    [StringLength(254, ErrorMessage = "At most 254 characters.")]
    public string? Substitute { get; set; }

    /// <summary>The version the form was filled in for.</summary>
    public Guid? Version { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AwayFrom is null != AwayUntil is null)
            yield return new ValidationResult("An absence has a first and a last day.", [AwayFrom is null ? nameof(AwayFrom) : nameof(AwayUntil)]);
        if (AwayUntil < AwayFrom)
            yield return new ValidationResult("An absence can't end before it begins.", [nameof(AwayUntil)]);
        if (AwayFrom is null && !string.IsNullOrWhiteSpace(Substitute))
            yield return new ValidationResult("A substitute stands in for an absence: say from when to when.", [nameof(AwayFrom)]);
    }
}
