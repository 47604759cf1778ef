using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>
/// Puts a person on a lead in a role. Who is known by e-mail address or phone is found, not doubled; where the names clearly
/// differ, it is somebody new who shares the line, and the two wait for a steward.
/// </summary>
public sealed class AddPoc(IntranetDbContext db, Identify identify, ConnectContacts connect, PhoneRules phones, TimeProvider time)
{
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
    public sealed record Result(Poc? Poc, bool IsKnown = false, Refusal? Refused = null);

    /// <exception cref="InvalidOperationException">The context is in a transaction of the caller's: identify commits by itself.</exception>
    public async Task<Result> RunAsync(Request request, LeadViewer by, CancellationToken cancellation = default)
    {
        if (!await db.Leads.Current().EditableBy(by).AnyAsync(lead => lead.Id == request.LeadId, cancellation))
            return new Result(null);
        if (request.ContactId is null && !request.HasName && string.IsNullOrWhiteSpace(request.Email) && string.IsNullOrWhiteSpace(request.Phone))
            return new Result(null, Refused: new Refusal(nameof(request.Name), "Give a name, an e-mail address or a phone number."));
        // Whoever that is, they are a contact from now on; that they are on the lead comes after, and may be repeated.
        var last = await db.Contacts.OrderByDescending(contact => contact.Id).Select(contact => contact.Id).FirstOrDefaultAsync(cancellation);
        if (await ContactAsync(request, by, cancellation) is not { } person)
            return new Result(null, Refused: new Refusal(nameof(request.ContactId), "There is no such contact."));

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        var there = await db.Pocs.Where(poc => poc.LeadId == request.LeadId && poc.RemovedAt == null).ToListAsync(cancellation);
        var clusters = await db.Contacts.Where(contact => db.Pocs.Any(poc => poc.LeadId == request.LeadId && poc.RemovedAt == null && poc.ContactId == contact.Id)).Select(contact => contact.LinkedId ?? contact.Id).ToListAsync(cancellation);
        if (clusters.Contains(person))
            return new Result(null, Refused: new Refusal(nameof(request.Name), "This person is a poc of the lead already."));
        var now = time.GetUtcNow().UtcDateTime;
        var poc = new Poc { LeadId = request.LeadId, ContactId = person, Role = request.Role, CreatedAt = now, IsMain = request.IsMain || there.Count == 0 };
        if (poc.IsMain)
            there.ForEach(other => other.IsMain = false);
        db.Pocs.Add(poc);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(poc, person <= last);
    }

    /// <returns>The primary of the person's cluster.</returns>
    private async Task<int?> ContactAsync(Request request, LeadViewer by, CancellationToken cancellation)
    {
        if (request.ContactId is { } chosen)
            return await db.Contacts.Where(contact => contact.Id == chosen && contact.DeletedAt == null).Select(contact => (int?)(contact.LinkedId ?? contact.Id)).FirstOrDefaultAsync(cancellation);
        if ((string.IsNullOrWhiteSpace(request.Email) && string.IsNullOrWhiteSpace(request.Phone)) || await IsSomebodyElseAsync(request, cancellation))
            return await AddAsync(request, by, cancellation);
        var person = await identify.RunAsync(request.Email, request.Phone, by.Name, cancellation);
        if (request.HasName)
            await NameAsync(person.PrimaryId, request, cancellation);
        return person.PrimaryId;
    }

    // Somebody has the address or the number, and is called otherwise.
    private async Task<bool> IsSomebodyElseAsync(Request request, CancellationToken cancellation)
    {
        if (!request.HasName)
            return false;
        var probe = new Contact();
        probe.SetEmail(request.Email);
        probe.SetPhone(request.Phone, phones);
        var names = await db.Contacts.Where(contact => contact.DeletedAt == null
                && ((probe.EmailKey != null && contact.EmailKey == probe.EmailKey) || (probe.PhoneKey != null && contact.PhoneKey == probe.PhoneKey)))
            .OrderBy(contact => contact.Id).Take(100).Select(contact => new { contact.GivenName, contact.FamilyName, contact.FullName }).ToListAsync(cancellation);
        return names.Exists(name => NameAgreement.ClearlyDiffer(request.Who, new NameAgreement.Who(name.GivenName, name.FamilyName, name.FullName, null)));
    }

    // As when a steward enters a contact: linked to whom the names allow, put up for review with whom they don't.
    private async Task<int> AddAsync(Request request, LeadViewer by, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var contact = new Contact
        {
            Source = "poc",
            GivenName = Trimmed(request.GivenName),
            FamilyName = Trimmed(request.FamilyName),
            FullName = Trimmed(request.Name),
            CreatedAt = now,
            UpdatedAt = now,
        };
        contact.SetEmail(request.Email);
        contact.SetPhone(request.Phone, phones);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync("contacts", cancellation);
        db.Contacts.Add(contact);
        await db.SaveChangesAsync(cancellation);
        await connect.RunAsync([contact.Id], by.Name, cancellation);
        await transaction.CommitAsync(cancellation);
        return await db.Contacts.Where(one => one.Id == contact.Id).Select(one => one.LinkedId ?? one.Id).FirstAsync(cancellation);
    }

    // Identify knows no names: its row takes the name where nobody of the person has one.
    private async Task NameAsync(int person, Request request, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync("contacts", cancellation);
        var rows = await db.Contacts.OfCluster(person).OrderByDescending(contact => contact.Id).Take(1000).ToListAsync(cancellation);
        if (rows.Count == 0 || rows.Exists(row => PersonRow.Called(row.GivenName, row.FamilyName, row.FullName) is not null))
            return;
        (rows[0].GivenName, rows[0].FamilyName, rows[0].FullName, rows[0].UpdatedAt)
            = (Trimmed(request.GivenName), Trimmed(request.FamilyName), Trimmed(request.Name), time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
