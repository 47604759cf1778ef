using System.ComponentModel.DataAnnotations;
using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Directory.Locations;

public sealed class LocationInput : IValidatableObject
{
    [Required(ErrorMessage = "A location needs a code."), StringLength(20, ErrorMessage = "At most 20 characters.")]
    public string? LocationCode { get; set; }

    [Required(ErrorMessage = "A city is needed."), StringLength(100, ErrorMessage = "At most 100 characters.")]
    public string? City { get; set; }

    [Required(ErrorMessage = "A region is needed."), StringLength(100, ErrorMessage = "At most 100 characters.")]
    public string? Region { get; set; }

    [Required(ErrorMessage = "A country is needed."), StringLength(100, ErrorMessage = "At most 100 characters.")]
    public string? Country { get; set; }

    [Required(ErrorMessage = "A time zone is needed.")]
    public string? TimeZone { get; set; }

    [Required(ErrorMessage = "When does the day begin?")]
    public TimeOnly? WorkdayStart { get; set; } = new(9, 0);

    [Required(ErrorMessage = "When does the day end?")]
    public TimeOnly? WorkdayEnd { get; set; } = new(17, 0);

    public List<DayOfWeek> Days { get; set; } = [];

    /// <summary>The version the form was filled in for.</summary>
    public Guid? Version { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TimeZone is not null && !WorkingHours.IsZone(TimeZone.Trim()))
            yield return new ValidationResult("That is not a time zone. Use an IANA name such as Europe/Berlin.", [nameof(TimeZone)]);
        if (WorkdayStart == WorkdayEnd)
            yield return new ValidationResult("The day can't end when it begins.", [nameof(WorkdayEnd)]);
        if (Days.Count == 0 || !Days.TrueForAll(Enum.IsDefined))
            yield return new ValidationResult("Choose at least one working day.", [nameof(Days)]);
    }
}
