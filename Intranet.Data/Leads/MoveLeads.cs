using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Moves several leads to one stage, each by the rules and with the history of <see cref="MoveStage"/>, and each by itself: who may
/// not go there stays, and so does who was changed since they were shown. <see cref="TakeBackMoves"/> undoes it.
/// </summary>
public sealed class MoveLeads(IntranetDbContext db, MoveStage move)
{
    /// <param name="Reason">Needed for closing.</param>
    /// <param name="Versions">Of the leads that were shown; one without is moved whatever it is now.</param>
    public sealed record Request(IReadOnlyCollection<int> Leads, Stage To, string? Reason, IReadOnlyDictionary<int, Guid> Versions);

    /// <param name="Moves">The ids of the moves that were made; none of those that were there already.</param>
    /// <param name="Changed">How many were left because somebody changed them meanwhile.</param>
    /// <param name="Refusals">Why others stayed, for each of them.</param>
    public sealed record Result(IReadOnlyList<int> Moves, int Changed, IReadOnlyList<string> Refusals);

    public async Task<Result> RunAsync(Request request, LeadViewer by, CancellationToken cancellation = default)
    {
        var (moves, changed, refusals) = (new List<int>(), 0, new List<string>());
        foreach (var id in request.Leads.Distinct())
        {
            try
            {
                var result = await move.RunAsync(id, request.To, request.Reason, request.Versions.TryGetValue(id, out var version) ? version : null, by, cancellation);
                if (result.Move is { } made)
                    moves.Add(made.Id);
                else if (result.Lead is null)
                    refusals.Add(result.Refused?.Message ?? "Not every lead is yours to move.");
            }
            catch (DbUpdateConcurrencyException)
            {
                changed++;
            }
            finally
            {
                db.ChangeTracker.Clear();
            }
        }

        return new Result(moves, changed, refusals);
    }
}
