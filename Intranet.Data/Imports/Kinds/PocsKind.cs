using System.Text.Json;
using Intranet.Data.Contacts;
using Intranet.Data.Contacts.Matching;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Intranet.Data.Imports.Kinds;

/// <summary>
/// Whom to ask at a lead. Each row's person is a contact: one that is known by e-mail or phone, where the names don't clearly
/// differ, or a new one, which is linked or put up for review like every imported contact; and so is what is new of a known one.
/// </summary>
public sealed class PocsKind : ImportKind
{
    private const string LeadId = "LeadId", OwnLeadId = "IntranetLeadId", PersonName = "Name", Role = "Role", Phone = "Phone", Email = "Email", IsMain = "IsMain";

    internal const string Key = "pocs";

    public override string Name => Key;
    public override string Label => "Pocs of leads";
    public override string About => "Whom to ask at a lead, found by lead and person. Leads come first; people who are known among the contacts are found, not doubled, and what is new of their addresses and numbers is added to them.";
    public override bool IsOfLeads => true;

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new(LeadId, 100, "RestaurantId", "AccountId", "CustomerId") { Required = true, OrElse = OwnLeadId },
        new(OwnLeadId, 10),
        new(PersonName, 200, "FullName", "ContactName", "PocName") { Required = true },
        new(Role, 100, "Position", "Function"),
        new(Phone, 32, "PhoneNumber", "Telephone", "Tel", "Mobile"),
        new(Email, EmailAddress.MaxLength, "EmailAddress", "Mail"),
        new(IsMain, 10, "Main", "MainContact"),
    ];

    public override string Describe(ImportValues row) => $"{row[PersonName]} ({(row.Has(LeadId) ? row[LeadId] : row[OwnLeadId])})";

    public override ImportTarget Open(IntranetDbContext db, ImportPass pass) => new Target(db, db.GetService<TimeProvider>(), pass);

    private sealed class Target : ImportTarget
    {
        private readonly IntranetDbContext db;
        private readonly TimeProvider time;
        private readonly ImportPass pass;
        private readonly SeenLines<ulong> seen = new(), named = new(), people = new();
        private readonly PhoneRules phones;
        private readonly ConnectImported connect;
        private readonly LeadsOfRows leads;
        private readonly HashSet<int> withMain = [];

        // The line that says who the main one of a lead is.
        private readonly Dictionary<int, int> chosen = [];
        private Dictionary<int, NameAgreement.Who[]> called = [];
        private HashSet<string> crowded = [];
        private ILookup<string, Candidate> byValue = Array.Empty<Candidate>().ToLookup(one => "");

        // Which addresses and numbers somebody has in any of their rows, and the names that stand beside both.
        private HashSet<(int Person, string Key)> has = [];
        private HashSet<(string Name, string? EmailKey, string? PhoneKey)> stored = [];
        private Dictionary<(int Lead, int Person), Known> known = [];
        private ErasedPeople? erased;
        private HashSet<int> erasedLines = [];
        private Dictionary<(int Lead, string Name), Known> names = [];
        private ConnectImported.State? connected;
        private int displacedRows;

        internal Target(IntranetDbContext db, TimeProvider time, ImportPass pass)
        {
            (this.db, this.time, this.pass) = (db, time, pass);
            (phones, connect, leads) = (db.GetService<PhoneRules>(), new(db, time, pass.ImportId), new(db, LeadId, OwnLeadId));
            if (pass.Carried is not null && JsonSerializer.Deserialize<Carried>(pass.Carried) is { } carried)
                // Before there were other facts to carry, that one stood alone.
                (connected, displacedRows) = (carried.Connected ?? JsonSerializer.Deserialize<ConnectImported.State>(pass.Carried), carried.DisplacedRows);
        }

        private sealed record Carried(ConnectImported.State? Connected, int DisplacedRows);

        public override string? Carry() => connected is null ? null : JsonSerializer.Serialize(new Carried(connected, displacedRows));

        public override async Task LockAsync(CancellationToken cancellation)
        {
            await db.LockAsync(Locks.Contacts, cancellation);
            await db.LockAsync(Locks.Leads, cancellation);
        }

        private sealed record Known(int Id, string Role, bool IsMain);

        private sealed record Candidate(int Id, int Primary, string? EmailKey, string? PhoneKey, string Name);

        public override IEnumerable<string> Warnings()
        {
            if (connected?.Links > 0)
                yield return connected.Links == 1 ? "1 person was linked to a contact with the same e-mail or phone." : $"{connected.Links:N0} people were linked to contacts with the same e-mail or phone.";
            if (connected?.Pairs > 0)
                yield return connected.Pairs == 1 ? "1 pair of contacts waits for review." : $"{connected.Pairs:N0} pairs of contacts wait for review.";
            if (displacedRows > 0)
                yield return $"{displacedRows:N0} {(displacedRows == 1 ? "row says" : "rows say")} yes in IsMain after another row of the same lead did. The first one's person is the main one.";
        }

        public override async Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            await leads.LoadAsync(rows, cancellation);
            await FindErasedAsync(rows, cancellation);
            await FindPeopleAsync(rows, cancellation);
            await FindKnownAsync(cancellation);
            connected ??= await connect.BeginAsync(cancellation);
        }

        private async Task FindKnownAsync(CancellationToken cancellation)
        {
            (known, names) = ([], []);
            withMain.Clear();
            foreach (var ids in leads.Ids.Chunk(500))
            {
                foreach (var poc in await db.Pocs.Where(poc => ids.Contains(poc.LeadId) && poc.RemovedAt == null).OrderBy(poc => poc.Id)
                    .Select(poc => new { poc.Id, poc.LeadId, poc.Role, poc.IsMain, Person = poc.Contact!.LinkedId ?? poc.ContactId, IsOfFile = poc.Contact.ImportId == pass.ImportId, poc.Contact.GivenName, poc.Contact.FamilyName, poc.Contact.FullName }).ToListAsync(cancellation))
                {
                    if (poc.IsMain)
                        withMain.Add(poc.LeadId);
                    if (poc.IsOfFile)
                        continue;
                    var there = new Known(poc.Id, poc.Role, poc.IsMain);
                    known.TryAdd((poc.LeadId, poc.Person), there);
                    names.TryAdd((poc.LeadId, TextKey.Fold(PersonRow.Called(poc.GivenName, poc.FamilyName, poc.FullName) ?? "")), there);
                }
            }
        }

        private async Task FindErasedAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            erased = await ErasedPeople.ReadAsync(db, erased, cancellation);
            erasedLines = erased is null ? [] : await erased.FindAsync(db, rows.Select(row => new ErasedPeople.Row(row.Line, row.Has(Email) ? TextKey.Email(row[Email]) : null, phones.Key(row[Phone]), null, row[PersonName], null)), cancellation);
            // A name alone is theirs where they were asked for it.
            if (erased is not null)
                erasedLines.UnionWith(await erased.AsPocsAsync(db, [.. rows.Select(row => new ErasedTexts.Text(row.Line, leads.Find(row)?.Id ?? 0, row[PersonName]))], cancellation));
        }

        public override async Task RecallAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            await leads.LoadAsync(rows, cancellation);
            await FindErasedAsync(rows, cancellation);
            await FindPeopleAsync(rows, cancellation);
            await FindKnownAsync(cancellation);
            foreach (var row in rows)
            {
                // As it was compared: what was refused then chose nobody.
                if (Earlier(row) is null && LeadsKind.YesOrNo(row[IsMain]) == true && HasPlausibleEmail(row) && HasReadablePhone(row) && !erasedLines.Contains(row.Line) && leads.Find(row) is { } lead)
                    chosen.TryAdd(lead.Id, row.Line);
            }
        }

        // Those that this file brought are linked afterwards, as everybody whose address or number somebody else has.
        private async Task FindPeopleAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            var others = db.Contacts.Where(c => c.ImportId != pass.ImportId);
            var found = new List<Candidate>();
            var emails = rows.Where(row => row.Has(Email)).Select(row => TextKey.Email(row[Email])).Distinct();
            foreach (var keys in emails.Chunk(500))
                found.AddRange(await CandidatesAsync(others.Where(c => keys.Contains(c.EmailKey)), cancellation));
            foreach (var keys in rows.Where(row => row.Has(Phone)).Select(row => phones.Key(row[Phone])).OfType<string>().Distinct().Chunk(500))
                found.AddRange(await CandidatesAsync(others.Where(c => keys.Contains(c.PhoneKey)), cancellation));
            // What is generic, or more people than that have, says nothing about who has it; there only the very same name is somebody known.
            var most = db.GetService<IdentifyLimits>().MostPeople;
            var wanted = rows.Select(row => TextKey.Fold(row[PersonName])).ToHashSet(StringComparer.Ordinal);
            var held = found.SelectMany(one => KeysOf(one.EmailKey, one.PhoneKey).Select(key => (Key: key, One: one))).ToList();
            has = [.. held.Select(pair => (pair.One.Primary, pair.Key))];
            stored = [.. found.Select(one => (one.Name, one.EmailKey, one.PhoneKey))];
            var holders = held.ToLookup(pair => pair.Key, pair => pair.One, StringComparer.Ordinal);
            var generic = await GenericAsync(holders.Select(those => those.Key), cancellation);
            crowded = holders.Where(those => generic.Contains(those.Key)).Concat(holders.Where(those => those.Select(one => one.Primary).Distinct().Take(most + 1).Count() > most)).Select(those => those.Key).ToHashSet(StringComparer.Ordinal);
            byValue = holders.SelectMany(those => those.Where(one => !crowded.Contains(those.Key) || wanted.Contains(one.Name)).Select(one => (those.Key, One: one))).ToLookup(pair => pair.Key, pair => pair.One, StringComparer.Ordinal);
            // Compared as people, by all their rows: the one with the value may have no name.
            called = [];
            foreach (var some in byValue.SelectMany(those => those).Select(one => one.Primary).Distinct().Chunk(500))
            {
                var names = await db.Contacts.Where(c => (some.Contains(c.Id) || (c.LinkedId != null && some.Contains(c.LinkedId.Value))) && c.DeletedAt == null)
                    .Select(c => new { Person = c.LinkedId ?? c.Id, c.GivenName, c.FamilyName, c.FullName }).Distinct().ToListAsync(cancellation);
                foreach (var person in names.GroupBy(name => name.Person))
                    called[person.Key] = [.. person.Select(name => new NameAgreement.Who(name.GivenName, name.FamilyName, name.FullName, null)).Where(NameAgreement.IsNamed)];
            }
        }

        private async Task<HashSet<string>> GenericAsync(IEnumerable<string> keys, CancellationToken cancellation)
        {
            var generic = new HashSet<string>(StringComparer.Ordinal);
            foreach (var of in keys.GroupBy(key => key[0] == '@' ? GenericValueKind.Email : GenericValueKind.Phone))
            {
                foreach (var some in of.Select(key => key[1..]).Chunk(500))
                {
                    var listed = (await db.GenericValues.Where(value => value.Kind == of.Key && some.Contains(value.ValueKey)).Select(value => value.ValueKey).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
                    generic.UnionWith(some.Where(key => listed.Contains(key) || GenericValues.IsGeneric(of.Key, key))
                        .Select(key => (of.Key == GenericValueKind.Email ? "@" : "#") + key));
                }
            }

            return generic;
        }

        private static async Task<List<Candidate>> CandidatesAsync(IQueryable<Contact> contacts, CancellationToken cancellation)
            => (await contacts.Where(c => c.DeletedAt == null).OrderBy(c => c.Id).Select(c => new { c.Id, Primary = c.LinkedId ?? c.Id, c.EmailKey, c.PhoneKey, c.GivenName, c.FamilyName, c.FullName }).ToListAsync(cancellation))
                .ConvertAll(c => new Candidate(c.Id, c.Primary, c.EmailKey, c.PhoneKey, TextKey.Fold(PersonRow.Called(c.GivenName, c.FamilyName, c.FullName) ?? "")));

        private static IEnumerable<string> KeysOf(string? email, string? phone)
            => new[] { email is null ? null : "@" + email, phone is null ? null : "#" + phone }.OfType<string>();

        private static string? EmailKey(ImportValues row) => row.Has(Email) ? TextKey.Email(row[Email]) : null;

        // Of several people, one who is a poc of the lead already: their address and their number may be two contacts that nobody has linked yet.
        private int? PersonOf(ImportValues row)
        {
            var those = Candidates(row).Select(one => (int?)one.Primary).ToList();
            return (leads.Find(row) is { } lead ? those.Find(person => known.ContainsKey((lead.Id, person!.Value))) : null) ?? those.FirstOrDefault();
        }

        private IEnumerable<Candidate> Candidates(ImportValues row)
        {
            NameAgreement.Who[] who = [new(null, null, row[PersonName], null)];
            var keys = KeysOf(EmailKey(row), phones.Key(row[Phone]));
            var name = TextKey.Fold(row[PersonName]);
            return keys.SelectMany(key => byValue[key].Where(one => !crowded.Contains(key) || one.Name == name))
                // Somebody of whom no row says a name may be anybody: a line of its own, which is linked or waits for review.
                .Where(one => called.GetValueOrDefault(one.Primary, []) is { Length: > 0 } names && !NameAgreement.ClearlyDiffer(who, names));
        }

        // The row of the person that says most of what the line does, with a name where one has it: where a steward parts the person
        // again, the poc is who was meant. Null where the line says something that none of theirs does: it makes a row of its own.
        private int? ContactOf(ImportValues row)
        {
            if (PersonOf(row) is not { } person)
                return null;
            var (email, phone) = (EmailKey(row), phones.Key(row[Phone]));
            var theirs = Candidates(row).Where(one => one.Primary == person).ToList();
            if ((email is not null && !theirs.Exists(one => one.EmailKey == email)) || (phone is not null && !theirs.Exists(one => one.PhoneKey == phone)) || called.GetValueOrDefault(person, []).Length == 0)
                return null;
            return theirs
                .OrderByDescending(one => (email is not null && one.EmailKey == email ? 2 : 0) + (phone is not null && one.PhoneKey == phone ? 2 : 0) + (one.Name.Length > 0 ? 1 : 0)).ThenBy(one => one.Id).First().Id;
        }

        // What the row says of its known person that none of theirs does. The very row that would be made may wait for review beside them:
        // then nothing is new, or each import would make it once more.
        private (bool Email, bool Phone) NewOf(ImportValues row)
        {
            var (email, phone) = (EmailKey(row), phones.Key(row[Phone]));
            if (PersonOf(row) is not { } person || (email is not null && phone is not null && stored.Contains((TextKey.Fold(row[PersonName]), email, phone))))
                return default;
            return (email is not null && !has.Contains((person, "@" + email)), phone is not null && !has.Contains((person, "#" + phone)));
        }

        // The same words; a name alone that an earlier row has with or without a value; or the same known person by different values.
        protected override int? Earlier(ImportValues row)
        {
            if (leads.Find(row) is not { } lead)
                return null;
            var name = $"{lead.Id} {TextKey.Fold(row[PersonName])}";
            var same = seen.Earlier(StableHash.Of($"{name} {row[Email]} {row[Phone]}"), row.Line);
            var called = named.Earlier(StableHash.Of(name), row.Line);
            var person = PersonOf(row) is { } known ? people.Earlier(StableHash.Of($"{lead.Id} {known}"), row.Line) : null;
            return same ?? (row.Has(Email) || row.Has(Phone) ? person : called);
        }

        public override RowMeaning Compare(ImportValues row)
        {
            if (erasedLines.Contains(row.Line))
                return RowMeaning.OfErased();
            var problems = new RowMeaning();
            var lead = leads.Find(row, problems);
            if (!HasPlausibleEmail(row))
                problems.Refuse(Email, "This is no e-mail address.");
            // By "n/a" nobody is found again: each import would bring them once more.
            if (!HasReadablePhone(row))
                problems.Refuse(Phone, "This is no phone number. Correct it, or leave it empty.");
            if (LeadsKind.YesOrNo(row[IsMain]) is null)
                problems.Refuse(IsMain, "Write yes or no.");
            if (Earlier(row) is { } earlier)
                problems.Refuse(PersonName, $"Line {earlier} says the same. Keep one of the two rows.");
            if (problems.Problems.Count > 0)
                return problems;

            var says = LeadsKind.YesOrNo(row[IsMain])!.Value;
            if (says)
                chosen.TryAdd(lead!.Id, row.Line);
            if (says && !IsChosen(row))
                displacedRows++;
            var there = KnownOf(row);
            var meaning = new RowMeaning { IsNew = there is null };
            if (there is not null)
            {
                meaning.Compare(Role, there.Role, row[Role]);
                // Whom an earlier line displaces is the main one no more, whether that is written yet or not.
                var isDisplaced = chosen.TryGetValue(lead!.Id, out var line) && line != row.Line;
                meaning.Compare(IsMain, there.IsMain && !isDisplaced ? "yes" : "no", !row.Has(IsMain) || (says && isDisplaced) ? "" : says ? "yes" : "no");
                // Nothing of theirs is overwritten: it comes beside what they have.
                var added = NewOf(row);
                meaning.Compare(Phone, null, added.Phone ? row[Phone] : "");
                meaning.Compare(Email, null, added.Email ? row[Email] : "");
                return meaning;
            }

            meaning.Compare(PersonName, null, row[PersonName]);
            meaning.Compare(Role, null, row[Role]);
            meaning.Compare(Phone, null, row[Phone]);
            meaning.Compare(Email, null, row[Email]);
            return meaning;
        }

        private static bool HasPlausibleEmail(ImportValues row) => !row.Has(Email) || EmailAddress.IsPlausible(row[Email]);

        private bool HasReadablePhone(ImportValues row) => !row.Has(Phone) || phones.Key(row[Phone]) is not null;

        // Without an address or a number, the name on the lead is all there is.
        private Known? KnownOf(ImportValues row)
            => leads.Find(row) is not { } lead ? null
                : PersonOf(row) is { } person ? known.GetValueOrDefault((lead.Id, person))
                : row.Has(Email) || row.Has(Phone) ? null : names.GetValueOrDefault((lead.Id, TextKey.Fold(row[PersonName])));

        public override async Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
        {
            var now = time.GetUtcNow().UtcDateTime;
            var added = rows.Where(row => row.Meaning.IsNew).Select(row => (row.Row, Known: ContactOf(row.Row))).ToList();
            // What is new of a known poc makes a row as well, to be linked to theirs; the poc stays.
            var unknown = added.Where(one => one.Known is null).Select(one => one.Row)
                .Concat(rows.Where(row => !row.Meaning.IsNew && row.Meaning.Changes.Exists(change => change.Field is Phone or Email)).Select(row => row.Row)).OrderBy(row => row.Line);
            // Somebody new on many leads is one contact; a name alone is somebody else on each.
            var fresh = unknown.GroupBy(row => row.Has(Email) || row.Has(Phone) ? (0, TextKey.Fold(row[PersonName]), TextKey.Email(row[Email]), phones.Key(row[Phone])) : (row.Line, "", "", null))
                .Select(group => (Rows: group.ToList(), Contact: NewContact(group.First(), now))).ToList();
            var last = await db.Contacts.MaxAsync(contact => (int?)contact.Id, cancellation) ?? 0;
            await db.InsertManyAsync(fresh.Select(one => one.Contact), cancellation);
            // Their ids are known only now; each was inserted with a version of its own.
            var ids = await db.Contacts.Where(contact => contact.Id > last).Select(contact => new { contact.Version, contact.Id }).ToDictionaryAsync(contact => contact.Version, contact => contact.Id, cancellation);
            await db.InsertManyAsync(fresh.SelectMany(one => ContactWord.Of(one.Contact).Select(word => new ContactWord { Word = word, ContactId = ids[one.Contact.Version] })), cancellation);
            var contacts = fresh.SelectMany(one => one.Rows.Select(row => (row, ids[one.Contact.Version]))).ToDictionary();
            var displaced = withMain.ToHashSet();
            var mains = MainsOf(rows);
            displaced.IntersectWith(mains.Keys);
            // Who is the main one already and is named again stays so all along.
            var kept = mains.Values.Select(KnownOf).OfType<Known>().Where(there => there.IsMain).Select(there => there.Id).ToHashSet();
            foreach (var some in displaced.Chunk(500))
                await ChangeAsync(db.Pocs.Where(poc => some.Contains(poc.LeadId) && poc.IsMain && poc.RemovedAt == null), poc => poc.IsMain = kept.Contains(poc.Id), cancellation);
            await db.InsertManyAsync(added.Select(one => NewPoc(one.Row, one.Known ?? contacts[one.Row], mains, now)).ToList(), cancellation);
            var changes = rows.Where(row => !row.Meaning.IsNew).ToLookup(row => KnownOf(row.Row)!.Id, row => row.Row);
            foreach (var some in changes.Select(change => change.Key).Chunk(500))
                await ChangeAsync(db.Pocs.Where(poc => some.Contains(poc.Id)), poc => Fill(poc, changes[poc.Id]), cancellation);
        }

        private async Task ChangeAsync(IQueryable<Poc> those, Action<Poc> change, CancellationToken cancellation)
        {
            (await those.ToListAsync(cancellation)).ForEach(change);
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }

        private void Fill(Poc poc, IEnumerable<ImportValues> rows)
        {
            foreach (var row in rows)
            {
                if (row.Has(Role))
                    poc.Role = row[Role];
                if (row.Has(IsMain))
                    poc.IsMain = IsChosen(row);
            }
        }

        // Of several that say so, the first.
        private bool IsChosen(ImportValues row) => LeadsKind.YesOrNo(row[IsMain]) == true && chosen.GetValueOrDefault(leads.Find(row)!.Id) == row.Line;

        // By lead, the row whose person becomes the main one: who says so, or the first of a lead without one. Row by row, so that it
        // is the same wherever a batch ends.
        private Dictionary<int, ImportValues> MainsOf(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows)
        {
            var mains = new Dictionary<int, ImportValues>();
            foreach (var (row, meaning) in rows)
            {
                var lead = leads.Find(row)!.Id;
                if (IsChosen(row) || (!row.Has(IsMain) && meaning.IsNew && !withMain.Contains(lead)))
                {
                    mains[lead] = row;
                    withMain.Add(lead);
                }
                else if (!meaning.IsNew && meaning.Changes.Exists(change => change.Field == IsMain))
                {
                    withMain.Remove(lead);
                }
            }

            return mains;
        }

        private Contact NewContact(ImportValues row, DateTime now)
        {
            var contact = new Contact { Source = "poc", ImportId = pass.ImportId, ImportLine = row.Line, FullName = row[PersonName], CreatedAt = now, UpdatedAt = now };
            contact.SetEmail(row[Email]);
            contact.SetPhone(row[Phone], phones);
            return contact;
        }

        private Poc NewPoc(ImportValues row, int contact, Dictionary<int, ImportValues> mains, DateTime now)
        {
            var lead = leads.Find(row)!.Id;
            return new Poc { LeadId = lead, ContactId = contact, Role = row[Role], CreatedAt = now, IsMain = mains.GetValueOrDefault(lead) == row };
        }

        public override async Task<bool> CompleteAsync(int position, CancellationToken cancellation)
        {
            (connected, var isMore) = await connect.NextAsync(connected!, position, cancellation);
            return isMore;
        }
    }
}
