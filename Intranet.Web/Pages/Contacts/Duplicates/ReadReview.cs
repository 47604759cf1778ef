using System.Globalization;
using System.Text.RegularExpressions;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Contacts;
using Intranet.Data.Contacts.Matching;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <summary>Lays a group out side by side.</summary>
public sealed partial class ReadReview(IntranetDbContext db)
{
    private static readonly (string Name, string Label, Func<Contact, string?> Of)[] Unions =
        [(nameof(Contact.Email), "E-mail", row => row.Email), (nameof(Contact.Phone), "Phone", row => row.Phone)];

    // Somebody of thousands of contacts has as many addresses; nobody reads them here.
    private const int MostValues = 100;

    /// <param name="pairs">Of the group.</param>
    /// <param name="sent">Whom and what the reviewer had ticked and taken where that was refused; it stays as long as nothing else changed.</param>
    /// <param name="cancellation">Stops between queries.</param>
    /// <returns>Null where somebody settled one of the pairs since they were claimed.</returns>
    public async Task<ReviewView?> RunAsync(IReadOnlyCollection<int> pairs, ReviewInput? sent, CancellationToken cancellation)
    {
        var group = await ReviewGroup.OfAsync(db, pairs, cancellation);
        if (group.Pairs.Count < pairs.Count || !group.Pairs.All(pair => pair.State is PairState.Open or PairState.Later && group.PersonOf(pair.FirstId) is { } one && group.PersonOf(pair.SecondId) is { } other && one != other))
            return null;
        // One parameter for all of them: a person may have more rows than a statement takes parameters.
        var ids = group.Rows.Select(row => row.Id).ToList();
        var links = await db.Links.Where(l => l.CutAt == null && EF.Parameter(ids).Contains(l.FirstId)).Select(l => l.FirstId).ToListAsync(cancellation);
        var threshold = await db.ReviewThresholdAsync(cancellation);
        var others = await db.DuplicatePairs.Waiting(PairState.Open, threshold).Where(p => !EF.Parameter(pairs).Contains(p.Id)).OfAny(ids)
            .Select(p => new { p.FirstId, p.SecondId }).ToListAsync(cancellation);
        var pocs = await db.Pocs.Where(poc => poc.RemovedAt == null && EF.Parameter(ids).Contains(poc.ContactId)).Select(poc => new { poc.ContactId, poc.LeadId }).ToListAsync(cancellation);
        var spoken = await db.Interactions.Where(interaction => interaction.Poc != null && EF.Parameter(ids).Contains(interaction.Poc.ContactId)).GroupBy(interaction => interaction.Poc!.ContactId)
            .Select(of => new { ContactId = of.Key, Count = of.Count() }).ToListAsync(cancellation);
        var addresses = group.Rows.Select(row => row.EmailKey?.ToUpperInvariant()).OfType<string>().Distinct().ToList();
        var users = new List<string>();
        foreach (var some in addresses.Chunk(500))
            users.AddRange(await db.Users.Where(user => some.Contains(user.NormalizedEmail!)).Select(user => user.NormalizedEmail!).ToListAsync(cancellation));
        var kept = sent is not null && sent.Seen == group.Seen ? sent : null;
        var ticked = kept is null || group.People.Count == 2 ? Ticked(group) : kept.People;
        var people = group.People.Select((rows, index) =>
        {
            var own = rows.Select(row => row.Id).ToHashSet();
            var mail = rows.Select(row => row.EmailKey).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
            return new ReviewPerson(rows[0].PrimaryId, index + 1, Name(rows, group.Choices), ReviewGroup.Oldest(rows).CreatedAt, rows.Count,
                links.Count(own.Contains), others.Count(pair => own.Contains(pair.FirstId) || own.Contains(pair.SecondId)),
                pocs.Where(poc => own.Contains(poc.ContactId)).Select(poc => poc.LeadId).Distinct().Count(), spoken.Where(of => own.Contains(of.ContactId)).Sum(of => of.Count),
                users.Count(mail.Contains), [.. rows.Select(row => row.Source).Where(source => source.Length > 0).Distinct()], ticked.Contains(rows[0].PrimaryId));
        }).ToList();
        var number = people.ToDictionary(person => person.Id, person => person.Number);
        var fields = Rows(group, ticked, kept?.Choices ?? []).OrderByDescending(row => row.Differs).ThenByDescending(row => row.Cells.Count(cell => cell.Values.Count > 0)).ToList();
        var between = group.Between([.. number.Keys]).ToList();
        var names = await db.NamesOfAsync(between.Select(apart => apart.Said.CreatedBy), cancellation);
        var blockers = between.Select(apart => new ReviewBlocker(number[apart.One], number[apart.Other], names.Of(apart.Said.CreatedBy), apart.Said.CreatedAt)).Distinct().ToList();
        return new ReviewView([.. group.Pairs.Select(pair => pair.Id)], group.Seen, people, fields, await EvidenceAsync(group, number, cancellation), blockers);
    }

    /// <summary>All, but nobody whom a steward separated from somebody more likely.</summary>
    private static List<int> Ticked(ReviewGroup group)
    {
        var ticked = new List<int>();
        foreach (var person in group.Pairs.SelectMany(pair => new[] { group.PersonOf(pair.FirstId), group.PersonOf(pair.SecondId) }).OfType<int>())
            if (!ticked.Contains(person) && (group.People.Count == 2 || !group.Between([.. ticked, person]).Any()))
                ticked.Add(person);
        return ticked;
    }

    private static IEnumerable<ReviewRow> Rows(ReviewGroup group, List<int> ticked, Dictionary<string, int> taken)
    {
        foreach (var field in PersonFields.All)
        {
            var shown = group.People.Select(rows => PersonFields.Shown(field, rows, group.Choices)).ToList();
            if (shown.TrueForAll(row => row is null))
                continue;
            var ranks = Ranks(field, shown.OfType<Contact>(), group.Choices);
            var would = shown.OfType<Contact>().Where(row => ticked.Contains(row.PrimaryId)).ToList();
            var marked = would.Find(row => taken.TryGetValue(field.Name, out var own) && row.Id == own) ?? would.MinBy(row => ranks[row.Id]);
            var texts = shown.ConvertAll(row => row is null ? [] : new List<string> { field.Name == nameof(Contact.BirthDate) && row.BirthDate is { } day ? day.ToString("d", CultureInfo.CurrentCulture) : field.Of(row)! });
            yield return Row(group, field.Name, Label(field.Name), texts, person => shown[person] is { } row ? (row.Id, row.Id == marked?.Id, ranks[row.Id]) : default);
        }

        foreach (var (name, label, of) in Unions)
        {
            var texts = group.People.Select(rows => rows.Select(of).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList()).ToList();
            if (texts.Exists(values => values.Count > 0))
                yield return Row(group, name, label, texts, null);
        }
    }

    // Of any people that are ticked the value shows that comes first. What shows for a person shows also against others, or nothing of theirs does.
    private static Dictionary<int, int> Ranks(PersonField field, IEnumerable<Contact> shown, IReadOnlyList<FieldChoice> choices)
    {
        var (ranks, left) = (new Dictionary<int, int>(), shown.ToList());
        while (PersonFields.Shown(field, left, choices) is { } next)
        {
            ranks[next.Id] = ranks.Count;
            left.Remove(next);
        }

        return ranks;
    }

    private static ReviewRow Row(ReviewGroup group, string name, string label, List<List<string>> texts, Func<int, (int? Contact, bool Chosen, int Rank)>? choice)
    {
        var differs = texts.Exists(values => !values.SequenceEqual(texts[0], StringComparer.Ordinal));
        var cells = texts.Select((values, person) =>
        {
            var (contact, chosen, rank) = choice?.Invoke(person) ?? default;
            // Each against the first column, and the first against the second.
            var against = texts[person == 0 ? 1 : 0];
            return new ReviewCell(group.People[person][0].PrimaryId, contact, chosen, rank, [.. values.Take(MostValues).Select(value => Pieces(value, against, first: person == 0))], values.Count);
        }).ToList();
        return new ReviewRow(name, label, differs, choice is not null, cells);
    }

    private static IReadOnlyList<TextPiece> Pieces(string value, List<string> against, bool first)
        => against.Count == 0 || against.Contains(value) ? [new TextPiece(value, false)]
            // Which letters of two as long ways are common depends on the order; both sides must agree.
            : first ? TextDifference.Of(value, against[0]).One : TextDifference.Of(against[0], value).Other;

    private async Task<List<ReviewPair>> EvidenceAsync(ReviewGroup group, Dictionary<int, int> number, CancellationToken cancellation)
    {
        // Each by the estimate that it was found with, and by the newest where nobody knows.
        var ids = group.Pairs.Select(pair => pair.ModelId).OfType<int>().Distinct().ToList();
        var newest = await db.EstimatedModels.MaxAsync(m => (int?)m.Id, cancellation);
        var estimated = await db.EstimatedModels.Where(m => ids.Contains(m.Id) || m.Id == newest).Select(m => new { m.Id, m.Contacts, m.Json }).ToDictionaryAsync(m => m.Id, cancellation);
        var models = estimated.ToDictionary(m => m.Key, m => MatchModel.FromJson(m.Value.Json));
        var other = (newest is { } last ? models[last] : null) ?? MatchModel.Initial(Math.Max(2, newest is { } kept ? estimated[kept].Contacts : await db.Contacts.CountAsync(cancellation)));
        return [.. group.Pairs.Select(pair => new ReviewPair(
            pair.Id, number[group.PersonOf(pair.FirstId)!.Value], number[group.PersonOf(pair.SecondId)!.Value], pair.Probability, pair.Cause == PairCause.Likeness || pair.Evidence is not null || pair.ModelId is not null, Cause(pair.Cause),
            PairLevels.Parse(pair.Evidence) is { } levels ? ExplainPair.Run(pair.ModelId is { } by && models.GetValueOrDefault(by) is { } model ? model : other, levels, Math.Clamp(pair.Probability, 1e-9, 1 - 1e-9)) : []))];
    }

    // As on the person's page.
    private static string Name(IReadOnlyList<Contact> rows, IReadOnlyList<FieldChoice> choices)
    {
        string? Shown(string name) => PersonFields.All.First(field => field.Name == name) is var field && PersonFields.Shown(field, rows, choices) is { } row ? field.Of(row) : null;
        return PersonRow.Called(Shown(nameof(Contact.GivenName)), Shown(nameof(Contact.FamilyName)), Shown(nameof(Contact.FullName))) ?? Shown(nameof(Contact.Company))
            ?? rows.Select(row => row.Email).Concat(rows.Select(row => row.Phone)).FirstOrDefault(text => text is not null) ?? $"Contact {rows[0].PrimaryId}";
    }

    private static string Cause(PairCause cause) => cause switch
    {
        PairCause.GenericValue => "They share a value that many share.",
        PairCause.DifferentNames => "They share an e-mail address or a phone, but not the name or the birth date.",
        PairCause.Separated => "A request brought together what a steward separated.",
        PairCause.Cut => "Somebody cut the link between them.",
        _ => "They are alike.",
    };

    private static string Label(string field) => Upper().Replace(field, match => " " + match.Value.ToLowerInvariant());

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Upper();
}
