using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Gives leads to others: some of them, or all of a KAM's, to one or in turn to several. One ownership period ends and the
/// next begins at the same instant; what happened before stays credited to who owned the lead then.
/// </summary>
public sealed class ReassignLeads(IntranetDbContext db, TimeProvider time)
{
    /// <summary>Held by everything that changes leads, so that what is computed is computed from what is there.</summary>
    internal const string Lock = Locks.Leads;

    private const string NoLongerToCome = "Give a day from today on.";

    internal const string CannotOwn = "Only active users with the role kam or sales lead can own leads.";

    // As many as make a statement that both databases take.
    internal const int Batch = 500;

    /// <param name="Leads">Their ids; null: all of <paramref name="FromOwner"/>'s.</param>
    /// <param name="FromOwner">Whose leads; ignored where ids are given.</param>
    /// <param name="To">The new owners; several get them in turn.</param>
    /// <param name="Note">For the timeline of each lead.</param>
    /// <param name="FirstCallOn">The lead's day on which the new owner introduces themselves, its today at the earliest; then it is due, whatever its plan.</param>
    /// <param name="KeepsCities">Not in turn: leads of one city stay together (<see cref="SplitLeads"/>).</param>
    public sealed record Request(IReadOnlyCollection<int>? Leads, int? FromOwner, IReadOnlyList<int> To, string? Note = null, DateOnly? FirstCallOn = null, bool KeepsCities = false);

    /// <param name="Moved">Which went from whom to whom; <see cref="TakeBackReassignment"/> gives them back.</param>
    /// <param name="Unchanged">How many belonged to their new owner already.</param>
    /// <param name="Missing">How many of the ids are no leads that the user may change.</param>
    /// <param name="At">The instant at which one owner's time ended and the other's began, UTC.</param>
    public sealed record Result(IReadOnlyList<Moved> Moved, int Unchanged, int Missing, DateTime At, Refusal? Refused = null);

    public readonly record struct Moved(int LeadId, int? From, int To);

    /// <param name="by">A KAM gives away own leads only, a sales lead any.</param>
    public Task<Result> RunAsync(Request request, LeadViewer by, CancellationToken cancellation = default) => RunAsync(request, by, isTrial: false, cancellation);

    /// <summary>What <see cref="RunAsync(Request, LeadViewer, CancellationToken)"/> would answer as things are; changes nothing.</summary>
    public Task<Result> TryAsync(Request request, LeadViewer by, CancellationToken cancellation = default) => RunAsync(request, by, isTrial: true, cancellation);

    private async Task<Result> RunAsync(Request request, LeadViewer by, bool isTrial, CancellationToken cancellation)
    {
        if (request.Leads is null && request.FromOwner is null)
            throw new ArgumentException("Name leads, or whose.", nameof(request));
        await using var transaction = isTrial ? null : await db.BeginOrJoinAsync(cancellation);
        if (!isTrial)
            await db.LockAsync(Lock, cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        if (await RefusalAsync(request, now, cancellation) is { } refusal)
            return new Result([], 0, 0, now, refusal);

        var leads = await LeadsAsync(request, by, cancellation);
        var cities = request.KeepsCities ? SplitLeads.ByCity(leads.GroupBy(lead => lead.City).Select(city => (city.Key, city.Count())), request.To) : null;
        var moves = new List<(Row Lead, int To)>();
        foreach (var lead in leads)
        {
            // In turn among those that get one: who has it already is not given it again.
            var to = cities is not null ? cities[SplitLeads.Key(lead.City)] : request.To.Count == 1 || lead.OwnerId is null || !request.To.Contains(lead.OwnerId.Value) ? request.To[moves.Count % request.To.Count] : lead.OwnerId.Value;
            if (to != lead.OwnerId)
                moves.Add((lead, to));
        }

        // Over wherever they are: of a list, who asks has looked at a wrong day. Where it is over for some, they are called on their today.
        if (moves.Count > 0 && moves.TrueForAll(move => request.FirstCallOn < move.Lead.Today(now)))
            return new Result([], 0, 0, now, new Refusal(nameof(request.FirstCallOn), NoLongerToCome));
        var names = await db.Users.Where(user => request.To.Contains(user.Id) || db.Leads.Any(lead => lead.OwnerId == user.Id)).Select(user => new { user.Id, user.DisplayName }).ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellation);
        foreach (var some in isTrial ? [] : moves.Chunk(Batch))
            await MoveAsync(some, request, names, now, by, cancellation);
        if (transaction is not null)
            await transaction.CommitAsync(cancellation);
        return new Result([.. moves.Select(move => new Moved(move.Lead.Id, move.Lead.OwnerId, move.To))], leads.Count - moves.Count, (request.Leads?.Distinct().Count() ?? leads.Count) - leads.Count, now);
    }

    private async Task<Refusal?> RefusalAsync(Request request, DateTime now, CancellationToken cancellation)
    {
        var to = request.To.Distinct().ToList();
        if (to.Count == 0)
            return new Refusal(nameof(request.To), "Say who gets them.");
        if (await db.LeadOwners().CountAsync(user => to.Contains(user.Id), cancellation) < to.Count)
            return new Refusal(nameof(request.To), CannotOwn);
        if (request.Note?.Trim().Length > Interaction.LongestDetails)
            return new Refusal(nameof(request.Note), $"Use at most {Interaction.LongestDetails} characters.");
        // What is over everywhere; of what isn't, each lead's own calendar says.
        return request.FirstCallOn < DateOnly.FromDateTime(now).AddDays(-1) || request.FirstCallOn > DateOnly.FromDateTime(now).AddDays(CallPlan.LongestDays)
            ? new Refusal(nameof(request.FirstCallOn), NoLongerToCome) : null;
    }

    private async Task<List<Row>> LeadsAsync(Request request, LeadViewer by, CancellationToken cancellation)
    {
        var editable = db.Leads.Current().EditableBy(by);
        if (request.Leads is null)
            return await RowsAsync(editable.Where(lead => lead.OwnerId == request.FromOwner));
        var found = new List<Row>();
        foreach (var some in request.Leads.Distinct().Order().Chunk(Batch))
            found.AddRange(await RowsAsync(editable.Where(lead => some.Contains(lead.Id))));
        return found;

        Task<List<Row>> RowsAsync(IQueryable<Lead> those) => those.OrderBy(lead => lead.Id).Select(lead => new Row(lead.Id, lead.OwnerId, lead.TimeZone, lead.City)).ToListAsync(cancellation);
    }

    private async Task MoveAsync((Row Lead, int To)[] moves, Request request, Dictionary<int, string> names, DateTime now, LeadViewer by, CancellationToken cancellation)
    {
        await new GiveLeads(db).RunAsync([.. moves.Select(move => (move.Lead.Id, move.Lead.OwnerId, (int?)move.To))], names, now, by.UserId, why: null, cancellation);
        if (!string.IsNullOrWhiteSpace(request.Note) || request.FirstCallOn is not null)
        {
            await db.InsertManyAsync(moves.Select(move => new Interaction
            {
                LeadId = move.Lead.Id,
                Kind = InteractionKind.Note,
                At = now,
                On = move.Lead.Today(now),
                Details = string.IsNullOrWhiteSpace(request.Note) ? $"Taken over from {GiveLeads.NameOf(move.Lead.OwnerId, names)}." : request.Note,
                FollowUpOn = request.FirstCallOn < move.Lead.Today(now) ? move.Lead.Today(now) : request.FirstCallOn,
                AuthorId = by.UserId,
                CreditedToId = move.To,
                CreatedAt = now,
            }), cancellation);
            await new RefreshLeads(db, time).RunAsync([.. moves.Select(move => move.Lead.Id)], cancellation);
        }
    }

    private sealed record Row(int Id, int? OwnerId, string TimeZone, string City)
    {
        internal DateOnly Today(DateTime now) => LocalDay.Of(now, LocalDay.Zone(TimeZone));
    }
}
