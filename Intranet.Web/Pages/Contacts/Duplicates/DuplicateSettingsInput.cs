using System.ComponentModel.DataAnnotations;
using Intranet.Data.Contacts;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <summary>The thresholds in percent, as people read them.</summary>
public sealed class DuplicateSettingsInput : IValidatableObject
{
    private const string Bounds = "Use a percentage from 10 to 100.";

    [Display(Name = "Review from"), Required(ErrorMessage = Bounds), Range(100 * MatchSettings.LeastStored, 100, ErrorMessage = Bounds)]
    public decimal? Review { get; set; }

    [Display(Name = "Link automatically from"), Required(ErrorMessage = Bounds), Range(100 * MatchSettings.LeastStored, 100, ErrorMessage = Bounds)]
    public decimal? Automatic { get; set; }

    public bool LinksAutomatically { get; set; }

    /// <summary>Of the settings that the form showed.</summary>
    public string? Version { get; set; }

    public static DuplicateSettingsInput Of(MatchSettings settings) => new()
    {
        Review = Percent(settings.Review),
        Automatic = Percent(settings.Automatic),
        LinksAutomatically = settings.LinksAutomatically,
        Version = settings.Version,
    };

    public MatchSettings ToSettings() => new((double)(Review!.Value / 100), (double)(Automatic!.Value / 100), LinksAutomatically);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Automatic < Review)
            yield return new ValidationResult("This can't be below the threshold for review.", [nameof(Automatic)]);
    }

    private static decimal Percent(double probability) => Math.Round((decimal)probability * 100, 4) / 1.0000m;
}
