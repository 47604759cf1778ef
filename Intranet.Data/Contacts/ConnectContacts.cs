using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Links contacts that came with names (imported, typed in) to those that share an address or a number with them. Where
/// names clearly differ, the value is generic, a steward separated the two, or somebody cut a link between their rows, it puts up
/// a pair for review instead.
/// </summary>
public sealed class ConnectContacts(IntranetDbContext db, IdentifyLimits limits, TimeProvider time)
{
    private const int Keys = 400;

    // Values of one transaction.
    private const int Portion = 4_000;

    private const int Few = 50_000;

    /// <param name="Links">How many links were added.</param>
    /// <param name="Pairs">How many pairs were put up for review.</param>
    public readonly record struct Result(int Links, int Pairs);

    /// <summary>Contacts that are new or changed. Inside the caller's transaction, which holds <see cref="Locks.Contacts"/>.</summary>
    public async Task<Result> RunAsync(IReadOnlyCollection<int> contacts, string by, CancellationToken cancellation = default)
    {
        var joining = await JoiningAsync(by, cancellation);
        foreach (var some in contacts.Chunk(Keys))
        {
            var keys = await db.Contacts.Where(c => some.Contains(c.Id) && c.DeletedAt == null).Select(c => new { c.EmailKey, c.PhoneKey }).ToListAsync(cancellation);
            var fresh = some.ToHashSet();
            await JoinAsync(joining, fresh, GenericValueKind.Email, [.. keys.Select(k => k.EmailKey).OfType<string>().Distinct()], cancellation);
            await JoinAsync(joining, fresh, GenericValueKind.Phone, [.. keys.Select(k => k.PhoneKey).OfType<string>().Distinct()], cancellation);
        }

        return await joining.WriteAsync(cancellation);
    }

    /// <summary>
    /// What an import brought, value by value: the next values that one of its contacts shares with somebody. All that have a value are
    /// looked at together, so that what comes of it doesn't depend on the order of the rows. Inside the caller's transaction,
    /// which holds <see cref="Locks.Contacts"/>.
    /// </summary>
    /// <param name="kind">E-mail addresses or phone numbers.</param>
    /// <param name="import">The id that its contacts carry.</param>
    /// <param name="since">Only its contacts with a greater id.</param>
    /// <param name="after">The value to begin after; empty for the first.</param>
    /// <param name="by">Who links.</param>
    /// <param name="cancellation">Stops between statements.</param>
    /// <returns>What was done, and the last value that was looked at; null when there is none after it.</returns>
    internal async Task<(Result Done, string? Last)> NextOfImportAsync(GenericValueKind kind, int import, int since, string after, string by, CancellationToken cancellation)
    {
        var there = db.Contacts.Where(c => c.DeletedAt == null);
        var values = kind == GenericValueKind.Email
            ? there.Where(c => c.EmailKey != null && c.EmailKey.CompareTo(after) > 0).Select(c => new { Key = c.EmailKey!, c.Id, c.ImportId })
            : there.Where(c => c.PhoneKey != null && c.PhoneKey.CompareTo(after) > 0).Select(c => new { Key = c.PhoneKey!, c.Id, c.ImportId });
        // A few new contacts are asked for their values; many are found by the index of each value, as those that somebody new shares.
        var shared = await db.Contacts.MaxAsync(c => (int?)c.Id, cancellation) - since <= Few
            ? values.Where(c => c.Id > since && c.ImportId == import).Select(c => c.Key).Distinct()
            : values.GroupBy(c => c.Key).Where(group => group.Count() > 1 && group.Max(c => c.Id) > since).Select(group => group.Key);
        var keys = await shared.OrderBy(key => key).Take(Portion).ToListAsync(cancellation);
        if (keys.Count == 0)
            return (default, null);
        var joining = await JoiningAsync(by, cancellation);
        foreach (var some in keys.Chunk(Keys))
        {
            var fresh = (await Having(kind, some).Where(c => c.ImportId == import && c.Id > since).Select(c => c.Id).ToListAsync(cancellation)).ToHashSet();
            await JoinAsync(joining, fresh, kind, some, cancellation);
        }

        return (await joining.WriteAsync(cancellation), keys.Count < Portion ? null : keys[^1]);
    }

    private IQueryable<Contact> Having(GenericValueKind kind, string[] keys)
        => kind == GenericValueKind.Email ? db.Contacts.Where(c => keys.Contains(c.EmailKey)) : db.Contacts.Where(c => keys.Contains(c.PhoneKey));

    // Most databases have none, and are asked once.
    private bool hasCuts;

    private async Task<JoinContacts> JoiningAsync(string by, CancellationToken cancellation)
    {
        hasCuts = await db.Links.Cut().AnyAsync(cancellation);
        return new(db, await db.AllApartAsync(cancellation), by, time.GetUtcNow().UtcDateTime);
    }

    private async Task JoinAsync(JoinContacts joining, HashSet<int> fresh, GenericValueKind kind, string[] keys, CancellationToken cancellation)
    {
        if (keys.Length == 0)
            return;
        var listed = (await db.GenericValues.Where(value => value.Kind == kind && keys.Contains(value.ValueKey)).Select(value => value.ValueKey).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var generic = keys.Where(IsGeneric).ToArray();
        var crowded = generic.Length == 0 ? [] : await CrowdedAsync(kind, generic, cancellation);
        var rows = await RowsAsync(kind, Having(kind, [.. keys.Except(crowded)]), cancellation);
        foreach (var key in crowded)
            rows.AddRange(await CrowdAsync(kind, key, fresh, cancellation));
        // Whom a value links is compared as a person, by all rows and not only those with the value: one without a name would
        // bring together whoever shares a line with it.
        var groups = rows.GroupBy(row => row.Key, StringComparer.Ordinal).Select(group => (Rows: group.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToList(), IsGeneric: IsGeneric(group.Key) || joining.AreMany([.. group], limits.MostPeople))).ToList();
        foreach (var row in rows)
            joining.Call(row.LinkedId ?? row.Id, row.Who);
        var here = rows.Select(row => row.Id).ToHashSet();
        foreach (var some in joining.Unread(groups.Where(group => group.Rows.Count > 1 && !group.IsGeneric).SelectMany(group => group.Rows)).Chunk(Keys))
        {
            var elsewhere = some.Where(cluster => !here.Contains(cluster)).ToArray();
            var names = await db.Contacts.Where(c => c.LinkedId != null && some.Contains(c.LinkedId.Value) && c.DeletedAt == null).Select(c => new { Cluster = c.LinkedId!.Value, c.GivenName, c.FamilyName, c.FullName, c.BirthDate, c.BirthDateAsTyped })
                .Concat(db.Contacts.Where(c => elsewhere.Contains(c.Id) && c.DeletedAt == null).Select(c => new { Cluster = c.Id, c.GivenName, c.FamilyName, c.FullName, c.BirthDate, c.BirthDateAsTyped })).Distinct().ToListAsync(cancellation);
            foreach (var name in names)
                joining.Call(name.Cluster, JoinContacts.Row.Called(name.GivenName, name.FamilyName, name.FullName, name.BirthDate, name.BirthDateAsTyped));
        }

        if (hasCuts)
        {
            foreach (var (one, other) in await db.CutsOfAsync(joining.Unasked(groups.Where(group => group.Rows.Count > 1 && !group.IsGeneric).SelectMany(group => group.Rows)), cancellation))
                joining.Cut(one, other);
        }

        foreach (var group in groups)
            joining.Group(group.Rows, fresh.Contains, kind == GenericValueKind.Email ? LinkReason.Email : LinkReason.Phone, group.IsGeneric, limits.MostPeople);

        bool IsGeneric(string key) => listed.Contains(key) || GenericValues.IsGeneric(kind, key);
    }

    private static Task<List<JoinContacts.Row>> RowsAsync(GenericValueKind kind, IQueryable<Contact> having, CancellationToken cancellation)
        => having.Where(c => c.DeletedAt == null)
            .Select(c => new JoinContacts.Row(
                c.Id, c.CreatedAt, c.LinkedId, kind == GenericValueKind.Email ? c.EmailKey! : c.PhoneKey!, kind == GenericValueKind.Email ? c.Email! : c.Phone!,
                c.GivenName, c.FamilyName, c.FullName, c.BirthDate, c.BirthDateAsTyped))
            .ToListAsync(cancellation);

    // Counted in the index alone.
    private async Task<List<string>> CrowdedAsync(GenericValueKind kind, string[] keys, CancellationToken cancellation)
    {
        var holders = Having(kind, keys).Where(c => c.DeletedAt == null);
        var groups = kind == GenericValueKind.Email ? holders.GroupBy(c => c.EmailKey!) : holders.GroupBy(c => c.PhoneKey!);
        return await groups.Where(group => group.Count() > JoinContacts.MostCompared).Select(group => group.Key).ToListAsync(cancellation);
    }

    // Of a generic value that very many have: who came first, told by the index alone, and the fresh ones.
    private async Task<List<JoinContacts.Row>> CrowdAsync(GenericValueKind kind, string key, HashSet<int> fresh, CancellationToken cancellation)
    {
        var oldest = await Having(kind, [key]).Where(c => c.DeletedAt == null).OrderBy(c => c.Id).Select(c => c.Id).Take(JoinContacts.MostCompared).ToListAsync(cancellation);
        var rows = new List<JoinContacts.Row>();
        foreach (var some in oldest.Union(fresh).Chunk(Keys))
            rows.AddRange(await RowsAsync(kind, Having(kind, [key]).Where(c => some.Contains(c.Id)), cancellation));
        return rows;
    }
}
