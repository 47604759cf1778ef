using Intranet.Data.Auditing;

namespace Intranet.Data.Directory;

/// <summary>A place of work with its clock and its working hours.</summary>
public sealed class Location : IAudited, IVersioned
{
    public int Id { get; private set; }

    public string LocationCode
    {
        get;
        set
        {
            field = value.Trim();
            LocationCodeKey = TextKey.Name(value);
        }
    } = "";

    public string LocationCodeKey { get; private set; } = "";
    public string City { get; set => field = value.Trim(); } = "";
    public string Region { get; set => field = value.Trim(); } = "";
    public string Country { get; set => field = value.Trim(); } = "";

    /// <summary>IANA name, such as Europe/Berlin.</summary>
    public string TimeZone { get; set => field = value.Trim(); } = "Etc/UTC";

    public TimeOnly WorkdayStart { get; set; } = new(9, 0);

    /// <summary>Earlier than the start means the working day ends after midnight.</summary>
    public TimeOnly WorkdayEnd { get; set; } = new(17, 0);

    public Workdays Workdays { get; set; } = Workdays.MondayToFriday;

    public Guid Version { get; set; } = Guid.NewGuid();
}

/// <summary>The days of a working week; bit n is <see cref="DayOfWeek"/> n.</summary>
[Flags]
public enum Workdays
{
    None = 0,
    Sunday = 1,
    Monday = 2,
    Tuesday = 4,
    Wednesday = 8,
    Thursday = 16,
    Friday = 32,
    Saturday = 64,
    MondayToFriday = Monday | Tuesday | Wednesday | Thursday | Friday,
}
