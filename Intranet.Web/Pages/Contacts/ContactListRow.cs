using System.Linq.Expressions;
using Intranet.Data.Contacts;

namespace Intranet.Web.Pages.Contacts;

/// <summary>A contact in the list: the row itself, not the person.</summary>
public sealed record ContactListRow(int Id, int? LinkedId, string? GivenName, string? FamilyName, string? FullName, string? Company, string? Email, string? Phone, string? City, string Source, DateTime CreatedAt, bool IsErased)
{
    public static readonly Expression<Func<Contact, ContactListRow>> FromContact = c => new ContactListRow(
        c.Id, c.LinkedId, c.GivenName, c.FamilyName, c.FullName, c.Company, c.Email, c.Phone, c.City, c.Source, c.CreatedAt, c.ErasedAt != null);

    public string Name => PersonRow.Called(GivenName, FamilyName, FullName) ?? Company ?? Email ?? Phone ?? $"Contact {Id}";
}
