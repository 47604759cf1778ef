using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Intranet.Data.Auditing;
using Intranet.Data.Contacts;
using Intranet.Data.Contacts.Matching;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Intranet.Data.Imports.Kinds;

/// <summary>
/// Customers' people, found by the id they have where they come from; rows without one by their address or number, when all
/// they say is known. A row is a contact of its own and stays what it was: rows that share an address or number are linked
/// afterwards, or put up for review (<see cref="ConnectContacts"/>). Memory doesn't grow with what is known, only by some
/// bytes for each row of the file, so that a million rows fit.
/// </summary>
public sealed class ContactsKind : ImportKind
{
    private const string Id = "Id", OwnId = "IntranetId", GivenName = "GivenName", FamilyName = "FamilyName", FullName = "FullName", Email = "Email", Phone = "Phone",
        BirthDate = "BirthDate", Street = "Street", HouseNumber = "HouseNumber", City = "City", Postcode = "Postcode", State = "State",
        Country = "Country", Company = "Company", JobTitle = "JobTitle";

    internal const string Key = "contacts";

    public override string Name => Key;
    public override string Label => "Contacts";
    public override string About => "Customers' people, found by their id, or by e-mail or phone where they have none. Rows that are one person are linked, never merged into one row.";

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new(Id, 100, "ExternalId", "ContactId", "CustomerId", "RecordId", "RecId", "UniqueId", "Key", "No", "Number"),
        // Our own exports bring it; it finds contacts that have no other id.
        new(OwnId, 10),
        new(GivenName, 100, "FirstName", "Forename", "GName", "Given", "First"),
        new(FamilyName, 100, "LastName", "Surname", "FName", "SecondName", "Family", "Last"),
        new(FullName, 200, "Name", "DisplayName", "ContactName"),
        new(Email, EmailAddress.MaxLength, "EmailAddress", "EmailId", "Mail"),
        new(Phone, 32, "PhoneNumber", "Telephone", "Tel", "Mobile", "MobilePhone", "Cell", "CellPhone"),
        new(BirthDate, 40, "DateOfBirth", "DoB", "Birthday", "Born", "BirthYear", "YearOfBirth"),
        new(Street, 200, "Address", "Address1", "AddressLine1", "StreetAddress", "Addr", "StreetName"),
        new(HouseNumber, 20, "StreetNumber", "HouseNo", "StreetNo"),
        new(City, 100, "Town", "Suburb", "Locality", "Place"),
        new(Postcode, 20, "PostalCode", "Zip", "ZipCode", "PLZ"),
        new(State, 100, "Region", "Province", "County"),
        new(Country, 100),
        new(Company, 200, "Organisation", "Organization", "CompanyName", "Employer", "Account"),
        new(JobTitle, 200, "Title", "Position", "Job", "Occupation", "Role"),
    ];

    public override string Describe(ImportValues row)
        => new[] { $"{row[GivenName]} {row[FamilyName]}".Trim(), row[FullName], row[Company], row[Email], row[Phone] }.FirstOrDefault(text => text.Length > 0) is { } name
            ? row.Has(Id) ? $"{name} ({row[Id]})" : name
            : row[Id];

    public override async Task<ImportTarget> OpenAsync(IntranetDbContext db, DateOnly today, CancellationToken cancellation)
        => new Target(db, db.GetService<TimeProvider>(), await db.Contacts.MaxAsync(c => (int?)c.Id, cancellation) ?? 0);

    private static DateOnly? Day(string text)
    {
        var day = Birth.Parse(text);
        return day % 100 != 0 && DateOnly.TryParseExact(day.ToString("00000000", CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }

    private static string StreetOf(ImportValues row) => row.Has(HouseNumber) ? $"{row[HouseNumber]} {row[Street]}".Trim() : row[Street];

    private sealed class Target(IntranetDbContext db, TimeProvider time, int lastIdBefore) : ImportTarget
    {
        // Which line had an id, by 64 bits of it: a million of them take some tens of megabytes.
        private readonly SeenLines<ulong> seen = new();
        private readonly PhoneRules phones = db.GetService<PhoneRules>();
        private readonly List<int> changed = [];
        private Dictionary<string, Contact> byId = [];
        private Dictionary<int, Contact> byOwnId = [];
        private ILookup<string, Contact> byValue = Array.Empty<Contact>().ToLookup(contact => "");
        private int added, notDays, notAddresses, linked, toReview;

        public override IEnumerable<string> Warnings()
        {
            if (notDays > 0)
                yield return $"{notDays:N0} birth dates are no day of the calendar. They are kept as they are written.";
            if (notAddresses > 0)
                yield return $"{notAddresses:N0} e-mail addresses can't be addresses. They are kept as they are written, and link nobody.";
            if (linked > 0)
                yield return linked == 1 ? "1 row was linked to a contact with the same e-mail or phone." : $"{linked:N0} rows were linked to contacts with the same e-mail or phone.";
            if (toReview > 0)
                yield return toReview == 1 ? "1 pair waits for review: they share a value, and something speaks against one person." : $"{toReview:N0} pairs wait for review: they share a value, and something speaks against one person.";
        }

        public override async Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            (byId, byOwnId, byValue) = ([], [], Array.Empty<Contact>().ToLookup(contact => ""));
            if (lastIdBefore == 0)
                return;
            var found = new List<Contact>();
            foreach (var ids in rows.Select(OwnIdOf).OfType<int>().Distinct().Chunk(500))
                found.AddRange(await db.Contacts.AsNoTracking().Where(c => c.DeletedAt == null && ids.Contains(c.Id)).ToListAsync(cancellation));
            byOwnId = found.ToDictionary(contact => contact.Id);

            found.Clear();
            foreach (var ids in rows.Where(row => row.Has(Id)).Select(row => row[Id]).Distinct().Chunk(500))
                found.AddRange(await db.Contacts.AsNoTracking().Where(c => c.Id <= lastIdBefore && c.DeletedAt == null && ids.Contains(c.ExternalId)).OrderBy(c => c.Id).ToListAsync(cancellation));
            byId = found.DistinctBy(contact => contact.ExternalId!).ToDictionary(contact => contact.ExternalId!, StringComparer.Ordinal);

            found.Clear();
            var values = rows.Where(row => !row.Has(Id) && (row.Has(Email) || row.Has(Phone))).Select(ValueKey).Distinct().ToList();
            foreach (var keys in values.Chunk(500))
                found.AddRange(await db.Contacts.AsNoTracking().Where(c => c.Id <= lastIdBefore && c.DeletedAt == null && c.ExternalId == null && (keys.Contains(c.EmailKey) || (c.EmailKey == null && keys.Contains(c.PhoneKey)))).ToListAsync(cancellation));
            byValue = found.ToLookup(contact => contact.EmailKey ?? contact.PhoneKey!, StringComparer.Ordinal);
        }

        private static int? OwnIdOf(ImportValues row) => int.TryParse(row[OwnId], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

        private string ValueKey(ImportValues row) => row.Has(Email) ? TextKey.Email(row[Email]) : phones.Key(row[Phone]) ?? "";

        public override RowMeaning Compare(ImportValues row)
        {
            if (row.Has(OwnId) && (OwnIdOf(row) is not { } own || !byOwnId.ContainsKey(own)))
                return Refused(OwnId, $"There is no contact {row[OwnId]} here. Leave IntranetId empty for somebody new.");
            if (!row.Has(OwnId) && !row.Has(Id) && !row.Has(Email) && !row.Has(Phone))
                return Refused(Id, "Give the row an id, an e-mail address or a phone number: without one of them, nothing finds it again.");
            if (row.Has(Id) && seen.Earlier(StableHash.Of(row[Id]), row.Line) is { } earlier)
                return Refused(Id, $"The id {row[Id]} is also on line {earlier}. Keep one of the two rows.");
            if (row.Has(Email) && !EmailAddress.IsPlausible(row[Email]))
                notAddresses++;
            if (StreetOf(row).Length > 200)
                return Refused(Street, "Street and house number have more than 200 characters together. Shorten the street.");
            var known = Known(row);
            var meaning = new RowMeaning { IsNew = known is null, SubjectId = known?.Id };
            if (row.Has(BirthDate) && Day(row[BirthDate]) is null)
                notDays++;
            if (known?.ExternalId is null)
                meaning.Compare(Id, null, row[Id]);
            meaning.Compare(GivenName, known?.GivenName, row[GivenName]);
            meaning.Compare(FamilyName, known?.FamilyName, row[FamilyName]);
            meaning.Compare(FullName, known?.FullName, row[FullName]);
            meaning.Compare(Email, known?.Email, row[Email]);
            meaning.Compare(Phone, known?.Phone, row[Phone]);
            meaning.Compare(BirthDate, known is null ? null : BirthOf(known), Day(row[BirthDate]) is { } day ? InWords(day) : row[BirthDate]);
            meaning.Compare(Street, known?.Street, StreetOf(row));
            meaning.Compare(City, known?.City, row[City]);
            meaning.Compare(Postcode, known?.Postcode, row[Postcode]);
            meaning.Compare(State, known?.State, row[State]);
            meaning.Compare(Country, known?.Country, row[Country]);
            meaning.Compare(Company, known?.Company, row[Company]);
            meaning.Compare(JobTitle, known?.JobTitle, row[JobTitle]);
            return meaning;
        }

        private static RowMeaning Refused(string field, string whatToDo)
        {
            var meaning = new RowMeaning();
            meaning.Refuse(field, whatToDo);
            return meaning;
        }

        private static string InWords(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        private static string? BirthOf(Contact contact) => contact.BirthDate is { } day ? InWords(day) : contact.BirthDateAsTyped;

        private Contact? Known(ImportValues row)
            => OwnIdOf(row) is { } own ? byOwnId[own]
                : row.Has(Id) ? byId.GetValueOrDefault(row[Id]) : byValue[ValueKey(row)].FirstOrDefault(contact => SaysNothingNew(row, contact));

        private static bool SaysNothingNew(ImportValues row, Contact contact)
            => Same(contact.GivenName, row[GivenName]) && Same(contact.FamilyName, row[FamilyName]) && Same(contact.FullName, row[FullName])
                && Same(contact.Email, row[Email]) && Same(contact.Phone, row[Phone]) && Same(BirthOf(contact), Day(row[BirthDate]) is { } day ? InWords(day) : row[BirthDate])
                && Same(contact.Street, StreetOf(row)) && Same(contact.City, row[City]) && Same(contact.Postcode, row[Postcode]) && Same(contact.State, row[State])
                && Same(contact.Country, row[Country]) && Same(contact.Company, row[Company]) && Same(contact.JobTitle, row[JobTitle]);

        private static bool Same(string? known, string value) => value.Length == 0 || value == known;

        public override async Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
        {
            if (added + changed.Count == 0)
                await db.LockAsync("contacts", cancellation);
            var now = time.GetUtcNow().UtcDateTime;
            var fresh = rows.Where(row => row.Meaning.IsNew).Select(row => Fill(new Contact { Source = "import", ImportId = ImportId, ImportLine = row.Row.Line, ExternalId = Text(row.Row[Id]), CreatedAt = now }, row.Row, now));
            added += rows.Count(row => row.Meaning.IsNew);
            await db.InsertManyAsync(fresh, cancellation);

            var updated = rows.Where(row => !row.Meaning.IsNew).Select(row => (Contact: Fill(Known(row.Row)!, row.Row, now), row.Meaning)).ToList();
            if (updated.Count == 0)
                return;
            foreach (var (contact, _) in updated)
                contact.Version = Guid.NewGuid();
            var ids = updated.ConvertAll(row => row.Contact.Id);
            changed.AddRange(ids);
            await db.UpdateManyAsync(updated.Select(row => row.Contact), Written, cancellation);
            foreach (var some in ids.Chunk(500))
                await db.ContactWords.Where(word => some.Contains(word.ContactId)).ExecuteDeleteAsync(cancellation);
            await WordsAsync(updated.Select(row => row.Contact), cancellation);
            await db.InsertManyAsync(updated.Select(row => db.Told("changed", nameof(Contact), row.Contact.Id,
                JsonSerializer.Serialize(row.Meaning.Changes.ToDictionary(change => change.Field, change => new[] { change.Old, change.New })))), cancellation);
        }

        public override async Task FinishAsync(CancellationToken cancellation)
        {
            await NewWordsAsync(cancellation);
            var connect = new ConnectContacts(db, db.GetService<IdentifyLimits>(), time);
            if (added > 0)
                Count(await connect.AllSinceAsync(lastIdBefore, Actor.Current.Name, cancellation));
            if (changed.Count > 0)
                Count(await connect.RunAsync(changed, Actor.Current.Name, cancellation));

            void Count(ConnectContacts.Result result) => (linked, toReview) = (linked + result.Links, toReview + result.Pairs);
        }

        // New contacts know their ids only after they are inserted; their words come sorted, in big portions.
        private async Task NewWordsAsync(CancellationToken cancellation)
        {
            const int Portion = 100_000;
            for (var last = lastIdBefore; added > 0;)
            {
                var some = await db.Contacts.AsNoTracking().Where(c => c.Id > last).OrderBy(c => c.Id).Take(Portion)
                    .Select(c => new ValueTuple<int, string?, string?, string?, string?>(c.Id, c.GivenName, c.FamilyName, c.FullName, c.Company)).ToListAsync(cancellation);
                if (some.Count == 0)
                    return;
                last = some[^1].Item1;
                var words = some.SelectMany(c => ContactWord.Of(c.Item2, c.Item3, c.Item4, c.Item5).Select(word => new ContactWord { Word = word, ContactId = c.Item1 })).ToList();
                CollectionsMarshal.AsSpan(words).Sort((a, b) => string.CompareOrdinal(a.Word, b.Word) is not 0 and var order ? order : a.ContactId.CompareTo(b.ContactId));
                await db.InsertManyAsync(words, cancellation);
            }
        }

        private Task WordsAsync(IEnumerable<Contact> contacts, CancellationToken cancellation)
            => db.InsertManyAsync(contacts.SelectMany(contact => ContactWord.Of(contact).Select(word => new ContactWord { Word = word, ContactId = contact.Id })), cancellation);

        private static readonly string[] Written =
        [
            nameof(Contact.ExternalId), nameof(Contact.GivenName), nameof(Contact.FamilyName), nameof(Contact.FullName), nameof(Contact.Email), nameof(Contact.EmailKey), nameof(Contact.Phone),
            nameof(Contact.PhoneKey), nameof(Contact.BirthDate), nameof(Contact.BirthDateAsTyped), nameof(Contact.Street), nameof(Contact.City), nameof(Contact.Postcode),
            nameof(Contact.State), nameof(Contact.Country), nameof(Contact.Company), nameof(Contact.JobTitle), nameof(Contact.UpdatedAt), nameof(Contact.Version),
        ];

        private Contact Fill(Contact contact, ImportValues row, DateTime now)
        {
            contact.ExternalId ??= Text(row[Id]);
            contact.GivenName = Text(row[GivenName]) ?? contact.GivenName;
            contact.FamilyName = Text(row[FamilyName]) ?? contact.FamilyName;
            contact.FullName = Text(row[FullName]) ?? contact.FullName;
            if (row.Has(Email))
                contact.SetEmail(row[Email]);
            if (row.Has(Phone))
                contact.SetPhone(row[Phone], phones);
            if (row.Has(BirthDate))
            {
                contact.BirthDate = Day(row[BirthDate]);
                contact.BirthDateAsTyped = contact.BirthDate is null ? row[BirthDate] : null;
            }

            contact.Street = Text(StreetOf(row)) ?? contact.Street;
            contact.City = Text(row[City]) ?? contact.City;
            contact.Postcode = Text(row[Postcode]) ?? contact.Postcode;
            contact.State = Text(row[State]) ?? contact.State;
            contact.Country = Text(row[Country]) ?? contact.Country;
            contact.Company = Text(row[Company]) ?? contact.Company;
            contact.JobTitle = Text(row[JobTitle]) ?? contact.JobTitle;
            contact.UpdatedAt = now;
            return contact;
        }

        private static string? Text(string value) => value.Length == 0 ? null : value;
    }
}
