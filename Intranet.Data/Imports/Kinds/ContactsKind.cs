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
        BirthDate = "BirthDate", Street = "Street", HouseNumber = "HouseNumber", StreetLine2 = "StreetLine2", City = "City", Postcode = "Postcode", State = "State",
        Country = "Country", Company = "Company", JobTitle = "JobTitle";

    internal const string Key = "contacts";

    public override string Name => Key;
    public override string Label => "Contacts";
    public override string About => "Customers' people, found by their id, or by e-mail or phone where they have none. Rows that are one person are linked, never merged into one row.";

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new(Id, 100, "ExternalId", "RecordId", "RecId", "ContactId", "CustomerId", "PersonId", "ClientId", "UniqueId", "RowId", "SourceId", "RecordNumber", "CustomerNumber", "RegistrationNumber", "Key", "No", "Number"),
        // Our own exports bring it; it finds contacts that have no other id.
        new(OwnId, 10),
        new(GivenName, 100, "FirstName", "Forename", "GivenNames", "GName", "Given", "First") { JoinLines = true },
        new(FamilyName, 100, "LastName", "Surname", "LName", "SName", "SecondName", "Family", "Last") { JoinLines = true },
        new(FullName, 200, "Name", "DisplayName", "ContactName", "PersonName", "CustomerName", "ClientName", "WholeName", "Contact", "Person", "FirstAndSurname", "FirstAndLastName") { JoinLines = true },
        new(Email, EmailAddress.MaxLength, "EmailAddress", "EmailId", "Mail") { Label = "E-mail" },
        new(Phone, 32, "PhoneNumber", "PhoneNo", "Telephone", "TelephoneNumber", "Tel", "Mobile", "MobilePhone", "MobileNumber", "Cell", "CellPhone"),
        new(BirthDate, 40, "DateOfBirth", "DoB", "BirthDay", "BDay", "BDate", "Born", "BirthYear", "YearOfBirth"),
        new(Street, 200, "Address", "Address1", "AddressLine1", "StreetAddress", "StreetName", "Addr", "Addr1", "AddressLine", "Street1") { JoinLines = true },
        new(HouseNumber, 20, "StreetNumber", "StreetNo", "HouseNo"),
        // What stands beside the street: a building, a flat, a part of the place.
        new(StreetLine2, 200, "Address2", "AddressLine2", "Addr2", "Street2") { JoinLines = true },
        new(City, 100, "Town", "Suburb", "Locality", "Municipality", "CityName", "Place", "PlaceOfBirth", "BirthPlace"),
        new(Postcode, 20, "PostalCode", "Zip", "ZipCode", "PLZ"),
        new(State, 100, "StateName", "Region", "Province", "County"),
        new(Country, 100, "CountryName", "CountryCode", "Nation"),
        new(Company, 200, "Organisation", "Organization", "CompanyName", "OrganisationName", "OrganizationName", "BusinessName", "Employer", "Firm", "Account", "AccountName") { JoinLines = true },
        new(JobTitle, 200, "Position", "Job", "Occupation", "Role", "Profession", "Title"),
    ];

    internal override void RecogniseMore(IReadOnlyList<string> headers, List<string> fields, IReadOnlyList<RawRow> below)
        => ContactColumnNames.Recognise(this, headers, fields, below);

    public override string Describe(ImportValues row)
        => new[] { $"{row[GivenName]} {row[FamilyName]}".Trim(), row[FullName], row[Company], row[Email], row[Phone] }.FirstOrDefault(text => text.Length > 0) is { } name
            ? row.Has(Id) ? $"{name} ({row[Id]})" : name
            : row[Id];

    public override ImportTarget Open(IntranetDbContext db, ImportPass pass) => new Target(db, db.GetService<TimeProvider>(), pass);

    private static DateOnly? Day(string text)
    {
        // The first of February in one country is the second of January in another: kept as typed, and compared either way round.
        var day = Birth.IsAmbiguous(text) ? 0 : Birth.Parse(text);
        return day % 100 != 0 && DateOnly.TryParseExact(day.ToString("00000000", CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }

    // What the row says of a known contact's birth date; a day that was read from the same words before stays.
    private static string BirthSaid(ImportValues row, Contact? known)
        => Day(row[BirthDate]) is { } day ? InWords(day)
            : known?.BirthDate is { } there && Birth.IsAmbiguous(row[BirthDate]) && Birth.Parse(row[BirthDate]) is var read && read is not 0 && (IsDay(read, there) || IsDay(Swapped(read), there)) ? InWords(there)
            : row[BirthDate];

    private static bool IsDay(int read, DateOnly day) => read == (day.Year * 10000) + (day.Month * 100) + day.Day;

    private static int Swapped(int read) => (read / 10000 * 10000) + (read % 100 * 100) + (read / 100 % 100);

    private static string InWords(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string StreetOf(ImportValues row)
    {
        var line = row.Has(HouseNumber) ? $"{row[HouseNumber]} {row[Street]}".Trim() : row[Street];
        return !row.Has(StreetLine2) ? line : line.Length == 0 ? row[StreetLine2] : $"{line}, {row[StreetLine2]}";
    }

    private sealed record Carried(Newcomers? Table, ConnectImported.State? Connected, int NotDays, int NotAddresses, int Ambiguous = 0);

    private sealed class Target : ImportTarget
    {
        // Which line had an id, by 64 bits of it: a million of them take some tens of megabytes.
        private readonly SeenLines<ulong> seen = new();
        private readonly IntranetDbContext db;
        private readonly TimeProvider time;
        private readonly PhoneRules phones;
        private readonly ConnectImported connect;
        private readonly int import;
        private Dictionary<string, Contact> byId = [];
        private Dictionary<int, Contact> byOwnId = [];
        private ILookup<string, Contact> byValue = Array.Empty<Contact>().ToLookup(contact => "");
        private ErasedPeople? erased;
        private HashSet<int> erasedLines = [];
        private Newcomers? table;
        private ConnectImported.State? connected;
        private int notDays, notAddresses, ambiguous;

        internal Target(IntranetDbContext db, TimeProvider time, ImportPass pass)
        {
            (this.db, this.time, phones, import, connect) = (db, time, db.GetService<PhoneRules>(), pass.ImportId, new ConnectImported(db, time, pass.ImportId));
            var carried = pass.Carried is null ? new Carried(null, null, 0, 0) : JsonSerializer.Deserialize<Carried>(pass.Carried)!;
            (table, connected, notDays, notAddresses, ambiguous) = (carried.Table, carried.Connected, carried.NotDays, carried.NotAddresses, carried.Ambiguous);
        }

        public override string Carry() => JsonSerializer.Serialize(new Carried(table, connected, notDays, notAddresses, ambiguous));

        public override Task LockAsync(CancellationToken cancellation) => db.LockAsync(Locks.Contacts, cancellation);

        public override IEnumerable<string> Warnings()
        {
            if (notDays > 0)
                yield return notDays == 1 ? "1 birth date is no day of the calendar. It is kept as it is written." : $"{notDays:N0} birth dates are no days of the calendar. They are kept as they are written.";
            if (ambiguous > 0)
                yield return (ambiguous == 1 ? "1 birth date may be read in two ways, day or month first. It is" : $"{ambiguous:N0} birth dates may be read in two ways, day or month first. They are") + " kept as written; write 1980-02-01 to say which day it is.";
            if (notAddresses > 0)
                yield return notAddresses == 1 ? "1 e-mail address can't be one. It is kept as it is written, and links nobody." : $"{notAddresses:N0} e-mail addresses can't be addresses. They are kept as they are written, and link nobody.";
            if (connected?.Links > 0)
                yield return connected.Links == 1 ? "1 row was linked to a contact with the same e-mail or phone." : $"{connected.Links:N0} rows were linked to contacts with the same e-mail or phone.";
            if (connected?.Pairs > 0)
                yield return connected.Pairs == 1 ? "1 pair waits for review: they share a value, and something speaks against one person." : $"{connected.Pairs:N0} pairs wait for review: they share a value, and something speaks against one person.";
        }

        public override async Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            (byId, byOwnId, byValue) = ([], [], Array.Empty<Contact>().ToLookup(contact => ""));
            erased = await ErasedPeople.ReadAsync(db, erased, cancellation);
            erasedLines = erased is null ? [] : await erased.FindAsync(db, rows.Select(ToErased), cancellation);
            table = Newcomers.Look(table, await db.Contacts.MaxAsync(c => (int?)c.Id, cancellation));
            connected ??= await connect.BeginAsync(cancellation);
            if (!table.HasOthers)
                return;
            // What this file brought is no record to meet: its rows are told apart by their ids, and linked afterwards. What somebody deleted
            // is met by its ids alone, so that the next delivery makes no second one of it.
            var others = db.Contacts.AsNoTracking().Where(c => c.ErasedAt == null && c.ImportId != import);
            await FindOwnAsync(rows, cancellation);
            var found = new List<Contact>();
            foreach (var ids in rows.Where(row => row.Has(Id)).Select(row => row[Id]).Distinct().Chunk(500))
                found.AddRange(await others.Where(c => ids.Contains(c.ExternalId)).OrderBy(c => c.Id).ToListAsync(cancellation));
            byId = found.OrderBy(contact => contact.DeletedAt is not null).DistinctBy(contact => contact.ExternalId!).ToDictionary(contact => contact.ExternalId!, StringComparer.Ordinal);

            found.Clear();
            var values = rows.Where(row => !row.Has(Id)).Select(ValueKey).OfType<string>().Distinct().ToList();
            foreach (var keys in values.Chunk(500))
                found.AddRange(await others.Where(c => c.DeletedAt == null && c.ExternalId == null && (keys.Contains(c.EmailKey) || (c.EmailKey == null && keys.Contains(c.PhoneKey)))).ToListAsync(cancellation));
            byValue = found.ToLookup(contact => contact.EmailKey ?? contact.PhoneKey!, StringComparer.Ordinal);
        }

        private async Task FindOwnAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            byOwnId = [];
            foreach (var ids in rows.Select(OwnIdOf).OfType<int>().Distinct().Chunk(500))
            {
                foreach (var contact in await db.Contacts.AsNoTracking().Where(c => c.ErasedAt == null && c.ImportId != import && ids.Contains(c.Id)).ToListAsync(cancellation))
                    byOwnId[contact.Id] = contact;
            }
        }

        public override async Task RecallAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            await FindOwnAsync(rows, cancellation);
            await base.RecallAsync(rows, cancellation);
        }

        // The same id, or the same contact: by our own id twice, or by that and the id it has where it comes from.
        protected override int? Earlier(ImportValues row)
        {
            var own = OwnIdOf(row) is { } id && byOwnId.TryGetValue(id, out var contact) ? contact : null;
            var earlier = own is null ? null : seen.Earlier(StableHash.Of($"{OwnId}\n{own.Id}"), row.Line);
            if (row.Has(Id))
                earlier = seen.Earlier(StableHash.Of(row[Id]), row.Line) ?? earlier;
            return own?.ExternalId is { } known && known != row[Id] ? earlier ?? seen.Earlier(StableHash.Of(known), row.Line) : earlier;
        }

        private ErasedPeople.Row ToErased(ImportValues row)
            => new(row.Line, row.Has(Email) ? TextKey.Email(row[Email]) : null, phones.Key(row[Phone]), row[Id], $"{row[GivenName]} {row[FamilyName]} {row[FullName]}", row[BirthDate]);

        private static int? OwnIdOf(ImportValues row) => int.TryParse(row[OwnId], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

        // As a contact has them: what can't be an address or a number finds nobody.
        private string? ValueKey(ImportValues row) => EmailAddress.IsPlausible(row[Email]) ? TextKey.Email(row[Email]) : phones.Key(row[Phone]);

        public override RowMeaning Compare(ImportValues row)
        {
            if (erasedLines.Contains(row.Line))
                return RowMeaning.OfErased();
            var earlier = Earlier(row);
            if (row.Has(OwnId) && (OwnIdOf(row) is not { } own || !byOwnId.ContainsKey(own)))
                return Refused(OwnId, $"There is no contact {row[OwnId]} here. Leave this empty for somebody new.");
            if (!row.Has(OwnId) && !row.Has(Id) && ValueKey(row) is null)
                return Refused(Id, "Give the row an id, an e-mail address or a phone number: without one of them, nothing finds it again.");
            if (earlier is not null)
                return row.Has(OwnId) ? Refused(OwnId, $"Line {earlier} is about the same contact. Keep one of the two rows.") : Refused(Id, $"The id {row[Id]} is also on line {earlier}. Keep one of the two rows.");
            var known = Known(row);
            if (known is { DeletedAt: not null })
                return Refused(row.Has(OwnId) ? OwnId : Id, $"Contact {known.Id} is deleted here. Restore it first.");
            if (row.Has(Email) && !EmailAddress.IsPlausible(row[Email]))
                notAddresses++;
            if (StreetOf(row).Length > 200)
                return Refused(Street, "The parts of the street have more than 200 characters together. Shorten them.");
            var meaning = new RowMeaning { IsNew = known is null, SubjectId = known?.Id };
            if (Birth.IsAmbiguous(row[BirthDate]))
                ambiguous++;
            else if (row.Has(BirthDate) && Day(row[BirthDate]) is null)
                notDays++;
            if (known?.ExternalId is null)
                meaning.Compare(Id, null, row[Id]);
            meaning.Compare(GivenName, known?.GivenName, row[GivenName]);
            meaning.Compare(FamilyName, known?.FamilyName, row[FamilyName]);
            meaning.Compare(FullName, known?.FullName, FullNameOf(row, known));
            meaning.Compare(Email, known?.Email, row[Email]);
            meaning.Compare(Phone, known?.Phone, row[Phone]);
            meaning.Compare(BirthDate, known is null ? null : BirthOf(known), BirthSaid(row, known));
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

        private static string? BirthOf(Contact contact) => contact.BirthDate is { } day ? InWords(day) : contact.BirthDateAsTyped;

        private Contact? Known(ImportValues row)
            => OwnIdOf(row) is { } own ? byOwnId[own]
                : row.Has(Id) ? byId.GetValueOrDefault(row[Id]) : byValue[ValueKey(row) ?? ""].FirstOrDefault(contact => SaysNothingNew(row, contact));

        // A list that went out brings the name it showed; where that was put together, it says nothing of the whole name.
        private static string FullNameOf(ImportValues row, Contact? known)
            => known is not null && row.Has(OwnId) && row[FullName] == (PersonRow.Called(known.GivenName, known.FamilyName, known.FullName) ?? known.Company ?? known.Email ?? known.Phone ?? $"Contact {known.Id}") ? "" : row[FullName];

        private static bool SaysNothingNew(ImportValues row, Contact contact)
            => Same(contact.GivenName, row[GivenName]) && Same(contact.FamilyName, row[FamilyName]) && Same(contact.FullName, row[FullName])
                && Same(contact.Email, row[Email]) && Same(contact.Phone, row[Phone]) && Same(BirthOf(contact), BirthSaid(row, contact))
                && Same(contact.Street, StreetOf(row)) && Same(contact.City, row[City]) && Same(contact.Postcode, row[Postcode]) && Same(contact.State, row[State])
                && Same(contact.Country, row[Country]) && Same(contact.Company, row[Company]) && Same(contact.JobTitle, row[JobTitle]);

        private static bool Same(string? known, string value) => value.Length == 0 || value == known;

        public override async Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
        {
            var now = time.GetUtcNow().UtcDateTime;
            var fresh = rows.Where(row => row.Meaning.IsNew)
                .Select(row => Fill(new Contact { Source = "import", ImportId = import, ImportLine = row.Row.Line, ExternalId = Text(row.Row[Id]), CreatedAt = now }, row.Row, now)).ToList();
            await db.InsertManyAsync(fresh, cancellation);
            await NewWordsAsync(fresh, cancellation);
            table = table! with { Last = await db.Contacts.MaxAsync(c => (int?)c.Id, cancellation) ?? 0 };

            var updated = rows.Where(row => !row.Meaning.IsNew).Select(row => (Contact: Fill(Known(row.Row)!, row.Row, now), row.Meaning)).ToList();
            if (updated.Count == 0)
                return;
            foreach (var (contact, _) in updated)
                contact.Version = Guid.NewGuid();
            var ids = updated.ConvertAll(row => row.Contact.Id);
            await db.UpdateManyAsync(updated.Select(row => row.Contact), Written, cancellation);
            foreach (var some in ids.Chunk(500))
                await db.ContactWords.Where(word => some.Contains(word.ContactId)).ExecuteDeleteAsync(cancellation);
            await WordsAsync(updated.Select(row => (row.Contact.Id, row.Contact)), cancellation);
            await db.InsertManyAsync(updated.Select(row => db.Told("changed", nameof(Contact), row.Contact.Id,
                JsonSerializer.Serialize(row.Meaning.Changes.ToDictionary(change => change.Field, change => new[] { change.Old, change.New })))), cancellation);
        }

        public override async Task<bool> CompleteAsync(int position, CancellationToken cancellation)
        {
            (connected, var isMore) = await connect.NextAsync(connected!, position, cancellation);
            return isMore;
        }

        // New contacts know their ids only after they are inserted.
        private async Task NewWordsAsync(List<Contact> fresh, CancellationToken cancellation)
        {
            if (fresh.Count == 0)
                return;
            var (first, last) = (fresh[0].ImportLine, fresh[^1].ImportLine);
            var before = table!.Last;
            var ids = await db.Contacts.Where(c => c.Id > before && c.ImportId == import && c.ImportLine >= first && c.ImportLine <= last)
                .Select(c => new ValueTuple<int, int>(c.ImportLine!.Value, c.Id)).ToListAsync(cancellation);
            var idOf = ids.ToDictionary(one => one.Item1, one => one.Item2);
            await WordsAsync(fresh.Select(contact => (idOf[contact.ImportLine!.Value], contact)), cancellation);
        }

        private Task WordsAsync(IEnumerable<(int Id, Contact Contact)> contacts, CancellationToken cancellation)
        {
            var words = contacts.SelectMany(one => ContactWord.Of(one.Contact).Select(word => new ContactWord { Word = word, ContactId = one.Id })).ToList();
            CollectionsMarshal.AsSpan(words).Sort((a, b) => string.CompareOrdinal(a.Word, b.Word) is not 0 and var order ? order : a.ContactId.CompareTo(b.ContactId));
            return db.InsertManyAsync(words, cancellation);
        }

        private static readonly string[] Written =
        [
            nameof(Contact.ExternalId), nameof(Contact.GivenName), nameof(Contact.FamilyName), nameof(Contact.FullName), nameof(Contact.Email), nameof(Contact.EmailKey), nameof(Contact.Phone),
            nameof(Contact.PhoneKey), nameof(Contact.BirthDate), nameof(Contact.BirthDateAsTyped), nameof(Contact.Street), nameof(Contact.City), nameof(Contact.Postcode),
            nameof(Contact.State), nameof(Contact.Country), nameof(Contact.Company), nameof(Contact.JobTitle), nameof(Contact.UpdatedAt), nameof(Contact.OlderValues), nameof(Contact.Version),
        ];

        private Contact Fill(Contact contact, ImportValues row, DateTime now)
        {
            // A new one has no older values; of a million, none is asked.
            var before = contact.Id == 0 ? null : PersonFields.Values(contact);
            // Before the other names are written: what was shown was made of the old ones.
            var fullName = FullNameOf(row, contact);
            contact.ExternalId ??= Text(row[Id]);
            contact.GivenName = Text(row[GivenName]) ?? contact.GivenName;
            contact.FamilyName = Text(row[FamilyName]) ?? contact.FamilyName;
            contact.FullName = Text(fullName) ?? contact.FullName;
            if (row.Has(Email))
                contact.SetEmail(row[Email]);
            if (row.Has(Phone))
                contact.SetPhone(row[Phone], phones);
            if (row.Has(BirthDate))
            {
                var said = BirthSaid(row, contact);
                contact.BirthDate = Day(said);
                contact.BirthDateAsTyped = contact.BirthDate is null ? said : null;
            }

            contact.Street = Text(StreetOf(row)) ?? contact.Street;
            contact.City = Text(row[City]) ?? contact.City;
            contact.Postcode = Text(row[Postcode]) ?? contact.Postcode;
            contact.State = Text(row[State]) ?? contact.State;
            contact.Country = Text(row[Country]) ?? contact.Country;
            contact.Company = Text(row[Company]) ?? contact.Company;
            contact.JobTitle = Text(row[JobTitle]) ?? contact.JobTitle;
            if (before is null)
                contact.UpdatedAt = now;
            else
                contact.Change(before, now);
            return contact;
        }

        private static string? Text(string value) => value.Length == 0 ? null : value;
    }
}
