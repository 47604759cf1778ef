namespace Intranet.Data.Leads;

/// <summary>Undoes moves that were made together with <see cref="MoveLeads"/>: each lead that hasn't gone on meanwhile is where it was.</summary>
public sealed class TakeBackMoves(TakeBackMove takeBack)
{
    /// <param name="Back">How many leads are where they were.</param>
    /// <param name="Stayed">How many went on, or were moved too long ago, or by somebody else.</param>
    public sealed record Result(int Back, int Stayed);

    public async Task<Result> RunAsync(IReadOnlyCollection<int> moves, LeadViewer by, CancellationToken cancellation = default)
    {
        var back = 0;
        foreach (var move in moves)
            back += (await takeBack.RunAsync(move, by, cancellation)).Lead is null ? 0 : 1;
        return new Result(back, moves.Count - back);
    }
}
