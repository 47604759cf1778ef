using System.Globalization;
using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Directory;

/// <summary>The columns of exported people, in the order and under the names of the pages.</summary>
public static class DirectoryColumns
{
    public static IReadOnlyList<Column<EmployeeRow>> Of(bool withRoles, DateTime utc)
    {
        List<Column<EmployeeRow>> columns =
        [
            new("First Name", row => row.FirstName),
            new("Last Name", row => row.LastName),
            new("Email ID", row => row.EmailId),
            new("Chat User Name", row => row.ChatUserName),
            new("Region", row => row.Region),
            new("City", row => row.City),
            new("Title", row => row.Title ?? row.OriginalTitle),
        ];
        if (withRoles)
            columns.Add(new("Role", row => row.Role?.ToString().ToLowerInvariant()));
        columns.Add(new("Local Time", row => row.Hours.LocalTime(utc).ToString("HH:mm", CultureInfo.InvariantCulture)));
        if (withRoles)
            columns.Add(new("Confirmed On", row => row.ConfirmedOn));
        columns.Add(new("EmpId", row => row.EmpId));
        return columns;
    }

    /// <summary>The columns of FindPOC, for the report and the API.</summary>
    public static readonly IReadOnlyList<Column<PocRow>> FindPoc =
    [
        new("EmpId", row => row.EmpId),
        new("First Name", row => row.FirstName),
        new("Last Name", row => row.LastName),
        new("Title", row => row.Title),
        new("Email ID", row => row.EmailId),
        new("Chat User Name", row => row.ChatUserName),
        new("Region", row => row.Region),
        new("City", row => row.City),
    ];

    /// <summary>Leaves in the audit that somebody took the list out of the app as a file.</summary>
    public static async Task NoteExportAsync(this IntranetDbContext db, string title, string format, int rows, CancellationToken cancellation)
    {
        db.Audit("exported", nameof(Employee), details: string.Create(CultureInfo.InvariantCulture, $"{title}: {rows} rows as {format}"));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>A name for a downloaded file that every file system takes: letters, digits and hyphens.</summary>
    public static string FileName(string title, string extension)
    {
        var name = string.Concat(title.Select(letter => char.IsLetterOrDigit(letter) ? letter : '-')).Trim('-');
        // Windows keeps some names for devices, whatever follows the point.
        if (Devices.Contains(name, StringComparer.OrdinalIgnoreCase))
            name += "-";
        return $"{(name.Length == 0 ? "directory" : name.Length > 80 ? name[..80] : name)}.{extension}";
    }

    private static readonly string[] Devices =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })];
}
