using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Links contacts that came with names (imported, typed in) to those that share an address or a number with them. Where
/// names clearly differ, the value is generic, or a steward separated the two, it puts up a pair for review instead.
/// </summary>
public sealed class ConnectContacts(IntranetDbContext db, IdentifyLimits limits, TimeProvider time)
{
    private const int Keys = 400;

    /// <param name="Links">How many links were added.</param>
    /// <param name="Pairs">How many pairs were put up for review.</param>
    public readonly record struct Result(int Links, int Pairs);

    /// <summary>Contacts that are new or changed. Inside the caller's transaction, which holds the lock "contacts".</summary>
    public async Task<Result> RunAsync(IReadOnlyCollection<int> contacts, string by, CancellationToken cancellation = default)
    {
        var joining = await JoiningAsync(by, cancellation);
        foreach (var some in contacts.Chunk(Keys))
        {
            var keys = await db.Contacts.Where(c => some.Contains(c.Id) && c.DeletedAt == null).Select(c => new { c.EmailKey, c.PhoneKey }).ToListAsync(cancellation);
            await JoinAsync(joining, some.Contains, GenericValueKind.Email, [.. keys.Select(k => k.EmailKey).OfType<string>().Distinct()], cancellation);
            await JoinAsync(joining, some.Contains, GenericValueKind.Phone, [.. keys.Select(k => k.PhoneKey).OfType<string>().Distinct()], cancellation);
        }

        return await joining.WriteAsync(cancellation);
    }

    /// <summary>All contacts with a greater id, however many. Inside the caller's transaction, which holds the lock "contacts".</summary>
    public async Task<Result> AllSinceAsync(int id, string by, CancellationToken cancellation = default)
    {
        var joining = await JoiningAsync(by, cancellation);
        // Answered by the index of each key: values that somebody new shares with somebody.
        await SharedAsync(GenericValueKind.Email, db.Contacts.Where(c => c.EmailKey != null && c.DeletedAt == null)
            .GroupBy(c => c.EmailKey!).Where(group => group.Count() > 1 && group.Max(c => c.Id) > id).Select(group => group.Key));
        await SharedAsync(GenericValueKind.Phone, db.Contacts.Where(c => c.PhoneKey != null && c.DeletedAt == null)
            .GroupBy(c => c.PhoneKey!).Where(group => group.Count() > 1 && group.Max(c => c.Id) > id).Select(group => group.Key));
        return await joining.WriteAsync(cancellation);

        async Task SharedAsync(GenericValueKind kind, IQueryable<string> shared)
        {
            foreach (var keys in (await shared.ToListAsync(cancellation)).Chunk(Keys))
                await JoinAsync(joining, contact => contact > id, kind, keys, cancellation);
        }
    }

    private async Task<JoinContacts> JoiningAsync(string by, CancellationToken cancellation)
        => new(db, await db.AllApartAsync(cancellation), by, time.GetUtcNow().UtcDateTime);

    private async Task JoinAsync(JoinContacts joining, Func<int, bool> isFresh, GenericValueKind kind, string[] keys, CancellationToken cancellation)
    {
        if (keys.Length == 0)
            return;
        var listed = (await db.GenericValues.Where(value => value.Kind == kind && keys.Contains(value.ValueKey)).Select(value => value.ValueKey).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var having = kind == GenericValueKind.Email ? db.Contacts.Where(c => keys.Contains(c.EmailKey)) : db.Contacts.Where(c => keys.Contains(c.PhoneKey));
        var rows = await having.Where(c => c.DeletedAt == null)
            .Select(c => new JoinContacts.Row(
                c.Id, c.CreatedAt, c.LinkedId, kind == GenericValueKind.Email ? c.EmailKey! : c.PhoneKey!, kind == GenericValueKind.Email ? c.Email! : c.Phone!,
                c.GivenName, c.FamilyName, c.FullName, c.BirthDate, c.BirthDateAsTyped))
            .ToListAsync(cancellation);
        foreach (var group in rows.GroupBy(row => row.Key, StringComparer.Ordinal))
        {
            var isGeneric = listed.Contains(group.Key) || (kind == GenericValueKind.Email ? GenericValues.IsGenericEmail(group.Key) : GenericValues.IsGenericPhone(group.Key));
            joining.Group([.. group.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)], isFresh, kind == GenericValueKind.Email ? LinkReason.Email : LinkReason.Phone, isGeneric, limits.MostPeople);
        }
    }
}
