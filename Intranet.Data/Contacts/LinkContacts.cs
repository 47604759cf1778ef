using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>A steward says that two contacts are one person.</summary>
public sealed class LinkContacts(IntranetDbContext db, TimeProvider time)
{
    /// <param name="Link">The new link, or the one that says so already.</param>
    /// <param name="Changed">Contacts that have another primary now.</param>
    public sealed record Result(Link? Link, IReadOnlyList<int> Changed, Refusal? Refused = null);

    public enum Refusal
    {
        /// <summary>One of them is not there, or deleted.</summary>
        Missing,

        /// <summary>Somebody said that people of the two clusters are not the same; that has to be taken back first.</summary>
        Separated,
    }

    /// <summary>Adds the link, and brings the two clusters together. Linking what is linked changes nothing.</summary>
    public async Task<Result> RunAsync(int one, int other, LinkReason reason, string? detail, string by, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        var result = await AddAsync(one, other, reason, detail, time.GetUtcNow().UtcDateTime, by, cancellation);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    /// <summary>The same as part of something larger, which holds <see cref="Locks.Contacts"/> in its transaction.</summary>
    internal async Task<Result> AddAsync(int one, int other, LinkReason reason, string? detail, DateTime at, string by, CancellationToken cancellation)
    {
        var primaries = await db.Contacts.Where(c => (c.Id == one || c.Id == other) && c.DeletedAt == null).Select(c => c.LinkedId ?? c.Id).ToListAsync(cancellation);
        if (primaries.Count < 2)
            return new Result(null, [], Refusal.Missing);
        if (primaries[0] != primaries[1] && (await db.ApartAsync(primaries, cancellation)).Count > 0)
            return new Result(null, [], Refusal.Separated);
        var (first, second) = (Math.Min(one, other), Math.Max(one, other));
        if (await db.Links.FirstOrDefaultAsync(l => l.FirstId == first && l.SecondId == second && l.CutAt == null, cancellation) is { } there)
            return new Result(there, []);

        var link = Link.Between(one, other, reason, detail, at, by);
        db.Links.Add(link);
        await db.SaveChangesAsync(cancellation);
        return new Result(link, await db.ReclusterAsync([one, other], cancellation));
    }
}
