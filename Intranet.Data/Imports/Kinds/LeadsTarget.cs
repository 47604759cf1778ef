using System.Globalization;
using System.Text.Json;
using Intranet.Data.Auditing;
using Intranet.Data.Contacts;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;
using static Intranet.Data.Imports.Kinds.LeadsKind;

namespace Intranet.Data.Imports.Kinds;

/// <summary>Rows of leads against the leads there are; some thousands at a time, so that any number fits.</summary>
internal sealed class LeadsTarget(IntranetDbContext db, TimeProvider time, ImportPass pass) : ImportTarget
{
    private readonly SeenLines<string> seen = new();
    private readonly Dictionary<string, int> firstLines = new(StringComparer.Ordinal);
    private readonly DateTime now = pass.Now;
    private Dictionary<string, Lead> byId = [], byKey = [];
    private Dictionary<int, Lead> byOwnId = [];

    // Currencies of the orders of leads that would change theirs.
    private ILookup<int, string> ordersIn = Array.Empty<int>().ToLookup(lead => lead, _ => "");

    // Who may own leads, and everybody, by e-mail key; and the addresses of everybody.
    private Dictionary<string, int> owners = [], everybody = [];
    private Dictionary<int, string> emails = [];
    // What the board allows; other steps are taken over and told.
    private AllowedMoves? moves;
    private readonly Carried told = pass.Carried is null ? new Carried() : JsonSerializer.Deserialize<Carried>(pass.Carried)!;

    public override string Carry() => JsonSerializer.Serialize(told);

    // What is told at the end.
    private sealed class Carried
    {
        public int Guessed { get; set; }
        public int Forbidden { get; set; }
    }

    public override Task LockAsync(CancellationToken cancellation) => db.LockAsync(Locks.Leads, cancellation);

    public override IEnumerable<string> Warnings()
    {
        if (told.Guessed > 0)
            yield return (told.Guessed == 1 ? "1 city is not known here: its lead gets" : $"{told.Guessed:N0} cities are not known here: their leads get") + " UTC for the time zone. Give TimeZone to correct it.";
        if (told.Forbidden > 0)
            yield return $"{told.Forbidden:N0} {(told.Forbidden == 1 ? "lead changes its" : "leads change their")} stage in a step that isn't among the allowed moves. Applying does it nevertheless, as a correction in your name.";
    }

    public override async Task PrepareAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
    {
        (byId, byOwnId, byKey) = ([], [], []);
        owners = (await db.LeadOwners().Select(user => new { user.Email, user.Id }).ToListAsync(cancellation)).ToDictionary(user => TextKey.Email(user.Email!), user => user.Id, StringComparer.Ordinal);
        emails = (await db.Users.Select(user => new { user.Id, user.Email }).ToListAsync(cancellation)).ToDictionary(user => user.Id, user => user.Email!);
        everybody = emails.ToDictionary(user => TextKey.Email(user.Value), user => user.Key, StringComparer.Ordinal);
        moves ??= await db.AllowedMoves.AllowedMovesAsync(cancellation);
        var known = db.Leads.AsNoTracking().Where(lead => lead.DeletedAt == null);
        foreach (var ids in rows.Select(OwnIdOf).OfType<int>().Distinct().Chunk(500))
            (await known.Where(lead => ids.Contains(lead.Id)).ToListAsync(cancellation)).ForEach(lead => byOwnId[lead.Id] = lead);
        foreach (var ids in rows.Where(row => !row.Has(OwnId) && row.Has(Id)).Select(row => row[Id]).Distinct().Chunk(500))
            (await known.Where(lead => ids.Contains(lead.ExternalId)).OrderBy(lead => lead.Id).ToListAsync(cancellation)).ForEach(lead => byId.TryAdd(lead.ExternalId!, lead));
        foreach (var keys in rows.Where(row => !row.Has(OwnId) && !row.Has(Id)).Select(KeyOf).Distinct().Chunk(500))
            (await known.Where(lead => keys.Contains(lead.SearchKey)).OrderBy(lead => lead.Id).ToListAsync(cancellation)).ForEach(lead => byKey.TryAdd(lead.SearchKey, lead));
        var orders = new List<(int Lead, string Currency)>();
        foreach (var some in rows.Where(row => row.Has(Currency)).Select(row => Known(row) is { } lead && CurrencyOf(row, lead) != lead.Currency ? lead.Id : 0).Where(id => id > 0).Distinct().Chunk(500))
            orders.AddRange((await db.Interactions.Where(one => some.Contains(one.LeadId) && one.OrderedOn != null && one.OrderValue != null && one.Currency != null).Select(one => new { one.LeadId, one.Currency }).Distinct().ToListAsync(cancellation)).Select(one => (one.LeadId, one.Currency!)));
        ordersIn = orders.ToLookup(one => one.Lead, one => one.Currency);
    }

    // By name and city alone a row also repeats one that has an id: it would find that row's lead, or not, depending on which of them is
    // written by then.
    protected override int? Earlier(ImportValues row)
    {
        var key = KeyOf(row);
        var isFirst = firstLines.TryAdd(key, row.Line);
        if (!row.Has(OwnId) && !row.Has(Id))
            return isFirst ? null : firstLines[key];
        // One row may name a lead by the number here and another by the id of its source.
        var known = Known(row);
        var isOfLead = Seen(OwnIdOf(row) is { } own ? $"={own}" : known is not null ? $"={known.Id}" : null);
        // What a lead is called by its source stays beside the number here, and two of before may be called the same.
        return isOfLead ?? Seen(row.Has(Id) && !(row.Has(OwnId) && known?.ExternalId is { Length: > 0 }) ? $"#{row[Id]}" : null);

        int? Seen(string? name) => name is null ? null : seen.Earlier(name, row.Line);
    }

    public override async Task RecallAsync(IReadOnlyList<ImportValues> rows, CancellationToken cancellation)
    {
        await PrepareAsync(rows, cancellation);
        await base.RecallAsync(rows, cancellation);
    }

    private static int? OwnIdOf(ImportValues row) => int.TryParse(row[OwnId], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string KeyOf(ImportValues row) => new Lead { Name = row[NameField], City = row[City] }.SearchKey;

    private Lead? Known(ImportValues row)
        => row.Has(OwnId) ? byOwnId.GetValueOrDefault(OwnIdOf(row) ?? 0) : row.Has(Id) ? byId.GetValueOrDefault(row[Id]) : byKey.GetValueOrDefault(KeyOf(row));

    public override RowMeaning Compare(ImportValues row)
    {
        var known = Known(row);
        var meaning = new RowMeaning { IsNew = known is null };
        if (row.Has(OwnId) && known is null)
            meaning.Refuse(OwnId, $"There is no lead {row[OwnId]} here. Leave this empty for a new one.");
        if (Earlier(row) is { } earlier)
            meaning.Refuse(row.Has(Id) ? Id : NameField, $"Line {earlier} is about the same lead. Keep one of the two rows.");
        CheckValues(meaning, row, known);
        if (meaning.Problems.Count > 0)
            return meaning;

        var lead = Fill(known is null ? new Lead() : Copy(known), row, isNew: known is null);
        if (known is null && !row.Has(ZoneField) && !GuessTimeZone.OfLead(row[City], row[Address]).IsKnown)
            told.Guessed++;
        foreach (var (property, problem) in PlanOf(row, known).Problems())
            meaning.Refuse(property == nameof(CallPlan.IntervalDays) ? Frequency : property == nameof(CallPlan.MaximumDays) ? Maximum : Paused, problem);
        if (known is not null && meaning.Problems.Count == 0 && row.Has(StageField) && moves!.Refusal(known.Stage, Word<Stage>(row[StageField])!.Value) is not null)
            told.Forbidden++;
        meaning.Compare(Id, known?.ExternalId, row.Has(OwnId) && known?.ExternalId is not null ? "" : row[Id]);
        meaning.Compare(NameField, known?.Name, row[NameField]);
        meaning.Compare(Address, known?.Address, row[Address]);
        meaning.Compare(City, known?.City, row[City]);
        // A zone that was guessed goes along with the city.
        meaning.Compare(ZoneField, known?.TimeZone, known is null ? row.Has(ZoneField) ? lead.TimeZone : "" : row.Has(ZoneField) || lead.TimeZone != known.TimeZone ? lead.TimeZone : "");
        meaning.Compare(Hours, known?.OpeningHours, row.Has(Hours) ? lead.OpeningHours! : "");
        meaning.Compare(StageField, known?.Stage.ToString(), row.Has(StageField) ? Word<Stage>(row[StageField])!.Value.ToString() : "");
        meaning.Compare(Source, known?.Source, row[Source]);
        meaning.Compare(Value, known is null ? null : MinorUnits.Text(known.ExpectedValue, known.Currency), row.Has(Value) ? MinorUnits.Text(lead.ExpectedValue, lead.Currency)! : "");
        meaning.Compare(Currency, known?.Currency, row[Currency].ToUpperInvariant());
        meaning.Compare(Owner, known?.OwnerId is { } owner ? emails.GetValueOrDefault(owner) : null, row.Has(Owner) ? emails[OwnerOf(row, known)!.Value] : "");
        meaning.Compare(IsMain, known is null ? null : known.IsMain ? "yes" : "no", row.Has(IsMain) ? lead.IsMain ? "yes" : "no" : "");
        meaning.Compare(NextStep, known?.NextStep, row[NextStep]);
        meaning.Compare(Frequency, known?.IntervalDays?.ToString(CultureInfo.InvariantCulture), row[Frequency]);
        meaning.Compare(Maximum, known?.MaximumDays?.ToString(CultureInfo.InvariantCulture), row[Maximum]);
        meaning.Compare(Days, known is null || known.PreferredDays == Workdays.None ? null : Workweek.InWords(known.PreferredDays), row.Has(Days) ? Workweek.InWords(Workweek.Parse(row[Days])!.Value) : "");
        meaning.Compare(Paused, known?.PausedUntil?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.Has(Paused) ? ImportTimes.Day(row[Paused], ZoneOf(row, known), now)!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "");
        return meaning;
    }

    public override IEnumerable<RowProblem> AlsoWrong(ImportValues row)
    {
        var meaning = new RowMeaning();
        CheckValues(meaning, row, Known(row));
        return meaning.Problems;
    }

    private void CheckValues(RowMeaning meaning, ImportValues row, Lead? known)
    {
        if (row.Has(ZoneField) && !WorkingHours.IsZone(row[ZoneField]))
            meaning.Refuse(ZoneField, $"{row[ZoneField]} is no time zone. Use an IANA name such as Europe/Paris.");
        OpeningHours.Parse(row[Hours], out var problem);
        if (problem is not null)
            meaning.Refuse(Hours, problem);
        if (row.Has(StageField) && Word<Stage>(row[StageField]) is null)
            meaning.Refuse(StageField, $"The stage is {Words<Stage>()}.");
        if (row.Has(Currency) && (row[Currency].Length != 3 || !row[Currency].All(char.IsAsciiLetter)))
            meaning.Refuse(Currency, "The currency has three letters, such as EUR.");
        // 12.50 EUR is 1250 minor units, and would be 1,250 yen.
        else if (known?.ExpectedValue is not null && row.Has(Currency) && !row.Has(Value) && MinorUnits.Digits(CurrencyOf(row, known)) != MinorUnits.Digits(known.Currency))
            meaning.Refuse(Currency, $"Give {Value} as well: {CurrencyOf(row, known)} has other decimals than {known.Currency}.");
        else if (row.Has(Value) && (Amount(row[Value]) is not { } amount || MinorUnits.Of(amount, CurrencyOf(row, known)) is null))
            meaning.Refuse(Value, "The value is an amount such as 1250.50, with a point before the decimals.");
        if (known is not null && CurrencyOf(row, known) is var wanted && wanted != known.Currency && ordersIn[known.Id].FirstOrDefault(currency => currency != wanted) is { } other)
            meaning.Refuse(Currency, ChangeLead.CurrencyStays(other));
        if (row.Has(Owner) && OwnerOf(row, known) is null)
            meaning.Refuse(Owner, $"{row[Owner]} is no active user with the role kam or sales lead. Give somebody else, or leave it empty.");
        if (YesOrNo(row[IsMain]) is null)
            meaning.Refuse(IsMain, "Write yes or no.");
        if (row.Has(Frequency) && Number(row[Frequency]) is null)
            meaning.Refuse(Frequency, "Give a number of days from 1.");
        if (row.Has(Maximum) && Number(row[Maximum]) is null)
            meaning.Refuse(Maximum, "Give a number of days from 1.");
        if (row.Has(Days) && Workweek.Parse(row[Days]) is null)
            meaning.Refuse(Days, "Write days like Mon,Wed or Tue-Thu.");
        var zone = ZoneOf(row, known);
        if (row.Has(Paused) && ImportTimes.Day(row[Paused], zone, now) is null)
            meaning.Refuse(Paused, "Write the day as 2026-11-03.");
        if (known is null && row.Has(Created) && (ImportTimes.Moment(row[Created], zone, now) is not { } created || created > now))
            meaning.Refuse(Created, $"It was created in the past. {ImportTimes.HowToWrite}");
        if (known is null && row.Has(StageHistory) && StagesOf(row, zone) is null)
            meaning.Refuse(StageHistory, "Write stages with their days, the earliest first: New 2026-01-02; Contacted 2026-01-10. The last one is the stage.");
        if (known is null && row.Has(OwnerHistory) && OwnersOf(row, zone) is null)
            meaning.Refuse(OwnerHistory, "Write e-mail addresses of owners with their first days, the earliest first: a@example.com 2026-01-02; b@example.com 2026-03-01. The last one is the owner.");
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string CurrencyOf(ImportValues row, Lead? known) => row.Has(Currency) ? row[Currency].ToUpperInvariant() : known?.Currency ?? "EUR";

    private static TimeZoneInfo ZoneOf(ImportValues row, Lead? known) => LocalDay.Zone(ZoneName(row, known));

    // Given again as it is, a zone is no news: who sends back what was exported has chosen nothing, and it goes along with the city.
    private static string ZoneName(ImportValues row, Lead? known)
        => known is null ? row.Has(ZoneField) ? Spelt(row) : GuessTimeZone.OfLead(row[City], row[Address]).Zone
            : row.Has(ZoneField) && (known.IsTimeZoneChosen || Spelt(row) != known.TimeZone) ? Spelt(row)
            : GuessTimeZone.Again(known.TimeZone, known.IsTimeZoneChosen, (known.City, known.Address), (Text(row[City]) ?? known.City, Text(row[Address]) ?? known.Address));

    private static string Spelt(ImportValues row) => WorkingHours.ZoneName(row[ZoneField]) ?? row[ZoneField];

    private List<(Stage Stage, DateTime Since)>? StagesOf(ImportValues row, TimeZoneInfo zone)
    {
        if (ImportTimes.History(row[StageHistory], zone, now) is not { } steps || steps.Exists(step => Word<Stage>(step.What) is null))
            return null;
        var stages = steps.ConvertAll(step => (Stage: Word<Stage>(step.What)!.Value, step.Since));
        return row.Has(StageField) && stages[^1].Stage != Word<Stage>(row[StageField]) ? null : stages;
    }

    // Whoever has the lead may keep it, also when they left: a list that was exported comes back.
    private int? OwnerOf(ImportValues row, Lead? known)
        => TextKey.Email(row[Owner]) is var key && owners.TryGetValue(key, out var owner) ? owner
            : known?.OwnerId is { } present && everybody.TryGetValue(key, out var same) && same == present ? present : null;

    // Who owned it once may have left since; who owns it now may not.
    private List<(int Owner, DateTime Since)>? OwnersOf(ImportValues row, TimeZoneInfo zone)
    {
        if (ImportTimes.History(row[OwnerHistory], zone, now) is not { } steps || steps.Exists(step => !everybody.ContainsKey(TextKey.Email(step.What))) || !owners.ContainsKey(TextKey.Email(steps[^1].What)))
            return null;
        var those = steps.ConvertAll(step => (Owner: everybody[TextKey.Email(step.What)], step.Since));
        return row.Has(Owner) && those[^1].Owner != owners.GetValueOrDefault(TextKey.Email(row[Owner])) ? null : those;
    }

    private CallPlan PlanOf(ImportValues row, Lead? known)
    {
        var plan = known?.Plan ?? new CallPlan();
        return plan with
        {
            IntervalDays = Number(row[Frequency]) ?? plan.IntervalDays,
            MaximumDays = Number(row[Maximum]) ?? plan.MaximumDays,
            PreferredDays = row.Has(Days) ? Workweek.Parse(row[Days])!.Value : plan.PreferredDays,
            PausedUntil = row.Has(Paused) ? ImportTimes.Day(row[Paused], ZoneOf(row, known), now) : plan.PausedUntil,
        };
    }

    private static Lead Copy(Lead known) => new() { Currency = known.Currency, City = known.City, Address = known.Address, TimeZone = known.TimeZone, IsTimeZoneChosen = known.IsTimeZoneChosen };

    private static Lead Fill(Lead lead, ImportValues row, bool isNew)
    {
        lead.ExternalId ??= Text(row[Id]);
        var zone = ZoneName(row, isNew ? null : lead);
        (lead.Name, lead.Address, lead.City) = (row[NameField], Text(row[Address]) ?? lead.Address, Text(row[City]) ?? lead.City);
        if (row.Has(ZoneField))
            lead.IsTimeZoneChosen |= isNew || Spelt(row) != lead.TimeZone;
        lead.TimeZone = zone;
        lead.OpeningHours = OpeningHours.Parse(row[Hours], out _)?.ToString() ?? lead.OpeningHours;
        lead.Source = Text(row[Source]) ?? lead.Source;
        lead.Currency = Text(row[Currency]) ?? lead.Currency;
        if (row.Has(Value))
            lead.ExpectedValue = MinorUnits.Of(Amount(row[Value])!.Value, lead.Currency);
        lead.NextStep = Text(row[NextStep]) ?? lead.NextStep;
        if (row.Has(IsMain))
            lead.IsMain = YesOrNo(row[IsMain])!.Value;
        return lead;
    }

    private static string? Text(string value) => value.Length == 0 ? null : value;

    public override async Task WriteAsync(IReadOnlyList<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
    {
        await AddAsync([.. rows.Where(row => row.Meaning.IsNew).Select(row => row.Row)], cancellation);
        await ChangeAsync([.. rows.Where(row => !row.Meaning.IsNew)], cancellation);
    }

    private async Task AddAsync(List<ImportValues> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return;
        var fresh = rows.ConvertAll(row =>
        {
            var lead = Fill(new Lead(), row, isNew: true);
            var zone = LocalDay.Zone(lead.TimeZone);
            var created = row.Has(Created) ? ImportTimes.Moment(row[Created], zone, now)!.Value : (DateTime?)null;
            var stages = StagesOf(row, zone) ?? [(Word<Stage>(row[StageField]) ?? Stage.New, created ?? now)];
            var those = OwnersOf(row, zone) ?? (row.Has(Owner) ? [(owners[TextKey.Email(row[Owner])], created ?? stages[0].Since)] : []);
            (lead.Stage, lead.StageSince, lead.OwnerId) = (stages[^1].Stage, stages[^1].Since, those.Count == 0 ? null : those[^1].Owner);
            (lead.CreatedAt, lead.UpdatedAt) = (created is { } at && at < stages[0].Since ? at : stages[0].Since, now);
            lead.SetPlan(PlanOf(row, null));
            return (Row: row, Lead: lead, Stages: stages, Owners: those);
        });
        var last = await db.Leads.MaxAsync(lead => (int?)lead.Id, cancellation) ?? 0;
        await db.InsertManyAsync(fresh.Select(one => one.Lead), cancellation);
        // Their ids are known only now; each was inserted with a version of its own.
        var ids = await db.Leads.Where(lead => lead.Id > last).Select(lead => new { lead.Version, lead.Id }).ToDictionaryAsync(lead => lead.Version, lead => lead.Id, cancellation);
        var by = await AuthorAsync(cancellation);
        await db.InsertManyAsync(fresh.SelectMany(one => one.Stages.Select((step, i) => new StageMove
        {
            LeadId = ids[one.Lead.Version],
            From = i == 0 ? null : one.Stages[i - 1].Stage,
            FromSince = i == 0 ? null : one.Stages[i - 1].Since,
            To = step.Stage,
            At = step.Since,
            ById = by.Id,
            ByName = by.Name,
            Reason = i < one.Stages.Count - 1 ? null : Text(one.Row[Reason]) ?? (step.Stage == Stage.Closed ? "Closed when it was imported." : null),
        })), cancellation);
        await db.InsertManyAsync(fresh.SelectMany(one => one.Owners.Select((step, i) => new OwnershipPeriod
        {
            LeadId = ids[one.Lead.Version],
            OwnerId = step.Owner,
            From = step.Since,
            To = i + 1 < one.Owners.Count ? one.Owners[i + 1].Since : null,
        })), cancellation);
        await WordsAsync(fresh.Select(one => (ids[one.Lead.Version], one.Lead)), cancellation);
        await new RefreshLeads(db, time).RunAsync(last, ids.Values.Max(), await db.Settings.LeadSettingsAsync(cancellation), withTouches: false, cancellation);
    }

    private async Task ChangeAsync(List<(ImportValues Row, RowMeaning Meaning)> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return;
        var (steps, given, rezoned) = (new List<StageMove>(), new List<(int Lead, int? To)>(), new List<(int Lead, string Before, string Now)>());
        var by = await AuthorAsync(cancellation);
        var leads = rows.ConvertAll(row =>
        {
            var known = Known(row.Row)!;
            var (plan, zone) = (PlanOf(row.Row, known), known.TimeZone);
            var lead = Fill(known, row.Row, isNew: false);
            if (lead.TimeZone != zone)
                rezoned.Add((lead.Id, zone, lead.TimeZone));
            lead.SetPlan(plan);
            if (Word<Stage>(row.Row[StageField]) is { } stage && stage != lead.Stage)
            {
                steps.Add(new StageMove { LeadId = lead.Id, From = lead.Stage, FromSince = lead.StageSince, To = stage, At = now, ById = by.Id, ByName = by.Name, Reason = Text(row.Row[Reason]) ?? "Imported." });
                (lead.Stage, lead.StageSince) = (stage, now);
            }

            if (row.Row.Has(Owner) && OwnerOf(row.Row, lead) is { } owner && owner != lead.OwnerId)
            {
                given.Add((lead.Id, owner));
                lead.OwnerId = owner;
            }

            (lead.UpdatedAt, lead.Version) = (now, Guid.NewGuid());
            return lead;
        });
        await db.UpdateManyAsync(leads, Written, cancellation);
        await new RedateInteractions(db, time).RunAsync(rezoned, cancellation);
        foreach (var some in given.Chunk(ReassignLeads.Batch))
            await new GiveLeads(db).BeginAsync(some, now, by: null, cancellation);
        await db.InsertManyAsync(steps, cancellation);
        foreach (var some in leads.Select(lead => lead.Id).Chunk(500))
            await db.LeadWords.Where(word => some.Contains(word.LeadId)).ExecuteDeleteAsync(cancellation);
        await WordsAsync(leads.Select(lead => (lead.Id, lead)), cancellation);
        await db.InsertManyAsync(rows.Zip(leads, (row, lead) => db.Told("changed", nameof(Lead), lead.Id,
            JsonSerializer.Serialize(row.Meaning.Changes.ToDictionary(change => change.Field, change => new[] { change.Old, change.New })))), cancellation);
        await new RefreshLeads(db, time).RunAsync(leads.ConvertAll(lead => lead.Id), cancellation);
    }

    /// <summary>Who applies it, as histories call them; without an id where it is no user, as for the sample.</summary>
    private async Task<(int? Id, string Name)> AuthorAsync(CancellationToken cancellation)
    {
        var name = Actor.Current.Name;
        return await db.Users.Where(user => user.Email == name).Select(user => new { user.Id, user.DisplayName }).FirstOrDefaultAsync(cancellation) is { } user ? (user.Id, user.DisplayName) : (null, name);
    }

    private Task WordsAsync(IEnumerable<(int Id, Lead Lead)> leads, CancellationToken cancellation)
        => db.InsertManyAsync(leads.SelectMany(one => ContactWord.Of(one.Lead.Name, one.Lead.City).Select(word => new LeadWord { Word = word, LeadId = one.Id, SearchKey = one.Lead.SearchKey }))
            .OrderBy(word => word.Word, StringComparer.Ordinal).ThenBy(word => word.LeadId), cancellation);

    private static readonly string[] Written =
    [
        nameof(Lead.ExternalId), nameof(Lead.Name), nameof(Lead.Address), nameof(Lead.City), nameof(Lead.SearchKey), nameof(Lead.CityKey), nameof(Lead.TimeZone), nameof(Lead.IsTimeZoneChosen), nameof(Lead.OpeningHours), nameof(Lead.Source),
        nameof(Lead.ExpectedValue), nameof(Lead.Currency), nameof(Lead.NextStep), nameof(Lead.IsMain), nameof(Lead.Stage), nameof(Lead.StageSince), nameof(Lead.OwnerId), nameof(Lead.UpdatedAt),
        nameof(Lead.IntervalDays), nameof(Lead.MaximumDays), nameof(Lead.PreferredDays), nameof(Lead.PausedUntil), nameof(Lead.Version),
    ];
}
