using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Puts a person on a lead in a role. Who is known by e-mail address or phone is found, not doubled; where the names clearly
/// differ, it is somebody new who shares the line, and the two wait for a steward.
/// </summary>
public sealed class AddPoc(IntranetDbContext db, Identify identify, ConnectContacts connect, PhoneRules phones, TimeProvider time)
{
    // A value that more rows have than that is nobody's in particular.
    private const int MostNearly = 100;

    /// <param name="ContactId">Somebody chosen from the contacts; then name and addresses are not looked at.</param>
    /// <param name="Name">The whole name, where it has no parts.</param>
    /// <param name="IsMain">Whom to ask first; the first poc of a lead always is.</param>
    public sealed record Request(int LeadId, string Role, string? GivenName = null, string? FamilyName = null, string? Name = null, string? Email = null, string? Phone = null, bool IsMain = false, int? ContactId = null)
    {
        internal bool HasName => !string.IsNullOrWhiteSpace(GivenName) || !string.IsNullOrWhiteSpace(FamilyName) || !string.IsNullOrWhiteSpace(Name);

        internal NameAgreement.Who Who => new(GivenName, FamilyName, Name, null);
    }

    /// <param name="Poc">Null where there is no such lead for them, or it was refused.</param>
    /// <param name="IsKnown">Somebody who was among the contacts before.</param>
    /// <param name="FormerMain">The poc that was the main one until this, for undoing.</param>
    public sealed record Result(Poc? Poc, bool IsKnown = false, Refusal? Refused = null, int? FormerMain = null);

    internal static readonly Refusal IsThereAlready = new(nameof(Request.Name), "This person is a poc of the lead already.");

    /// <exception cref="InvalidOperationException">The context is in a transaction of the caller's: identify commits by itself.</exception>
    public async Task<Result> RunAsync(Request request, LeadViewer by, CancellationToken cancellation = default)
    {
        if (!await db.Leads.Current().EditableBy(by).AnyAsync(lead => lead.Id == request.LeadId, cancellation))
            return new Result(null);
        if (request.ContactId is null && !request.HasName && string.IsNullOrWhiteSpace(request.Email) && string.IsNullOrWhiteSpace(request.Phone))
            return new Result(null, Refused: new Refusal(nameof(request.Name), "Give a name, an e-mail address or a phone number."));
        // Whoever that is, they are a contact from now on; that they are on the lead comes after, and may be repeated.
        var last = await db.Contacts.OrderByDescending(contact => contact.Id).Select(contact => contact.Id).FirstOrDefaultAsync(cancellation);
        if (await ContactAsync(request, by, cancellation) is not { } row)
            return new Result(null, Refused: new Refusal(nameof(request.ContactId), "There is no such contact."));

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        var there = await db.Pocs.Where(poc => poc.LeadId == request.LeadId && poc.RemovedAt == null).ToListAsync(cancellation);
        var clusters = await db.Contacts.Where(contact => db.Pocs.Any(poc => poc.LeadId == request.LeadId && poc.RemovedAt == null && poc.ContactId == contact.Id)).Select(contact => contact.LinkedId ?? contact.Id).ToListAsync(cancellation);
        var person = await db.Contacts.Where(contact => contact.Id == row).Select(contact => contact.LinkedId ?? contact.Id).FirstAsync(cancellation);
        if (clusters.Contains(person))
            return new Result(null, Refused: IsThereAlready);
        var now = time.GetUtcNow().UtcDateTime;
        // The row itself and not the person's primary: where a steward parts them again, the poc is who was meant.
        var poc = new Poc { LeadId = request.LeadId, ContactId = row, Role = request.Role, CreatedAt = now, IsMain = request.IsMain || there.Count == 0 };
        var former = poc.IsMain ? there.Find(other => other.IsMain) : null;
        if (poc.IsMain)
            there.ForEach(other => other.IsMain = false);
        db.Pocs.Add(poc);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(poc, person <= last, FormerMain: former?.Id);
    }

    /// <returns>The row that is meant: chosen, found, or made.</returns>
    private async Task<int?> ContactAsync(Request request, LeadViewer by, CancellationToken cancellation)
    {
        if (request.ContactId is { } chosen)
            return await db.Contacts.Where(contact => contact.Id == chosen && contact.DeletedAt == null).Select(contact => (int?)contact.Id).FirstOrDefaultAsync(cancellation);
        if (request.HasName)
            return await FindOrAddAsync(request, by, cancellation);
        var sought = Row(request);
        var person = await identify.RunAsync(request.Email, request.Phone, by.Name, cancellation);
        return await db.Contacts.OfCluster(person.PrimaryId)
            .OrderByDescending(c => (sought.EmailKey != null && c.EmailKey == sought.EmailKey ? 1 : 0) + (sought.PhoneKey != null && c.PhoneKey == sought.PhoneKey ? 1 : 0))
            .ThenBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(c => (int?)c.Id).FirstOrDefaultAsync(cancellation);
    }

    // Who is known under that name with all that is given is found. Else it is a row of its own, as when a steward enters a
    // contact: linked to whom the names allow, put up for review with whom they don't; nobody else's row takes the name.
    private async Task<int> FindOrAddAsync(Request request, LeadViewer by, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        // Stamped under the lock, as everybody does who changes contacts.
        var sought = Row(request);
        if (sought.EmailKey is not null || sought.PhoneKey is not null)
        {
            var known = db.Contacts.Where(c => c.DeletedAt == null && (sought.EmailKey == null || c.EmailKey == sought.EmailKey) && (sought.PhoneKey == null || c.PhoneKey == sought.PhoneKey))
                .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id);
            // The very same name first: an office line may have hundreds.
            if (await known.Where(c => c.GivenName == sought.GivenName && c.FamilyName == sought.FamilyName && c.FullName == sought.FullName).Select(c => (int?)c.Id).FirstOrDefaultAsync(cancellation) is { } same)
                return same;
            if (!await IsGenericAsync(sought, cancellation) && await NearlyAsync(known, request.Who, cancellation) is { } near)
                return near;
        }

        db.Contacts.Add(sought);
        await db.SaveChangesAsync(cancellation);
        await connect.RunAsync([sought.Id], by.Name, cancellation);
        await transaction.CommitAsync(cancellation);
        return sought.Id;
    }

    private async Task<bool> IsGenericAsync(Contact sought, CancellationToken cancellation)
        => GenericValues.IsGeneric(GenericValueKind.Email, sought.EmailKey) || GenericValues.IsGeneric(GenericValueKind.Phone, sought.PhoneKey)
            || await db.GenericValues.AnyAsync(value => (value.Kind == GenericValueKind.Email && value.ValueKey == sought.EmailKey) || (value.Kind == GenericValueKind.Phone && value.ValueKey == sought.PhoneKey), cancellation);

    // Spelled otherwise, and nobody of that person is called something else: "J." is neither John nor Jane.
    private async Task<int?> NearlyAsync(IQueryable<Contact> known, NameAgreement.Who who, CancellationToken cancellation)
    {
        var rows = await known.Take(MostNearly + 1).Select(c => new { c.Id, Person = c.LinkedId ?? c.Id, c.GivenName, c.FamilyName, c.FullName }).ToListAsync(cancellation);
        var people = rows.Select(row => row.Person).Distinct().ToArray();
        if (rows.Count > MostNearly || people.Length == 0)
            return null;
        var names = (await db.Contacts.Where(c => (people.Contains(c.Id) || (c.LinkedId != null && people.Contains(c.LinkedId.Value))) && c.DeletedAt == null)
            .Select(c => new { Person = c.LinkedId ?? c.Id, c.GivenName, c.FamilyName, c.FullName }).Distinct().ToListAsync(cancellation)).ToLookup(row => row.Person, row => new NameAgreement.Who(row.GivenName, row.FamilyName, row.FullName, null));
        return rows.Find(row => NameAgreement.IsNamed(new(row.GivenName, row.FamilyName, row.FullName, null)) && !NameAgreement.ClearlyDiffer([who], [.. names[row.Person]]))?.Id;
    }

    private Contact Row(Request request)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var row = new Contact { Source = "poc", GivenName = Trimmed(request.GivenName), FamilyName = Trimmed(request.FamilyName), FullName = Trimmed(request.Name), CreatedAt = now, UpdatedAt = now };
        row.SetEmail(request.Email);
        row.SetPhone(request.Phone, phones);
        return row;
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
