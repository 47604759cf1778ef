namespace Intranet.Data.Leads;

/// <summary>An order that counts.</summary>
public sealed class OrderRow
{
    public DateOnly On { get; init; }
    public int LeadId { get; init; }

    /// <summary>Who owned the lead when it was placed; 0: nobody.</summary>
    public int KamId { get; init; }
    public string? Currency { get; init; }

    /// <summary>In minor units; null where nobody said.</summary>
    public long? Value { get; init; }
}

public static class OrderQueries
{
    /// <summary>
    /// The orders of some days, both included, to be filtered and added up: one range of an index that holds all of this.
    /// Grouped by the column itself, SQLite would follow the KAMs' index through all years; the 0 keeps it from that.
    /// </summary>
    public static IQueryable<OrderRow> OrdersBetween(this IQueryable<Interaction> interactions, DateOnly from, DateOnly to)
        => interactions.Where(one => one.OrderedOn >= from && one.OrderedOn <= to)
            .Select(one => new OrderRow { On = one.OrderedOn!.Value, LeadId = one.LeadId, KamId = one.CreditedToId ?? 0, Currency = one.Currency, Value = one.OrderValue });

    /// <summary>The same of one KAM, by an index of theirs.</summary>
    public static IQueryable<OrderRow> OrdersOfKam(this IQueryable<Interaction> interactions, int kam, DateOnly from, DateOnly to)
        => interactions.Where(one => one.CreditedToId == kam).OrdersBetween(from, to);
}
