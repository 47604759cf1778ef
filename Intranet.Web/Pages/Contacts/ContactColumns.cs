using System.Globalization;
using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Contacts;

/// <summary>The columns of exported contacts, under the names that an import of contacts reads.</summary>
public static class ContactColumns
{
    /// <summary>What the list shows. Its number finds each row when the file comes back; source and time say nothing then.</summary>
    public static readonly IReadOnlyList<Column<PersonRow>> Listed =
    [
        new("Name", row => row.Name),
        new("IntranetId", row => row.Id.ToString(CultureInfo.InvariantCulture)),
        new("Email", row => row.Email),
        new("Phone", row => row.Phone),
        new("Company", row => row.Company),
        new("City", row => row.City),
        new("Source", row => row.Source),
        new("Since", row => row.CreatedAt),
    ];

    /// <summary>Every field, for who corrects a file and brings it back.</summary>
    public static readonly IReadOnlyList<Column<PersonRow>> All =
    [
        // Two ids: the one the row has where it came from, and ours, by which it is found when it comes back.
        new("Id", row => row.ExternalId),
        new("IntranetId", row => row.Id.ToString(CultureInfo.InvariantCulture)),
        new("GivenName", row => row.GivenName),
        new("FamilyName", row => row.FamilyName),
        new("FullName", row => row.FullName),
        new("Email", row => row.Email),
        new("Phone", row => row.Phone),
        new("BirthDate", row => row[nameof(PersonRow.BirthDate)]),
        new("Street", row => row.Street),
        new("City", row => row.City),
        new("Postcode", row => row.Postcode),
        new("State", row => row.State),
        new("Country", row => row.Country),
        new("Company", row => row.Company),
        new("JobTitle", row => row.JobTitle),
    ];

    /// <summary>Leaves in the audit that somebody took contacts out of the app as a file.</summary>
    public static async Task NoteContactExportAsync(this IntranetDbContext db, string what, string format, CancellationToken cancellation)
    {
        db.Audit("exported", nameof(Contact), details: $"Contacts ({what}) as {format}");
        await db.SaveChangesAsync(cancellation);
    }
}
