using System.Globalization;
using System.Text.Json;
using Intranet.Data;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory;

/// <summary>The last changes of a record, in words, for its page.</summary>
public static class History
{
    private const int Shown = 20;

    /// <param name="What">"Changed", "Assignment added" …</param>
    /// <param name="Changes">Field, old and new value; ids are replaced by names.</param>
    public sealed record Entry(DateTime At, string Actor, string What, IReadOnlyList<Change> Changes);

    public sealed record Change(string Field, string? Old, string? New);

    /// <summary>The newest changes first. A fixed number of queries: entries, then one for each kind of name they mention.</summary>
    public static async Task<IReadOnlyList<Entry>> HistoryAsync(this IntranetDbContext db, string subject, int id, CancellationToken cancellation = default)
    {
        var rows = await db.AuditEntries.Where(entry => entry.Subject == subject && entry.SubjectId == id)
            .OrderByDescending(entry => entry.Id).Take(Shown)
            .Select(entry => new { entry.At, entry.Actor, entry.Action, entry.Details }).ToListAsync(cancellation);
        var parsed = rows.Select(row => (row.At, row.Actor, row.Action, Details: Parse(row.Details))).ToList();
        var names = await NamesAsync(db, [.. parsed.SelectMany(row => row.Details)], cancellation);
        return [.. parsed.Select(row => new Entry(row.At, row.Actor, char.ToUpperInvariant(row.Action[0]) + row.Action[1..],
            [.. row.Details.Where(detail => detail.Key != $"{subject}Id")
                .Select(detail => new Change(Words(detail.Key), Name(names, detail.Key, detail.Value.Old), Name(names, detail.Key, detail.Value.New)))]))];
    }

    private static Dictionary<string, (string? Old, string? New)> Parse(string? details)
    {
        if (details is null || details.Length == 0 || details[0] != '{')
            return details is null ? [] : new() { [""] = (null, details) };
        return JsonSerializer.Deserialize<Dictionary<string, string?[]>>(details)!.ToDictionary(pair => pair.Key, pair => (pair.Value[0], pair.Value[1]));
    }

    private static async Task<Dictionary<(string, string), string>> NamesAsync(
        IntranetDbContext db, List<KeyValuePair<string, (string? Old, string? New)>> details, CancellationToken cancellation)
    {
        var names = new Dictionary<(string, string), string>();
        await AddAsync(["EmployeeId", "SubstituteId"], ids => db.Employees.Where(e => ids.Contains(e.Id)).Select(e => new Named(e.Id, e.FirstName + " " + e.LastName)));
        await AddAsync(["ProductId"], ids => db.Products.Where(p => ids.Contains(p.Id)).Select(p => new Named(p.Id, p.Name)));
        await AddAsync(["RepositoryId"], ids => db.Repositories.Where(r => ids.Contains(r.Id)).Select(r => new Named(r.Id, r.Name)));
        await AddAsync(["LocationId"], ids => db.Locations.Where(l => ids.Contains(l.Id)).Select(l => new Named(l.Id, l.City)));
        await AddAsync(["TitleId"], ids => db.Titles.Where(t => ids.Contains(t.Id)).Select(t => new Named(t.Id, t.Name)));
        return names;

        async Task AddAsync(string[] fields, Func<int[], IQueryable<Named>> query)
        {
            var ids = details.Where(detail => fields.Contains(detail.Key)).SelectMany(detail => new[] { detail.Value.Old, detail.Value.New })
                .OfType<string>().Select(text => int.Parse(text, CultureInfo.InvariantCulture)).Distinct().ToArray();
            if (ids.Length == 0)
                return;
            foreach (var named in await query(ids).ToListAsync(cancellation))
            {
                foreach (var field in fields)
                    names[(field, named.Id.ToString(CultureInfo.InvariantCulture))] = named.Name;
            }
        }
    }

    private static string? Name(Dictionary<(string, string), string> names, string field, string? value)
        => value is null or "" ? null : names.GetValueOrDefault((field, value), field.EndsWith("Id", StringComparison.Ordinal) && field is not "EmpId" and not "EmailId" ? $"no. {value}" : value);

    // "ChatUserName" → "Chat user name"; a reference is told by its name.
    private static string Words(string field)
    {
        var name = field is "EmpId" or "EmailId" ? field : field.EndsWith("Id", StringComparison.Ordinal) ? field[..^2] : field;
        return string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));
    }

    private sealed record Named(int Id, string Name);
}
