using System.ComponentModel.DataAnnotations;
using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Directory.Assignments;

public sealed class AssignmentInput : IValidatableObject
{
    [Required(ErrorMessage = "Say who: number, address or name."), StringLength(254, ErrorMessage = "At most 254 characters.")]
    public string? Person { get; set; }

    [StringLength(100, ErrorMessage = "At most 100 characters.")]
    public string? Product { get; set; }

    [StringLength(100, ErrorMessage = "At most 100 characters.")]
    public string? Repository { get; set; }

    [EnumDataType(typeof(AssignmentRole), ErrorMessage = "Choose owner, backup or member.")]
    public AssignmentRole Role { get; set; } = AssignmentRole.Member;

    /// <summary>The version the form was filled in for.</summary>
    public Guid? Version { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Product) && string.IsNullOrWhiteSpace(Repository))
            yield return new ValidationResult("Name a product, a repository, or both.", [nameof(Product)]);
    }
}
