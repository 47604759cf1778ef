using System.Globalization;
using Intranet.Data.Contacts.Matching;

namespace Intranet.Data.Leads;

/// <summary>Which moves between stages are allowed. Pure.</summary>
public sealed class AllowedMoves(IEnumerable<(Stage From, Stage To)> allowed)
{
    private readonly HashSet<(Stage From, Stage To)> allowed = [.. allowed];

    /// <summary>The same again only for the same moves: of a form, whether they are still those that it showed.</summary>
    public string Version => StableHash.Of(string.Join(' ', allowed.Order().Select(move => $"{move.From}-{move.To}"))).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Where a lead may go from a stage, in the order of the stages.</summary>
    public IReadOnlyList<Stage> From(Stage stage) => [.. allowed.Where(move => move.From == stage && move.To != stage).Select(move => move.To).Order()];

    /// <returns>Why a lead can't move: "New can go to Contacted or Closed, not to Active."; null when it can.</returns>
    public string? Refusal(Stage from, Stage to)
    {
        if (from == to || allowed.Contains((from, to)))
            return null;
        var possible = From(from);
        return possible.Count == 0 ? $"{from} can't go anywhere." : $"{from} can go to {Either(possible)}, not to {to}.";
    }

    private static string Either(IReadOnlyList<Stage> stages)
        => stages.Count == 1 ? $"{stages[0]}" : $"{string.Join(", ", stages.SkipLast(1))} or {stages[^1]}";
}
