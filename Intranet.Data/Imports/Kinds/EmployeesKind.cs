using System.Globalization;
using System.Text.Json;
using Intranet.Data.Auditing;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Imports.Kinds;

/// <summary>
/// People, found by EmpId. An empty cell leaves the value as it is. A changed title is standardised again; a standard
/// title that somebody set by hand stays while the imported one does. Somebody who has left is an error: coming back is
/// a decision, made on their page. Nobody leaves because a file doesn't name them. A list downloaded
/// here can come back: it names the city instead of the code, and the standard title instead of the imported one.
/// </summary>
public sealed class EmployeesKind : ImportKind
{
    internal const string EmpId = "EmpId", FirstName = "FirstName", LastName = "LastName", EmailId = "EmailId", ChatUserName = "ChatUserName",
        Title = "Title", LocationCode = "LocationCode", City = "City", ManagerEmpId = "ManagerEmpId", StandardTitle = "StandardTitle";

    public override string Name => "employees";
    public override string Label => "Employees";
    public override string About => "People, found by EmpId. Titles are standardised by the rules under Titles.";

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new(EmpId, 32, "EmployeeId", "EmployeeNumber", "EmployeeNo", "PersonnelNumber") { Required = true, Label = EmpId },
        new(FirstName, 100, "GivenName", "Forename") { Required = true },
        new(LastName, 100, "Surname", "FamilyName") { Required = true },
        new(EmailId, EmailAddress.MaxLength, "ADEmail", "Email", "EmailAddress", "Mail") { Required = true, Label = "E-mail" },
        new(ChatUserName, 100, "ChatUser", "ChatName", "Chat"),
        new(Title, 200, "JobTitle", "OriginalTitle", "Position"),
        new(LocationCode, 20, "LocCode", "SiteCode", "OfficeCode") { Required = true, OrElse = City },
        new(City, 100, "Town"),
        new(ManagerEmpId, 32, "Manager", "ManagerId", "ReportsTo") { Label = "EmpId of the manager" },
    ];

    public override string Describe(ImportValues row) => $"{row[FirstName]} {row[LastName]}".Trim() is { Length: > 0 } name ? $"{name} ({row[EmpId]})" : row[EmpId];

    public override ImportTarget Open(IntranetDbContext db, ImportPass pass) => new Target(db, pass);

    private sealed record Known(
        int Id, string FirstName, string LastName, string EmailId, string ChatUserName, string OriginalTitle, int? TitleId, int LocationId, string? ManagerEmpId, DateOnly? LeftOn);

    private sealed record Place(int Id, string Code, string Key, string City);

    private sealed class Target(IntranetDbContext db, ImportPass pass) : ImportTarget
    {
        private readonly SeenLines<string> seen = new();
        private readonly DateOnly today = DateOnly.FromDateTime(pass.Now);
        private readonly HashSet<string> unmapped = pass.Carried is null ? [] : new(JsonSerializer.Deserialize<List<string>>(pass.Carried)!, StringComparer.Ordinal);
        private readonly EmployeeWords words = new(db);
        private readonly Dictionary<string, Known> known = new(StringComparer.Ordinal);
        private List<Place> locations = [];
        private Dictionary<string, Place> locationOf = [];
        private ILookup<string, Place> placesIn = Array.Empty<Place>().ToLookup(place => "");
        private Dictionary<int, string> codeOf = [], titles = [];
        private TitleRules rules = new([], []);

        public override string? Carry() => unmapped.Count == 0 ? null : JsonSerializer.Serialize(unmapped);

        public override async Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            locations = await db.Locations.AsNoTracking().Select(l => new Place(l.Id, l.LocationCode, l.LocationCodeKey, l.City)).ToListAsync(cancellation);
            locationOf = locations.ToDictionary(place => place.Key, StringComparer.Ordinal);
            placesIn = locations.OrderBy(place => place.Key, StringComparer.Ordinal).ToLookup(place => TextKey.Fold(place.City), StringComparer.Ordinal);
            codeOf = locations.ToDictionary(place => place.Id, place => place.Code);
            (rules, titles) = (await db.TitleRulesAsync(cancellation), await db.Titles.ToDictionaryAsync(t => t.Id, t => t.Name, cancellation));
            known.Clear();
            foreach (var keys in rows.Select(row => TextKey.EmpId(row[EmpId])).Distinct().Chunk(500))
            {
                foreach (var (key, person) in await db.Employees.AsNoTracking().Where(e => keys.Contains(e.EmpIdKey))
                    .Select(e => new ValueTuple<string, Known>(e.EmpIdKey, new Known(e.Id, e.FirstName, e.LastName, e.EmailId, e.ChatUserName, e.OriginalTitle, e.TitleId, e.LocationId, e.ManagerEmpId, e.LeftOn)))
                    .ToListAsync(cancellation))
                    known.Add(key, person);
            }
        }

        protected override int? Earlier(ImportValues row) => seen.Earlier(TextKey.EmpId(row[EmpId]), row.Line);

        public override IEnumerable<string> Warnings()
        {
            if (unmapped.Count > 0)
                yield return unmapped.Count == 1
                    ? $"The title “{unmapped.First()}” is not mapped to a standard title."
                    : $"{unmapped.Count:N0} titles are not mapped to a standard title.";
        }

        public override RowMeaning Compare(ImportValues row)
        {
            var key = TextKey.EmpId(row[EmpId]);
            var person = known.GetValueOrDefault(key);
            var meaning = new RowMeaning { IsNew = person is null };
            if (Earlier(row) is { } earlier)
                meaning.Refuse(EmpId, $"EmpId {row[EmpId]} is also on line {earlier}. Keep one of the two rows.");
            if (person?.LeftOn <= today)
                meaning.Refuse(EmpId, string.Create(CultureInfo.InvariantCulture, $"{person.FirstName} {person.LastName} left on {person.LeftOn:yyyy-MM-dd}. If they are back, reinstate them on their page first."));
            if (!EmailAddress.IsPlausible(row[EmailId]))
                meaning.Refuse(EmailId, "This is not an e-mail address. Write it like name@company.example.");
            // Folding can make names longer (ß is ss), and the key is a column too.
            if (TextKey.Fold(row[FirstName]).Length > 120)
                meaning.Refuse(FirstName, "The name is too long. Shorten it.");
            if (TextKey.Fold(row[LastName]).Length > 120)
                meaning.Refuse(LastName, "The name is too long. Shorten it.");
            var place = PlaceOf(row, person?.LocationId);
            if (place is null)
                RefusePlace(row, meaning);
            if (row.Has(ManagerEmpId) && TextKey.EmpId(row[ManagerEmpId]) == key)
                meaning.Refuse(ManagerEmpId, "Nobody is their own manager. Correct it or leave it empty.");
            if (meaning.Problems.Count > 0)
                return meaning;

            if (person is null)
                meaning.Compare(EmpId, null, row[EmpId]);
            meaning.Compare(FirstName, person?.FirstName, row[FirstName]);
            meaning.Compare(LastName, person?.LastName, row[LastName]);
            meaning.Compare(EmailId, person?.EmailId, row[EmailId]);
            meaning.Compare(ChatUserName, person?.ChatUserName, row[ChatUserName]);
            meaning.Compare(LocationCode, person is null ? null : codeOf[person.LocationId], place!.Code);
            meaning.Compare(ManagerEmpId, person?.ManagerEmpId, row[ManagerEmpId]);
            CompareTitle(meaning, person, row[Title]);
            return meaning;
        }

        private void CompareTitle(RowMeaning meaning, Known? person, string title)
        {
            if (title.Length == 0 || title == person?.OriginalTitle || IsStandardOf(person?.TitleId, title))
                return;
            meaning.Compare(Title, person?.OriginalTitle, title);
            var mapped = rules.Map(title);
            if (mapped is null)
                unmapped.Add(title);
            if (mapped != person?.TitleId)
                meaning.Changes.Add(new FieldChange(StandardTitle, NameOf(person?.TitleId), NameOf(mapped)));
        }

        private string? NameOf(int? titleId) => titleId is { } id ? titles[id] : null;

        // The title of a downloaded list is the standard one. It says nothing new about somebody who has it.
        private bool IsStandardOf(int? titleId, string title) => titleId is { } id && titles[id] == title;

        /// <param name="now">Where they work so far: of several locations in a city, that one.</param>
        private Place? PlaceOf(ImportValues row, int? now)
        {
            if (row.Has(LocationCode))
                return locationOf.GetValueOrDefault(TextKey.Name(row[LocationCode]));
            var there = placesIn[TextKey.Fold(row[City])].ToList();
            return there.Find(place => place.Id == now) ?? (there.Count == 1 ? there[0] : null);
        }

        private void RefusePlace(ImportValues row, RowMeaning meaning)
        {
            var code = row[LocationCode];
            var city = row[City];
            var there = placesIn[TextKey.Fold(city)].Select(place => place.Code).ToList();
            if (row.Has(LocationCode))
                meaning.Refuse(LocationCode, $"There is no location {code}. {Near(code, place => place.Code) ?? "Add it under Locations, or correct the code."}");
            else if (there.Count > 1)
                meaning.Refuse(City, $"There are several locations in {city}: {string.Join(", ", there)}. Say which one in a column LocationCode.");
            else
                meaning.Refuse(City, $"There is no location in {city}. {Near(city, place => place.City) ?? "Add it under Locations, or correct the city."}");
        }

        private string? Near(string text, Func<Place, string> name)
            => Similarity.Nearest(text, locations.Select(name)) is { } near ? $"Did you mean {near}?" : null;

        public override async Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
        {
            var last = await db.Employees.MaxAsync(e => (int?)e.Id, cancellation) ?? 0;
            var added = rows.Where(row => row.Meaning.IsNew).Select(row => Fill(new Employee(), row.Row)).ToList();
            await db.InsertManyAsync(added, cancellation);
            if (added.Count > 0)
                await words.WriteNewAsync(added, last, cancellation);

            var changes = rows.Where(row => !row.Meaning.IsNew).ToDictionary(row => known[TextKey.EmpId(row.Row[EmpId])].Id);
            foreach (var ids in changes.Keys.Chunk(500))
            {
                var people = await db.Employees.AsNoTracking().Where(e => ids.Contains(e.Id)).ToListAsync(cancellation);
                foreach (var person in people)
                    Fill(person, changes[person.Id].Row);
                await db.UpdateManyAsync(people, Written, cancellation);
                await words.RewriteAsync([.. people.Where(person => changes[person.Id].Meaning.Changes.Exists(change => FindsBy.Contains(change.Field)))], cancellation);
                await db.InsertManyAsync(people.Select(person => Told(person.Id, changes[person.Id].Meaning)), cancellation);
            }

            await words.SpellAsync(cancellation);
        }

        private static readonly string[] FindsBy = [FirstName, LastName, EmailId, ChatUserName];

        private static readonly string[] Written =
        [
            nameof(Employee.FirstName), nameof(Employee.FirstNameKey), nameof(Employee.LastName), nameof(Employee.LastNameKey),
            nameof(Employee.EmailId), nameof(Employee.EmailKey), nameof(Employee.ChatUserName), nameof(Employee.OriginalTitle),
            nameof(Employee.TitleId), nameof(Employee.LocationId), nameof(Employee.ManagerEmpId), nameof(Employee.Version),
        ];

        private Employee Fill(Employee person, ImportValues row)
        {
            if (person.Id == 0)
                person.EmpId = row[EmpId];
            person.FirstName = row[FirstName];
            person.LastName = row[LastName];
            person.EmailId = row[EmailId];
            person.LocationId = PlaceOf(row, person.LocationId)!.Id;
            if (row.Has(ChatUserName))
                person.ChatUserName = row[ChatUserName];
            if (row.Has(ManagerEmpId))
                person.ManagerEmpId = row[ManagerEmpId];
            if (row.Has(Title) && row[Title] != person.OriginalTitle && !IsStandardOf(person.TitleId, row[Title]))
                (person.OriginalTitle, person.TitleId) = (row[Title], rules.Map(row[Title]));
            person.Version = Guid.NewGuid();
            return person;
        }

        private AuditEntry Told(int id, RowMeaning meaning)
            => db.Told("changed", nameof(Employee), id, JsonSerializer.Serialize(meaning.Changes.ToDictionary(change => change.Field, change => new[] { change.Old, change.New })));
    }
}
