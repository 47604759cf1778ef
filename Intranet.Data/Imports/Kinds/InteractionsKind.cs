using System.Text.Json;
using Intranet.Data.Contacts;
using Intranet.Data.Contacts.Matching;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Intranet.Data.Imports.Kinds;

/// <summary>
/// What happened with leads: calls, visits, mails, orders, notes. One is found by lead, time and kind, or by what its row said, and
/// is never changed: a file imported twice adds nothing. Whoever owned the lead at the time is credited.
/// </summary>
public sealed class InteractionsKind : ImportKind
{
    private const string LeadId = "LeadId", OwnLeadId = "IntranetLeadId", Date = "InteractionDate", KindField = "Kind", Outcome = "Outcome", Details = "Details", OrderPlaced = "OrderPlaced",
        OrderValue = "OrderValue", Currency = "Currency", FollowUp = "FollowUpOn", Author = "Author";

    internal const string Key = "interactions";

    public override string Name => Key;
    public override string Label => "Interactions";
    public override string About => "Calls, visits, mails, orders and notes, found by lead, time and kind. Leads come first. What is known is never changed.";
    public override bool IsOfLeads => true;

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new(LeadId, 100, "RestaurantId", "AccountId", "CustomerId") { Required = true, OrElse = OwnLeadId },
        new(OwnLeadId, 10),
        new(Date, 40, "Date", "At", "When", "OrderDate", "CallDate") { Required = true },
        new(KindField, 20, "Type", "InteractionType"),
        new(Outcome, 20, "Result", "CallOutcome"),
        new(Details, 4000, "Notes", "Note", "Description") { ManyLines = true },
        new(OrderPlaced, 10, "IsOrder", "Ordered"),
        new(OrderValue, 30, "Value", "Amount", "Total"),
        new(Currency, 3, "CurrencyCode"),
        new(FollowUp, 20, "FollowUp", "FollowUpDate"),
        new(Author, EmailAddress.MaxLength, "By", "AuthorEmail", "User"),
    ];

    public override string Describe(ImportValues row) => $"{(row.Has(LeadId) ? row[LeadId] : row[OwnLeadId])}, {row[Date]}{(row.Has(KindField) ? $", {row[KindField]}" : "")}";

    public override ImportTarget Open(IntranetDbContext db, ImportPass pass) => new Target(db, db.GetService<TimeProvider>(), pass);

    private sealed record Carried(Newcomers? Table, TouchedLeads? Touched, int Wiped);

    private sealed class Target : ImportTarget
    {
        // Which line said it, by 64 bits: millions of them fit.
        private readonly SeenLines<ulong> seen = new();
        private readonly IntranetDbContext db;
        private readonly TimeProvider time;
        private readonly DateTime now;
        private readonly LeadsOfRows leads;
        private Newcomers? table;
        private TouchedLeads? touched;
        private ErasedPeople? erased;
        private HashSet<int> ofErased = [];
        private int wiped;
        private Dictionary<string, int> users = [];
        private ILookup<int, Known> known = Array.Empty<Known>().ToLookup(one => one.Lead);
        private ILookup<int, OwnershipPeriod> periods = Array.Empty<OwnershipPeriod>().ToLookup(period => 0);

        private sealed record Known(int Lead, DateTime At, InteractionKind Kind, CallOutcome? Outcome, long? Value, string Details, long? Key, bool IsChanged);

        internal Target(IntranetDbContext db, TimeProvider time, ImportPass pass)
        {
            (this.db, this.time, now, leads) = (db, time, pass.Now, new LeadsOfRows(db, LeadId, OwnLeadId));
            var carried = pass.Carried is null ? new Carried(null, null, 0) : JsonSerializer.Deserialize<Carried>(pass.Carried)!;
            (table, touched, wiped) = (carried.Table, carried.Touched, carried.Wiped);
        }

        public override string Carry() => JsonSerializer.Serialize(new Carried(table, touched, wiped));

        public override IEnumerable<string> Warnings()
        {
            if (wiped > 0)
                yield return wiped == 1 ? "1 text is about somebody who was erased for privacy. The rest of its row is taken." : $"{wiped:N0} texts are about people who were erased for privacy. The rest of their rows is taken.";
        }

        public override Task LockAsync(CancellationToken cancellation) => db.LockAsync(Locks.Leads, cancellation);

        public override async Task RecallAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            await leads.LoadAsync(rows, cancellation);
            await base.RecallAsync(rows, cancellation);
        }

        public override async Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            await leads.LoadAsync(rows, cancellation);
            erased = await ErasedPeople.ReadAsync(db, erased, cancellation);
            ofErased = erased is null ? [] : await erased.InTextsAsync(db, [.. rows.Where(row => row.Has(Details)).Select(row => new ErasedTexts.Text(row.Line, leads.Find(row)?.Id ?? 0, row[Details]))], db.GetService<PhoneRules>(), cancellation);
            users = (await db.Users.Select(user => new { user.Email, user.Id }).ToListAsync(cancellation)).ToDictionary(user => TextKey.Email(user.Email!), user => user.Id, StringComparer.Ordinal);
            table = Newcomers.Look(table, await db.Interactions.MaxAsync(one => (int?)one.Id, cancellation));
            var found = new List<OwnershipPeriod>();
            foreach (var ids in leads.Ids.Chunk(500))
                found.AddRange(await db.OwnershipPeriods.AsNoTracking().Where(period => ids.Contains(period.LeadId)).OrderBy(period => period.From).ToListAsync(cancellation));
            periods = found.ToLookup(period => period.LeadId);
            known = (table.HasOthers ? await KnownAsync(rows, cancellation) : []).ToLookup(one => one.Lead);
        }

        // What these rows may say once more. First where it stands, from an index; then what it says.
        private async Task<List<Known>> KnownAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
        {
            var times = rows.Select(row => leads.Find(row) is { } lead && ImportTimes.Moment(row[Date], lead.Zone, now) is { Year: >= 2000 } at && at <= now ? (Lead: lead.Id, At: at) : default)
                .Where(row => row.Lead > 0).GroupBy(row => row.Lead, row => row.At).ToDictionary(lead => lead.Key, lead => lead.Order().ToList());
            var near = new HashSet<int>();
            foreach (var ids in times.Keys.Chunk(500))
            {
                var (first, last) = (ids.Min(id => times[id][0]) - ClocksApart, ids.Max(id => times[id][^1]) + ClocksApart);
                var there = await db.Interactions.Where(one => ids.Contains(one.LeadId) && one.At >= first && one.At <= last).Select(one => new { one.Id, one.LeadId, one.At }).ToListAsync(cancellation);
                near.UnionWith(there.Where(one => IsNear(times[one.LeadId], one.At)).Select(one => one.Id));
                near.UnionWith(await db.Interactions.Where(one => ids.Contains(one.LeadId) && one.ImportKey != null && one.UpdatedAt != null).Select(one => one.Id).ToListAsync(cancellation));
            }

            var known = new List<Known>();
            foreach (var ids in near.Chunk(500))
            {
                known.AddRange((await db.Interactions.Where(one => ids.Contains(one.Id)).Select(one => new { one.LeadId, one.At, one.Kind, one.Outcome, one.OrderValue, one.Details, one.ImportKey, one.UpdatedAt }).ToListAsync(cancellation))
                    .Select(one => new Known(one.LeadId, one.At, one.Kind, one.Outcome, one.OrderValue, one.Details, one.ImportKey, one.UpdatedAt is not null)));
            }

            return known;
        }

        // The same words are up to so far apart by the clocks of two zones.
        private static readonly TimeSpan ClocksApart = TimeSpan.FromHours(27);

        private static bool IsNear(List<DateTime> sorted, DateTime at)
            => sorted.BinarySearch(at - ClocksApart) is var from && (from < 0 ? ~from : from) is var next && next < sorted.Count && sorted[next] <= at + ClocksApart;

        public override RowMeaning Compare(ImportValues row)
        {
            var problems = new RowMeaning();
            var lead = leads.Find(row, problems);
            if (lead is not null)
                Check(problems, row, lead);
            if (Earlier(row) is { } earlier)
                problems.Refuse(Date, $"Line {earlier} is of the same kind, lead and time. Keep one of the two rows, or give each a time of its own.");
            // Its cells would be noted as they stand.
            if (problems.Problems.Count > 0)
                return ofErased.Contains(row.Line) ? RowMeaning.OfErased() : problems;

            var one = Read(row, lead!);
            var there = known[one.LeadId].Where(other => (other.At == one.At && other.Kind == one.Kind) || other.Key >> HalfKey == one.ImportKey >> HalfKey).ToList();
            var meaning = new RowMeaning { IsNew = there.Count == 0 };
            if (!meaning.IsNew && !there.Exists(other => other.Key == one.ImportKey || SaysNothingElse(row, one, other)))
                meaning.Refuse(Date, $"Another {one.Kind.ToString().ToLowerInvariant()} of this time is known. Give a time of its own, or take the row out.");
            if (meaning.Problems.Count > 0 && ofErased.Contains(row.Line))
                return RowMeaning.OfErased();
            if (!meaning.IsNew)
                return meaning;
            if (ofErased.Contains(row.Line))
                wiped++;
            meaning.Compare(Date, null, one.At.ToString("u"));
            meaning.Compare(KindField, null, one.Kind.ToString());
            meaning.Compare(Outcome, null, one.Outcome?.ToString() ?? "");
            meaning.Compare(Details, null, one.Details);
            meaning.Compare(OrderValue, null, row[OrderValue]);
            return meaning;
        }

        private const int HalfKey = 32;

        private long KeyOf(ImportValues row, LeadsOfRows.Of lead, Interaction one)
        {
            var when = StableHash.Of($"{lead.Id} {ImportTimes.Written(row[Date], lead.Zone, now)} {(int)one.Kind}");
            // As the row has it, also where the text is about somebody erased.
            var rest = StableHash.Of($"{one.Outcome} {one.IsOrder} {one.OrderValue}\n{row[Details]}");
            return (long)((when >> HalfKey << HalfKey) | (rest >> HalfKey));
        }

        // An empty cell says nothing. What was changed here, and came before files were remembered, may have been this.
        private static bool SaysNothingElse(ImportValues row, Interaction one, Known other)
            => (other.Key is null && other.IsChanged)
                || ((!row.Has(Outcome) || one.Outcome == other.Outcome) && (!row.Has(OrderValue) || one.OrderValue == other.Value)
                    && (!row.Has(Details) || one.Details == other.Details || other.Details == ImportRow.Erased));

        protected override int? Earlier(ImportValues row)
            => leads.Find(row) is { } lead && ImportTimes.Moment(row[Date], lead.Zone, now) is { } at && KindOf(row) is { } kind
                ? seen.Earlier(StableHash.Of($"{lead.Id} {at.Ticks} {(int)kind}"), row.Line) : null;

        private static InteractionKind? KindOf(ImportValues row) => row.Has(KindField) ? LeadsKind.Word<InteractionKind>(row[KindField]) : InteractionKind.Call;

        private void Check(RowMeaning meaning, ImportValues row, LeadsOfRows.Of lead)
        {
            var moment = ImportTimes.Moment(row[Date], lead.Zone, now);
            if (moment is not { } at)
                meaning.Refuse(Date, ImportTimes.HowToWrite);
            else if (at > now || at.Year < 2000)
                meaning.Refuse(Date, at > now ? "It is in the future. Correct the date." : "It is before the year 2000. Correct the date.");
            var kind = KindOf(row);
            if (kind is null)
                meaning.Refuse(KindField, $"The kind is {LeadsKind.Words<InteractionKind>()}.");
            if (row.Has(Outcome) && LeadsKind.Word<CallOutcome>(row[Outcome]) is null)
                meaning.Refuse(Outcome, $"The outcome is {LeadsKind.Words<CallOutcome>()}.");
            else if (row.Has(Outcome) && kind is not (null or InteractionKind.Call))
                meaning.Refuse(Outcome, "Only calls have an outcome.");
            if (LeadsKind.YesOrNo(row[OrderPlaced]) is not { } ordered)
                meaning.Refuse(OrderPlaced, "Write yes or no.");
            else if (ordered && kind == InteractionKind.Note)
                meaning.Refuse(OrderPlaced, "A note carries no order.");
            else if (row.Has(OrderValue) && kind is { } known && !IsOrder(row, known) && LeadsKind.Amount(row[OrderValue]) > 0)
                meaning.Refuse(OrderValue, known == InteractionKind.Note ? "A note carries no order: leave the value empty." : "Only orders have a value: say yes in OrderPlaced, or leave the value empty.");
            // Its value would be taken for one of the lead's currency, in which the lead adds up its orders.
            if (row.Has(Currency) && !row[Currency].Equals(lead.Currency, StringComparison.OrdinalIgnoreCase))
                meaning.Refuse(Currency, $"The lead's orders are in {lead.Currency}, and this says {row[Currency].ToUpperInvariant()}. Give the value in {lead.Currency}.");
            else if (row.Has(OrderValue) && (LeadsKind.Amount(row[OrderValue]) is not { } amount || MinorUnits.Of(amount, lead.Currency) is null))
                meaning.Refuse(OrderValue, "The value is an amount such as 1250.50, with a point before the decimals.");
            if (row.Has(FollowUp) && (ImportTimes.Day(row[FollowUp], lead.Zone, now) is not { } day || kind == InteractionKind.Note || (moment is { } happened && !InteractionValues.CanFollow(day, LocalDay.Of(happened, lead.Zone)))))
                meaning.Refuse(FollowUp, "Write a day after the interaction, within ten years, as 2026-11-03; a note asks for no call.");
            if (row.Has(Author) && !users.ContainsKey(TextKey.Email(row[Author])))
                meaning.Refuse(Author, $"Nobody with the address {row[Author]} can sign in here. Leave it empty.");
        }

        // A value without the word is an order all the same; a value of nothing is what programs write where there was none.
        private static bool IsOrder(ImportValues row, InteractionKind kind)
            => kind == InteractionKind.Order || (row.Has(OrderPlaced) ? LeadsKind.YesOrNo(row[OrderPlaced]) == true : kind != InteractionKind.Note && LeadsKind.Amount(row[OrderValue]) > 0);

        private Interaction Read(ImportValues row, LeadsOfRows.Of lead)
        {
            var kind = KindOf(row)!.Value;
            var at = ImportTimes.Moment(row[Date], lead.Zone, now)!.Value;
            var on = LocalDay.Of(at, lead.Zone);
            var isOrder = IsOrder(row, kind);
            var owned = periods[lead.Id].ToList();
            // Before the lead was entered: whoever brought it.
            var period = owned.FindLast(period => period.From <= at && (period.To is null || at < period.To)) ?? (owned.Count > 0 && at < owned[0].From ? owned[0] : null);
            var one = new Interaction
            {
                LeadId = lead.Id,
                Kind = kind,
                Outcome = row.Has(Outcome) ? LeadsKind.Word<CallOutcome>(row[Outcome]) : kind == InteractionKind.Call ? CallOutcome.Reached : null,
                At = at,
                On = on,
                Details = ofErased.Contains(row.Line) ? ImportRow.Erased : row[Details],
                IsOrder = isOrder,
                OrderedOn = isOrder ? on : null,
                OrderValue = isOrder && row.Has(OrderValue) ? MinorUnits.Of(LeadsKind.Amount(row[OrderValue])!.Value, lead.Currency) : null,
                Currency = isOrder && row.Has(OrderValue) ? lead.Currency : null,
                FollowUpOn = row.Has(FollowUp) ? ImportTimes.Day(row[FollowUp], lead.Zone, now) : null,
                AuthorId = row.Has(Author) ? users[TextKey.Email(row[Author])] : null,
                CreditedToId = period?.OwnerId,
                // Nobody changes in place what came from a file: a day after it happened it is corrected, as always.
                CreatedAt = at,
            };

            one.ImportKey = KeyOf(row, lead, one);
            return one;
        }

        public override async Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
        {
            var fresh = rows.Where(row => row.Meaning.IsNew).Select(row => Read(row.Row, leads.Find(row.Row)!)).ToList();
            touched = (touched ?? TouchedLeads.None).With(fresh.Select(one => one.LeadId));
            await db.InsertManyAsync(fresh, cancellation);
            table = table! with { Last = await db.Interactions.MaxAsync(one => (int?)one.Id, cancellation) ?? 0 };
        }

        // What is computed of a lead reads all that happened with it: once, not with each of its rows.
        public override async Task<bool> CompleteAsync(int position, CancellationToken cancellation)
        {
            if (touched is null)
                return false;
            touched = await touched.RefreshNextAsync(new RefreshLeads(db, time), db, cancellation);
            return touched is not null;
        }
    }
}
