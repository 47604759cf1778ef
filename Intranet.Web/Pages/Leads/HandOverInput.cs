using System.ComponentModel.DataAnnotations;

namespace Intranet.Web.Pages.Leads;

/// <summary>To whom somebody's leads go, and how.</summary>
public sealed class HandOverInput : IValidatableObject
{
    [Required(ErrorMessage = "Choose whose leads.")]
    public int? From { get; set; }

    public List<int> To { get; set; } = [];

    /// <summary>Leads of one city stay together.</summary>
    public bool ByCity { get; set; }

    [StringLength(1000, ErrorMessage = "At most 1000 characters.")]
    public string? Note { get; set; }

    public DateOnly? FirstCallOn { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (To.Count == 0)
            yield return new ValidationResult("Choose at least one who gets them.", [nameof(To)]);
        if (From is { } from && To.Contains(from))
            yield return new ValidationResult("Who hands over can't be among those who take over.", [nameof(To)]);
    }
}
