using System.ComponentModel.DataAnnotations;
using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Directory.Titles;

public sealed class TitleRuleInput : IValidatableObject
{
    [Required(ErrorMessage = "Enter an imported title, or a pattern."), StringLength(200, ErrorMessage = "At most 200 characters.")]
    public string? Original { get; set; }

    [Required(ErrorMessage = "Choose a standard title.")]
    public int? TitleId { get; set; }

    /// <summary>For patterns; empty puts a new one last and leaves an old one where it is.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Use a number from 0 to 1,000,000.")]
    public int? Position { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var key = TextKey.Fold(Original ?? "");
        // Folding can make it longer (ß is ss), and the key is a column too.
        if (key.Length > 220)
            yield return new ValidationResult("This is too long. Shorten it.", [nameof(Original)]);
        if (key.Length == 0 || key.All(letter => letter is '*' or ' '))
            yield return new ValidationResult("Enter at least one letter beside the asterisks: this would catch every title.", [nameof(Original)]);
    }
}

/// <summary>What a steward says about one imported title that no rule knows.</summary>
public sealed class TitleChoice
{
    [StringLength(200)]
    public string? Original { get; set; }

    public int? TitleId { get; set; }
}
