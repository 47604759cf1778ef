using System.Linq.Expressions;
using Intranet.Data.Contacts;

namespace Intranet.Web.Pages.Contacts;

/// <summary>Two contacts that are not one person, as a steward said.</summary>
public sealed record SeparationRow(int Id, SeparationRow.Side First, SeparationRow.Side Second, DateTime CreatedAt, string CreatedBy)
{
    public sealed record Side(int Id, string? GivenName, string? FamilyName, string? FullName, string? Company, string? Email, string? Phone)
    {
        public string Name => PersonRow.Called(GivenName, FamilyName, FullName) ?? Company ?? Email ?? Phone ?? Nameless;

        /// <summary>With the number: those that are not the same often have the same name.</summary>
        public string Called => Name == Nameless ? Name : $"{Name} ({Id})";

        private string Nameless => $"Contact {Id}";
    }

    public static readonly Expression<Func<Separation, SeparationRow>> FromSeparation = s => new SeparationRow(s.Id,
        new Side(s.FirstId, s.First!.GivenName, s.First.FamilyName, s.First.FullName, s.First.Company, s.First.Email, s.First.Phone),
        new Side(s.SecondId, s.Second!.GivenName, s.Second.FamilyName, s.Second.FullName, s.Second.Company, s.Second.Email, s.Second.Phone), s.CreatedAt, s.CreatedBy);
}
