using Intranet.Data.Auditing;
using Intranet.Data.Contacts;
using Intranet.Data.Contacts.Matching;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Intranet.Data.Imports.Kinds;

/// <summary>
/// Whom to ask at a lead. Each row's person is a contact: one that is known by e-mail or phone, where the names don't clearly
/// differ, or a new one, which is linked or put up for review like every imported contact.
/// </summary>
public sealed class PocsKind : ImportKind
{
    private const string LeadId = "LeadId", OwnLeadId = "IntranetLeadId", PersonName = "Name", Role = "Role", Phone = "Phone", Email = "Email", IsMain = "IsMain";

    public override string Name => "pocs";
    public override string Label => "Pocs of leads";
    public override string About => "Whom to ask at a lead, found by lead and person. Leads come first; people who are known among the contacts are found, not doubled.";

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

    public override async Task<ImportTarget> OpenAsync(IntranetDbContext db, DateOnly today, CancellationToken cancellation)
        => new Target(db, db.GetService<TimeProvider>(), db.GetService<PhoneRules>(), await db.Contacts.MaxAsync(c => (int?)c.Id, cancellation) ?? 0);

    private sealed class Target(IntranetDbContext db, TimeProvider time, PhoneRules phones, int lastIdBefore) : ImportTarget
    {
        private readonly SeenLines<ulong> seen = new();
        private readonly LeadsOfRows leads = new(db, LeadId, OwnLeadId);
        private readonly HashSet<int> withMain = [];
        private ILookup<string, Candidate> byValue = Array.Empty<Candidate>().ToLookup(one => "");
        private Dictionary<(int Lead, int Person), (int Id, string Role, bool IsMain)> known = [];
        private HashSet<(int Lead, string Name)> named = [];
        private int highest, linked, toReview;

        private int LastId => Math.Max(highest, lastIdBefore);

        private sealed record Candidate(int Primary, string? EmailKey, string? PhoneKey, NameAgreement.Who Who);

        public override IEnumerable<string> Warnings()
        {
            if (linked > 0)
                yield return linked == 1 ? "1 person was linked to a contact with the same e-mail or phone." : $"{linked:N0} people were linked to contacts with the same e-mail or phone.";
            if (toReview > 0)
                yield return toReview == 1 ? "1 pair of contacts waits for review." : $"{toReview:N0} pairs of contacts wait for review.";
        }

        public override async Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            await leads.LoadAsync(rows, cancellation);
            var found = new List<Candidate>();
            var emails = rows.Where(row => row.Has(Email)).Select(row => TextKey.Email(row[Email])).Distinct();
            foreach (var keys in emails.Chunk(500))
                found.AddRange(await CandidatesAsync(db.Contacts.Where(c => keys.Contains(c.EmailKey)), cancellation));
            foreach (var keys in rows.Where(row => row.Has(Phone)).Select(row => phones.Key(row[Phone])).OfType<string>().Distinct().Chunk(500))
                found.AddRange(await CandidatesAsync(db.Contacts.Where(c => keys.Contains(c.PhoneKey)), cancellation));
            byValue = found.SelectMany(one => new[] { one.EmailKey is null ? null : "@" + one.EmailKey, one.PhoneKey is null ? null : "#" + one.PhoneKey }.OfType<string>().Select(key => (key, one)))
                .ToLookup(pair => pair.key, pair => pair.one, StringComparer.Ordinal);

            (known, named) = ([], []);
            foreach (var ids in leads.Ids.Chunk(500))
            {
                foreach (var poc in await db.Pocs.Where(poc => ids.Contains(poc.LeadId) && poc.RemovedAt == null)
                    .Select(poc => new { poc.Id, poc.LeadId, poc.Role, poc.IsMain, Person = poc.Contact!.LinkedId ?? poc.ContactId, poc.Contact.GivenName, poc.Contact.FamilyName, poc.Contact.FullName }).ToListAsync(cancellation))
                {
                    known.TryAdd((poc.LeadId, poc.Person), (poc.Id, poc.Role, poc.IsMain));
                    named.Add((poc.LeadId, TextKey.Fold(PersonRow.Called(poc.GivenName, poc.FamilyName, poc.FullName) ?? "")));
                    if (poc.IsMain)
                        withMain.Add(poc.LeadId);
                }
            }
        }

        private static Task<List<Candidate>> CandidatesAsync(IQueryable<Contact> contacts, CancellationToken cancellation)
            => contacts.Where(c => c.DeletedAt == null).OrderBy(c => c.Id)
                .Select(c => new Candidate(c.LinkedId ?? c.Id, c.EmailKey, c.PhoneKey, new NameAgreement.Who(c.GivenName, c.FamilyName, c.FullName, null))).ToListAsync(cancellation);

        private int? PersonOf(ImportValues row)
        {
            var who = new NameAgreement.Who(null, null, row[PersonName], null);
            var keys = new[] { row.Has(Email) ? "@" + TextKey.Email(row[Email]) : null, phones.Key(row[Phone]) is { } phone ? "#" + phone : null }.OfType<string>();
            return keys.SelectMany(key => byValue[key]).FirstOrDefault(one => !NameAgreement.ClearlyDiffer(who, one.Who))?.Primary;
        }

        public override RowMeaning Compare(ImportValues row)
        {
            var problems = new RowMeaning();
            var lead = leads.Find(row, problems);
            if (row.Has(Email) && !EmailAddress.IsPlausible(row[Email]))
                problems.Refuse(Email, "This is no e-mail address.");
            if (LeadsKind.YesOrNo(row[IsMain]) is null)
                problems.Refuse(IsMain, "Write yes or no.");
            if (lead is not null && seen.Earlier(StableHash.Of($"{lead.Id} {TextKey.Fold(row[PersonName])} {row[Email]} {row[Phone]}"), row.Line) is { } earlier)
                problems.Refuse(PersonName, $"Line {earlier} says the same. Keep one of the two rows.");
            if (problems.Problems.Count > 0)
                return problems;

            var person = PersonOf(row);
            // Without an address or a number, the name on the lead is all there is.
            var isKnown = person is { } id ? known.ContainsKey((lead!.Id, id)) : !row.Has(Email) && !row.Has(Phone) && named.Contains((lead!.Id, TextKey.Fold(row[PersonName])));
            var meaning = new RowMeaning { IsNew = !isKnown };
            if (isKnown && person is { } there)
                meaning.Compare(Role, known[(lead!.Id, there)].Role, row[Role]);
            if (isKnown)
                return meaning;
            meaning.Compare(PersonName, null, row[PersonName]);
            meaning.Compare(Role, null, row[Role]);
            meaning.Compare(Phone, null, row[Phone]);
            meaning.Compare(Email, null, row[Email]);
            return meaning;
        }

        public override async Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
        {
            await db.LockAsync("contacts", cancellation);
            await db.LockAsync(ReassignLeads.Lock, cancellation);
            var now = time.GetUtcNow().UtcDateTime;
            var added = rows.Where(row => row.Meaning.IsNew).Select(row => (row.Row, Person: PersonOf(row.Row))).ToList();
            var fresh = added.Where(one => one.Person is null).Select(one => (one.Row, Contact: NewContact(one.Row, now))).ToList();
            await db.InsertManyAsync(fresh.Select(one => one.Contact), cancellation);
            // Their ids are known only now; each was inserted with a version of its own.
            var last = LastId;
            var ids = await db.Contacts.Where(contact => contact.Id > last).Select(contact => new { contact.Version, contact.Id }).ToDictionaryAsync(contact => contact.Version, contact => contact.Id, cancellation);
            highest = ids.Values.DefaultIfEmpty(last).Max();
            await db.InsertManyAsync(fresh.SelectMany(one => ContactWord.Of(one.Contact).Select(word => new ContactWord { Word = word, ContactId = ids[one.Contact.Version] })), cancellation);
            var contacts = fresh.ToDictionary(one => one.Row, one => ids[one.Contact.Version]);
            await db.InsertManyAsync(added.Select(one => NewPoc(one.Row, one.Person ?? contacts[one.Row], now)).ToList(), cancellation);

            var changes = rows.Where(row => !row.Meaning.IsNew).ToDictionary(row => known[(leads.Find(row.Row)!.Id, PersonOf(row.Row)!.Value)].Id, row => row.Row[Role]);
            foreach (var some in changes.Keys.Chunk(500))
            {
                foreach (var poc in await db.Pocs.Where(poc => some.Contains(poc.Id)).ToListAsync(cancellation))
                    poc.Role = changes[poc.Id];
                await db.SaveChangesAsync(cancellation);
                db.ChangeTracker.Clear();
            }
        }

        private Contact NewContact(ImportValues row, DateTime now)
        {
            var contact = new Contact { Source = "poc", FullName = row[PersonName], CreatedAt = now, UpdatedAt = now };
            contact.SetEmail(row[Email]);
            contact.SetPhone(row[Phone], phones);
            return contact;
        }

        // One main poc at most: the first that says so, or the first of a lead without one.
        private Poc NewPoc(ImportValues row, int contact, DateTime now)
        {
            var lead = leads.Find(row)!.Id;
            return new Poc { LeadId = lead, ContactId = contact, Role = row[Role], CreatedAt = now, IsMain = (LeadsKind.YesOrNo(row[IsMain])!.Value || !row.Has(IsMain)) && withMain.Add(lead) };
        }

        public override async Task FinishAsync(CancellationToken cancellation)
        {
            if (LastId == lastIdBefore)
                return;
            var result = await new ConnectContacts(db, db.GetService<IdentifyLimits>(), time).AllSinceAsync(lastIdBefore, Actor.Current.Name, cancellation);
            (linked, toReview) = (result.Links, result.Pairs);
        }
    }
}
