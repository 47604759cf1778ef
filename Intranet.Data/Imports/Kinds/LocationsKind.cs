using System.Globalization;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports.Kinds;

/// <summary>Places of work, found by code.</summary>
public sealed class LocationsKind : ImportKind
{
    private const string LocationCode = "LocationCode", City = "City", Region = "Region", Country = "Country", TimeZone = "TimeZone",
        WorkdayStart = "WorkdayStart", WorkdayEnd = "WorkdayEnd", WorkdaysField = "Workdays";

    public override string Name => "locations";
    public override string Label => "Locations";
    public override string About => "Places of work, found by their code, with time zone and working hours.";

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new(LocationCode, 20, "LocCode", "SiteCode", "OfficeCode", "Code") { Required = true },
        new(City, 100, "Town") { Required = true },
        new(Region, 100) { Required = true },
        new(Country, 100) { Required = true },
        new(TimeZone, 64, "Zone", "TZ") { Required = true },
        new(WorkdayStart, 20, "Start", "StartOfDay"),
        new(WorkdayEnd, 20, "End", "EndOfDay"),
        new(WorkdaysField, 100, "WorkingDays", "Days"),
    ];

    public override string Describe(ImportValues row) => $"{row[LocationCode]} {row[City]}".Trim();

    public override ImportTarget Open(IntranetDbContext db, ImportPass pass) => new Target(db);

    private static readonly string[] TimeFormats = ["H:mm", "HH:mm", "H:mm:ss", "HH:mm:ss", "h:mm tt", "h tt"];

    private static TimeOnly? Time(string text)
        => TimeOnly.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static string InWords(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private sealed class Target(IntranetDbContext db) : ImportTarget
    {
        private readonly SeenLines<string> seen = new();
        private Dictionary<string, Location> known = [];

        public override async Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
            => known = await db.Locations.ToDictionaryAsync(l => l.LocationCodeKey, StringComparer.Ordinal, cancellation);

        protected override int? Earlier(ImportValues row) => seen.Earlier(TextKey.Name(row[LocationCode]), row.Line);

        public override RowMeaning Compare(ImportValues row)
        {
            var location = known.GetValueOrDefault(TextKey.Name(row[LocationCode]));
            var meaning = new RowMeaning { IsNew = location is null };
            if (Earlier(row) is { } earlier)
                meaning.Refuse(LocationCode, $"{row[LocationCode]} is also on line {earlier}. Keep one of the two rows.");
            if (!WorkingHours.IsZone(row[TimeZone]))
                meaning.Refuse(TimeZone, Similarity.Nearest(row[TimeZone], TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)) is { } near
                    ? $"There is no time zone {row[TimeZone]}. Did you mean {near}?"
                    : $"There is no time zone {row[TimeZone]}. Use an IANA name such as Europe/Berlin.");
            foreach (var field in new[] { WorkdayStart, WorkdayEnd }.Where(field => row.Has(field) && Time(row[field]) is null))
                meaning.Refuse(field, "This is not a time of day. Write it like 09:00.");
            if (row.Has(WorkdaysField) && Workweek.Parse(row[WorkdaysField]) is null)
                meaning.Refuse(WorkdaysField, "These are not days of the week. Write them like Mon,Tue,Wed or Mon-Fri.");
            if (meaning.Problems.Count > 0)
                return meaning;

            meaning.Compare(LocationCode, location?.LocationCode, row[LocationCode]);
            meaning.Compare(City, location?.City, row[City]);
            meaning.Compare(Region, location?.Region, row[Region]);
            meaning.Compare(Country, location?.Country, row[Country]);
            meaning.Compare(TimeZone, location?.TimeZone, WorkingHours.ZoneName(row[TimeZone])!);
            meaning.Compare(WorkdayStart, location is null ? null : InWords(location.WorkdayStart), Time(row[WorkdayStart]) is { } start ? InWords(start) : "");
            meaning.Compare(WorkdayEnd, location is null ? null : InWords(location.WorkdayEnd), Time(row[WorkdayEnd]) is { } end ? InWords(end) : "");
            meaning.Compare(WorkdaysField, location is null ? null : Workweek.InWords(location.Workdays), Workweek.Parse(row[WorkdaysField]) is { } days ? Workweek.InWords(days) : "");
            return meaning;
        }

        public override async Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
        {
            foreach (var (row, meaning) in rows)
            {
                var location = meaning.IsNew ? db.Locations.Add(new Location()).Entity : known[TextKey.Name(row[LocationCode])];
                (location.LocationCode, location.City, location.Region, location.Country, location.TimeZone)
                    = (row[LocationCode], row[City], row[Region], row[Country], WorkingHours.ZoneName(row[TimeZone])!);
                location.WorkdayStart = Time(row[WorkdayStart]) ?? location.WorkdayStart;
                location.WorkdayEnd = Time(row[WorkdayEnd]) ?? location.WorkdayEnd;
                location.Workdays = Workweek.Parse(row[WorkdaysField]) ?? location.Workdays;
            }

            await db.SaveChangesAsync(cancellation);
        }
    }
}
