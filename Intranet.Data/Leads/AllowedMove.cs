using Intranet.Data.Auditing;

namespace Intranet.Data.Leads;

/// <summary>A move between stages that is allowed. Administrators edit them; what has no row is refused.</summary>
public sealed class AllowedMove : IAudited
{
    public int Id { get; private set; }
    public Stage From { get; init; }
    public Stage To { get; init; }

    /// <summary>As shipped: one step on or back, closing from everywhere, and reopening to one of the first three.</summary>
    public static readonly IReadOnlyList<(Stage From, Stage To)> Shipped =
    [
        (Stage.New, Stage.Contacted), (Stage.New, Stage.Closed),
        (Stage.Contacted, Stage.New), (Stage.Contacted, Stage.Qualified), (Stage.Contacted, Stage.Closed),
        (Stage.Qualified, Stage.Contacted), (Stage.Qualified, Stage.Negotiation), (Stage.Qualified, Stage.Closed),
        (Stage.Negotiation, Stage.Qualified), (Stage.Negotiation, Stage.Active), (Stage.Negotiation, Stage.Closed),
        (Stage.Active, Stage.Negotiation), (Stage.Active, Stage.Closed),
        (Stage.Closed, Stage.New), (Stage.Closed, Stage.Contacted), (Stage.Closed, Stage.Qualified),
    ];

    internal static IEnumerable<AllowedMove> Rows() => Shipped.Select((move, i) => new AllowedMove { Id = i + 1, From = move.From, To = move.To });
}
