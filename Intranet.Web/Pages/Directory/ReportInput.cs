using System.ComponentModel.DataAnnotations;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Directory;

/// <summary>What a mailed report is about and who gets it.</summary>
public sealed class ReportInput : IValidatableObject
{
    /// <summary>Made with the form, so that the form is one report however often it is sent.</summary>
    public Guid Id { get; set; }

    [StringLength(100, ErrorMessage = "A product's name has at most 100 characters.")]
    public string? Product { get; set; }

    [StringLength(100, ErrorMessage = "A repository's name has at most 100 characters.")]
    public string? Repository { get; set; }

    [Required(ErrorMessage = "Say who gets it."), Addresses]
    public string? To { get; set; }

    [Addresses]
    public string? Cc { get; set; }

    [StringLength(4000, ErrorMessage = "At most 4,000 characters.")]
    public string? Message { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Id == Guid.Empty)
            yield return new ValidationResult("The form is not complete. Open it again.");
        if (string.IsNullOrWhiteSpace(Product) && string.IsNullOrWhiteSpace(Repository))
            yield return new ValidationResult("Name a product, a repository, or both.", [nameof(Product)]);
    }
}
