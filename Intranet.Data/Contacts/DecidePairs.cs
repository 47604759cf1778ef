using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>A steward decides a group: one person, not the same, or later. All of it in one go, and undone in one go.</summary>
public sealed class DecidePairs(IntranetDbContext db, LinkContacts link, SeparateContacts separate, TimeProvider time)
{
    /// <param name="Pairs">All pairs of the group.</param>
    /// <param name="Seen">What the reviewer saw: <see cref="ReviewGroup.Seen"/>.</param>
    /// <param name="People">Whom it is about, by their primaries; Later is about all.</param>
    /// <param name="Choices">By field, the contact whose value is to show.</param>
    public sealed record Decision(IReadOnlyCollection<int> Pairs, string Seen, IReadOnlyCollection<int> People, IReadOnlyDictionary<string, int> Choices);

    public enum Outcome
    {
        Done,

        /// <summary>Not what the reviewer saw any more, or somebody else has it.</summary>
        Changed,

        /// <summary>It takes two.</summary>
        TooFew,

        /// <summary>Somebody said that two of them are not the same; that has to be taken back first.</summary>
        Separated,

        /// <summary>A value was taken from somebody who is not ticked: it would never show.</summary>
        Unticked,
    }

    /// <summary>Adds the links, choices or separations, and closes the pairs. Anything but Done leaves nothing behind.</summary>
    /// <returns>The outcome, and the decision's id for <see cref="UndoDecision"/>.</returns>
    public async Task<(Outcome Outcome, Guid? Id)> RunAsync(PairState state, Decision decision, Reviewer by, CancellationToken cancellation = default)
    {
        if (state == PairState.Open)
            throw new ArgumentOutOfRangeException(nameof(state), "Open is no decision; UndoDecision opens again.");
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.LockAsync(Locks.Contacts, cancellation);
            await db.LockAsync(Locks.Duplicates, cancellation);
            var (now, id) = (time.GetUtcNow().UtcDateTime, Guid.NewGuid());
            // To the precision it is stored with: undoing compares.
            now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
            var group = await ReviewGroup.OfAsync(db, decision.Pairs, cancellation);
            if (group.Pairs.Count == 0 || group.Seen != decision.Seen || group.Pairs.Any(pair => pair.ClaimedBy is { } other && other != by.Key && pair.ClaimedUntil >= now))
                return (Outcome.Changed, null);
            var people = group.People.Select(person => person[0].PrimaryId).Where(person => state == PairState.Later || decision.People.Contains(person)).ToList();
            var pairs = group.PairsBetween(people).ToList();
            if (people.Count < 2 || (pairs.Count == 0 && state == PairState.Later))
                return (Outcome.TooFew, null);
            if (state == PairState.Same && group.Between(people).Any())
                return (Outcome.Separated, null);
            if (state == PairState.Same && PersonFields.All.Any(field => decision.Choices.TryGetValue(field.Name, out var contact) && group.PersonOf(contact) is { } person && !people.Contains(person)))
                return (Outcome.Unticked, null);

            if (state == PairState.Same)
                await LinkAsync(group, pairs, people, decision.Choices, id, now, by, cancellation);
            foreach (var pair in state == PairState.Same ? [] : pairs)
            {
                if (state == PairState.Different && await separate.AddAsync(pair.FirstId, pair.SecondId, now, by.Name, cancellation) != SeparateContacts.Outcome.Separated)
                    return (Outcome.Changed, null);
                pair.Decide(state, now, by.Name, id);
            }

            if (state == PairState.Different)
                await SeparateOthersAsync(group, pairs, people, id, now, by, cancellation);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return (Outcome.Done, id);
        }
        catch (DbUpdateConcurrencyException)
        {
            // A scan compared the pair anew in this moment.
            db.ChangeTracker.Clear();
            return (Outcome.Changed, null);
        }
    }

    // Ticked, and no pair leads from one to the other: said all the same, of their primaries. A pair of its own keeps the separation for undoing.
    private async Task SeparateOthersAsync(ReviewGroup group, List<DuplicatePair> pairs, List<int> people, Guid id, DateTime now, Reviewer by, CancellationToken cancellation)
    {
        var said = pairs.Select(pair => Ordered(group.PersonOf(pair.FirstId)!.Value, group.PersonOf(pair.SecondId)!.Value))
            .Concat(group.Between(people).Select(apart => Ordered(apart.One, apart.Other))).ToHashSet();
        var unsaid = people.SelectMany((one, index) => people.Skip(index + 1).Select(other => Ordered(one, other))).Where(two => !said.Contains(two)).ToList();
        if (unsaid.Count == 0)
            return;
        var known = await db.DuplicatePairs.Where(p => EF.Parameter(people).Contains(p.FirstId) && EF.Parameter(people).Contains(p.SecondId)).ToDictionaryAsync(p => (p.FirstId, p.SecondId), cancellation);
        foreach (var two in unsaid)
        {
            db.Separations.Add(Separation.Between(two.One, two.Other, now, by.Name));
            if (!known.TryGetValue(two, out var pair))
                db.DuplicatePairs.Add(pair = DuplicatePair.Of(two.One, two.Other, PairCause.Likeness, 0, null, now));
            pair.Decide(PairState.Different, now, by.Name, id);
        }
    }

    private static (int One, int Other) Ordered(int one, int other) => (Math.Min(one, other), Math.Max(one, other));

    private async Task LinkAsync(ReviewGroup group, List<DuplicatePair> pairs, List<int> people, IReadOnlyDictionary<string, int> choices, Guid id, DateTime now, Reviewer by, CancellationToken cancellation)
    {
        var one = people.ToDictionary(person => person, person => person);
        foreach (var pair in pairs)
            pair.Decide(PairState.Same, now, by.Name, id, await JoinAsync(pair.FirstId, pair.SecondId));
        // Ticked, and no pair leads there: a pair of its own keeps the link for undoing.
        foreach (var person in people.Skip(1).Where(person => one[person] != one[people[0]]).ToList())
        {
            if (await JoinAsync(people[0], person) is not { } added)
                continue;
            var pair = await db.DuplicatePairs.FirstOrDefaultAsync(p => p.FirstId == Math.Min(people[0], person) && p.SecondId == Math.Max(people[0], person), cancellation);
            if (pair is null)
                db.DuplicatePairs.Add(pair = DuplicatePair.Of(people[0], person, PairCause.Likeness, 0, null, now));
            pair.Decide(PairState.Same, now, by.Name, id, added);
        }

        var rows = group.Rows.Where(row => people.Contains(row.PrimaryId)).ToList();
        foreach (var field in PersonFields.All)
        {
            if (!choices.TryGetValue(field.Name, out var contact) || rows.Find(row => row.Id == contact) is not { } chosen || field.Of(chosen) is not { } value)
                continue;
            // What shows anyway needs no choice.
            if (PersonFields.Shown(field, rows, group.Choices) is { } shown && field.Of(shown) != value)
                db.FieldChoices.Add(new FieldChoice { ContactId = contact, Field = field.Name, ChosenAt = now, ChosenBy = by.Name, DecisionId = id });
        }

        async Task<int?> JoinAsync(int first, int second)
        {
            var (here, there) = (one[group.PersonOf(first)!.Value], one[group.PersonOf(second)!.Value]);
            if (here == there)
                return null;
            foreach (var person in one.Where(entry => entry.Value == there).Select(entry => entry.Key).ToList())
                one[person] = here;
            return (await link.AddAsync(first, second, LinkReason.Steward, null, now, by.Name, cancellation)).Link?.Id;
        }
    }
}
