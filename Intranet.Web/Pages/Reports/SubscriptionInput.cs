using System.ComponentModel.DataAnnotations;
using Intranet.Data.Directory;
using Intranet.Data.Reports;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Reports;

/// <summary>When a list is mailed, to whom and how.</summary>
public sealed class SubscriptionInput : IValidatableObject
{
    public Guid Version { get; set; }

    [Required(ErrorMessage = "Give it a name; it is the subject of the mails."), StringLength(100, ErrorMessage = "At most 100 characters.")]
    public string? Name { get; set; }

    [EnumDataType(typeof(Rhythm), ErrorMessage = "Choose how often.")]
    public Rhythm Rhythm { get; set; } = Rhythm.Weekdays;

    [EnumDataType(typeof(DayOfWeek), ErrorMessage = "Choose a day of the week.")]
    public DayOfWeek Weekday { get; set; } = DayOfWeek.Monday;

    [Range(1, 31, ErrorMessage = "A day from 1 to 31.")]
    public int DayOfMonth { get; set; } = 1;

    [Range(0, 23, ErrorMessage = "An hour from 0 to 23.")]
    public int Hour { get; set; } = 8;

    [Required(ErrorMessage = "Name a time zone, such as Europe/Berlin.")]
    public string? TimeZone { get; set; }

    [Required(ErrorMessage = "Say who gets it."), Addresses]
    public string? To { get; set; }

    [EnumDataType(typeof(SubscriptionFormat), ErrorMessage = "Choose how the list comes.")]
    public SubscriptionFormat Format { get; set; }

    public bool OnlyWhenChanged { get; set; }

    public static SubscriptionInput Of(Subscription subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        return new()
        {
            Version = subscription.Version,
            Name = subscription.Name,
            Rhythm = subscription.Rhythm,
            Weekday = subscription.Weekday,
            DayOfMonth = subscription.DayOfMonth,
            Hour = subscription.Hour,
            TimeZone = subscription.TimeZone,
            To = string.Join('\n', subscription.Readers().OrderBy(recipient => recipient.Id).Select(recipient => recipient.Address)),
            Format = subscription.Format,
            OnlyWhenChanged = subscription.OnlyWhenChanged,
        };
    }

    public Schedule Schedule() => new(Rhythm, Hour, Weekday, DayOfMonth, WorkingHours.ZoneName(TimeZone!.Trim()) ?? TimeZone.Trim());

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!WorkingHours.IsZone(TimeZone!.Trim()))
            yield return new ValidationResult("This is not the name of a time zone, such as Europe/Berlin.", [nameof(TimeZone)]);
        if (AddressList.Parse(To).Count == 0)
            yield return new ValidationResult("Say who gets it.", [nameof(To)]);
        // What no server takes is told here, not in a mail that fails.
        foreach (var address in AddressList.Parse(To).Where(address => !MailComposition.IsSendable(address)))
            yield return new ValidationResult(AddressList.NoAddress(address), [nameof(To)]);
    }
}
