using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>What stewards change about one contact: its values, and whether it is there; likely duplicates appear while they type.</summary>
public sealed class EditModel(IntranetDbContext db, PhoneRules phones, DeleteContact delete, SaveContact save, ArrivalIndex arrivals, TimeProvider clock) : PageModel
{
    [BindProperty]
    public ContactInput Input { get; set; } = new();

    /// <summary>Since when the values are as the form was filled with, in ticks: deleting and restoring change none.</summary>
    [BindProperty]
    public long? ValuesAt { get; set; }

    /// <summary>Who this may be already, where no script asks while somebody types.</summary>
    public IReadOnlyList<ContactListRow> Likely { get; private set; } = [];

    /// <summary>Somebody pressed the button that looks for them.</summary>
    public bool HasLooked { get; private set; }

    public int? Id { get; private set; }
    public string? Name { get; private set; }

    /// <summary>A deleted contact takes part in nothing; it is restored first and edited then.</summary>
    public DateTime? DeletedAt { get; private set; }

    /// <summary>What was typed stays, also where somebody deleted the contact meanwhile.</summary>
    public bool ShowsForm => DeletedAt is null || HttpMethods.IsPost(Request.Method);

    /// <summary>How many contacts are the person whose contact this is.</summary>
    public int Rows { get; private set; }

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken cancellation)
    {
        if (id is not null)
        {
            var contact = await db.Contacts.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.ErasedAt == null, cancellation);
            if (contact is null)
                return await GoneAsync(id, "Already erased.", cancellation);
            Input = ContactInput.Of(contact);
            (Id, Name, DeletedAt, ValuesAt) = (id, NameOf(contact), contact.DeletedAt, contact.UpdatedAt.Ticks);
            Rows = await db.Contacts.OfCluster(contact.LinkedId ?? contact.Id).CountAsync(cancellation);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var contact = id is null ? new Contact { Source = "entry", CreatedAt = now } : await db.Contacts.FirstOrDefaultAsync(c => c.Id == id && c.ErasedAt == null, cancellation);
        if (contact is null)
            return await GoneAsync(id, "Nothing was saved: this contact was erased meanwhile.", cancellation);
        (Id, Name) = (id, NameOf(contact));
        if (contact.DeletedAt is not null)
            return await DeletedAsync(contact, cancellation);
        CheckWhatChanged(id is null ? null : ContactInput.Of(contact));
        if (!ModelState.IsValid)
            return await InvalidAsync(cancellation);

        try
        {
            await save.RunAsync(contact, at => Input.Fill(contact, phones, at), Input.Version, User.Identity!.Name!, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            if (await db.Contacts.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.ErasedAt == null, cancellation) is not { } stored)
                return await GoneAsync(id, "Nothing was saved: this contact was erased meanwhile.", cancellation);
            if (stored.DeletedAt is not null)
                return await DeletedAsync(stored, cancellation);
            ShowStored(stored);
            return await InvalidAsync(cancellation);
        }

        this.Toast(id is null ? "Added." : "Saved.");
        return RedirectToPage("Details", new { id = contact.Id });
    }

    /// <summary>Who this may be already, while somebody types.</summary>
    public async Task<IActionResult> OnGetLikelyAsync(int? id, CancellationToken cancellation)
    {
        // What is typed arrives as the form's fields; half an address is no error.
        await TryUpdateModelAsync(Input, nameof(Input));
        ModelState.Clear();
        return Partial("_Likely", await LikelyContacts.FindAsync(db, arrivals, Input, id, phones, cancellation));
    }

    /// <summary>The same at a press, for who has no script: the form as it was typed, and who is found.</summary>
    public async Task<IActionResult> OnPostLookAsync(int? id, CancellationToken cancellation)
    {
        if (id is not null)
        {
            if (await db.Contacts.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.ErasedAt == null, cancellation) is not { } contact)
                return await GoneAsync(id, "Already erased.", cancellation);
            (Id, Name, DeletedAt) = (id, NameOf(contact), contact.DeletedAt);
        }

        // What is typed stays in the fields; nobody has said yet that it is all.
        var typed = ModelState.Select(entry => (entry.Key, entry.Value!.RawValue, entry.Value.AttemptedValue)).ToList();
        ModelState.Clear();
        foreach (var (field, raw, attempted) in typed)
            ModelState.SetModelValue(field, raw, attempted);

        (Likely, HasLooked) = (await LikelyContacts.FindAsync(db, arrivals, Input, id, phones, cancellation), true);
        return Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync(int id, CancellationToken cancellation)
    {
        if (await delete.RunAsync(id, cancellation))
            this.Toast("Deleted.", Url.Page("Edit", "Restore", new { id }));
        else if (await db.Contacts.AnyAsync(c => c.Id == id, cancellation))
            this.Toast("Somebody deleted it already.");
        else
            return NotFound();
        return RedirectToPage("Details", new { id });
    }

    public async Task<IActionResult> OnPostRestoreAsync(int id, CancellationToken cancellation)
    {
        switch (await delete.RestoreAsync(id, User.Identity!.Name!, cancellation))
        {
            case LinkContacts.Refusal.Missing:
                return NotFound();
            case LinkContacts.Refusal.Separated:
                this.Toast("Not restored: its links would bring together who was said not to be the same. Cut a link, or take that back first.");
                break;
            case null when Request.Form.ContainsKey($"{nameof(Input)}.{nameof(Input.Version)}"):
                return await GoOnAsync(id, cancellation);
            default:
                this.Toast("Restored.");
                break;
        }

        return RedirectToPage("Details", new { id });
    }

    /// <summary>This contact's value of a field is the person's, also when a newer one comes.</summary>
    public async Task<IActionResult> OnPostChooseAsync(int id, string? field, CancellationToken cancellation)
    {
        // With the lock: a steward who reviews the contact at this moment decides before it, or sees it.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        if (field is null || !PersonOf.Fields.Contains(field) || !await db.Contacts.AnyAsync(c => c.Id == id && c.DeletedAt == null, cancellation))
            return NotFound();
        var choice = new FieldChoice { ContactId = id, Field = field, ChosenAt = clock.GetUtcNow().UtcDateTime, ChosenBy = User.Identity!.Name! };
        db.FieldChoices.Add(choice);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        this.Toast("Chosen.", Url.Page("Edit", "TakeBack", new { id, choice = choice.Id }));
        return RedirectToPage("Details", new { id });
    }

    /// <summary>Takes a choice back: the one before counts again, or the newest value.</summary>
    public async Task<IActionResult> OnPostTakeBackAsync(int id, int choice, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        if (await db.FieldChoices.FirstOrDefaultAsync(c => c.Id == choice && c.ContactId == id, cancellation) is not { } chosen)
            return NotFound();
        db.FieldChoices.Remove(chosen);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        this.Toast("Taken back.");
        return RedirectToPage("Details", new { id });
    }

    private static string NameOf(Contact contact) => PersonRow.Called(contact.GivenName, contact.FamilyName, contact.FullName) ?? contact.Email ?? contact.Phone ?? $"contact {contact.Id}";

    // Restored from the form in which somebody was typing when it was deleted: that goes on, beside what is stored where
    // somebody changed more than that.
    private async Task<IActionResult> GoOnAsync(int id, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        if (await db.Contacts.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancellation) is not { } stored)
            return NotFound();
        ModelState.Clear();
        (Id, Name) = (id, NameOf(stored));
        if (ValuesAt == stored.UpdatedAt.Ticks)
            Input.Version = stored.Version;
        else
            ShowStored(stored);
        this.Toast("Restored. Save to keep what you typed.");
        return Page();
    }

    private void CheckWhatChanged(ContactInput? before)
    {
        foreach (var field in before is null ? [] : Input.Unchanged(before))
            ModelState.Remove($"{nameof(Input)}.{field}");
        foreach (var wrong in Input.Wrong(before, clock))
            ModelState.AddModelError($"{nameof(Input)}.{wrong.MemberNames.First()}", wrong.ErrorMessage!);
    }

    private void ShowStored(Contact stored)
    {
        this.ShowStored(nameof(Input), "this contact", Input, ContactInput.Of(stored));
        ValuesAt = stored.UpdatedAt.Ticks;
        ModelState.Remove(nameof(ValuesAt));
    }

    private async Task<IActionResult> DeletedAsync(Contact contact, CancellationToken cancellation)
    {
        DeletedAt = contact.DeletedAt;
        ModelState.AddModelError("", "Nothing was saved: this contact is deleted. Restore it, then save again.");
        return await InvalidAsync(cancellation);
    }

    private async Task<IActionResult> InvalidAsync(CancellationToken cancellation)
    {
        Likely = await LikelyContacts.FindAsync(db, arrivals, Input, Id, phones, cancellation);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    // Erased for good, or never there.
    private async Task<IActionResult> GoneAsync(int? id, string erased, CancellationToken cancellation)
    {
        if (!await db.Contacts.AnyAsync(c => c.Id == id && c.ErasedAt != null, cancellation))
            return NotFound();
        this.Toast(erased);
        return RedirectToPage("Details", new { id });
    }
}
