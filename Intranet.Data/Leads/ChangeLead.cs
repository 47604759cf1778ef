using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Changes the values of a lead, and computes anew what follows from them (another zone, another day, also of what happened before).</summary>
public sealed class ChangeLead(IntranetDbContext db, TimeProvider time)
{
    /// <param name="Lead">As it is now; null where there is no such lead for them, or it was refused.</param>
    public sealed record Result(Lead? Lead, Refusal? Refused = null);

    /// <param name="id">A lead that <paramref name="by"/> may change.</param>
    /// <param name="change">Sets what has public setters; stage, owner and plan have verbs of their own.</param>
    /// <param name="version">The one that was shown; null: whatever it is now.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="cancellation">Before the end leaves everything as it was.</param>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed it since.</exception>
    public async Task<Result> RunAsync(int id, Action<Lead> change, Guid? version, LeadViewer by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.BeginOrJoinAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        if (await db.EditableLeadAsync(id, version, by, cancellation) is not { } lead)
            return new Result(null);
        change(lead);
        db.ChangeTracker.DetectChanges();
        if (db.Entry(lead).Property(one => one.Currency).IsModified && await db.Interactions.OrdersNotIn(lead.Currency).Where(one => one.LeadId == id).Select(one => one.Currency).FirstOrDefaultAsync(cancellation) is { } other)
        {
            db.ChangeTracker.Clear();
            return new Result(null, new Refusal(nameof(Lead.Currency), CurrencyStays(other)));
        }

        if (db.Entry(lead).State == EntityState.Modified)
            lead.UpdatedAt = time.GetUtcNow().UtcDateTime;
        var zone = db.Entry(lead).Property(one => one.TimeZone);
        (int Lead, string Before, string Now)[] rezoned = zone.IsModified ? [(id, zone.OriginalValue, lead.TimeZone)] : [];
        await db.SaveChangesAsync(cancellation);
        await new RedateInteractions(db, time).RunAsync(rezoned, cancellation);
        await new RefreshLeads(db, time).RunAsync([id], cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(lead);
    }

    /// <summary>Why a lead whose orders are in a currency keeps it: their values are those of that currency, and a lead adds up its own alone.</summary>
    internal static string CurrencyStays(string currency) => $"The lead has orders in {currency}, which would add up to nothing in another currency. Keep {currency}.";
}

internal static class OrderCurrency
{
    /// <summary>Orders that count and have a value in another currency.</summary>
    internal static IQueryable<Interaction> OrdersNotIn(this IQueryable<Interaction> interactions, string currency)
        => interactions.Where(one => one.OrderedOn != null && one.OrderValue != null && one.Currency != currency);
}

internal static class EditableLead
{
    /// <summary>A lead to be changed by somebody, with the version they saw; null when there is none for them.</summary>
    internal static async Task<Lead?> EditableLeadAsync(this IntranetDbContext db, int id, Guid? version, LeadViewer by, CancellationToken cancellation)
    {
        var lead = await db.Leads.Current().EditableBy(by).FirstOrDefaultAsync(one => one.Id == id, cancellation);
        if (lead is not null && version is { } seen)
            db.Entry(lead).Property(one => one.Version).OriginalValue = seen;
        return lead;
    }
}
