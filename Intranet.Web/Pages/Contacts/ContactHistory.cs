using System.Text.Json;
using Intranet.Data;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>The last changes of a cluster's contacts and links, in words, for its page.</summary>
public static class ContactHistory
{
    private const int Shown = 20;

    /// <param name="What">"Contact 7 changed", "Link 3 added" …</param>
    public sealed record Entry(DateTime At, string Actor, string What, IReadOnlyList<Change> Changes);

    public sealed record Change(string Field, string? Old, string? New);

    /// <summary>The newest first; two queries.</summary>
    public static async Task<IReadOnlyList<Entry>> ContactHistoryAsync(this IntranetDbContext db, Cluster cluster, CancellationToken cancellation = default)
    {
        var rows = await OfAsync(db, nameof(Contact), [.. cluster.All.Select(row => row.Id)], cancellation);
        rows.AddRange(await OfAsync(db, nameof(Link), [.. cluster.Links.Select(link => link.Id)], cancellation));
        return [.. rows.OrderByDescending(row => row.Id).Take(Shown).Select(row => new Entry(row.At, row.Actor, $"{row.Subject} {row.SubjectId} {row.Action}", Parse(row.Details)))];
    }

    private static Task<List<Row>> OfAsync(IntranetDbContext db, string subject, int[] ids, CancellationToken cancellation)
        => db.AuditEntries.Where(entry => entry.Subject == subject && entry.SubjectId != null && ids.Contains(entry.SubjectId.Value))
            .OrderByDescending(entry => entry.Id).Take(Shown)
            .Select(entry => new Row(entry.Id, entry.At, entry.Actor, entry.Action, entry.Subject, entry.SubjectId, entry.Details)).ToListAsync(cancellation);

    private static List<Change> Parse(string? details)
    {
        if (details is not { Length: > 0 })
            return [];
        if (details[0] != '{')
            return [new Change("", null, details)];
        return [.. JsonSerializer.Deserialize<Dictionary<string, string?[]>>(details)!
            .Where(pair => pair.Key is not (nameof(Contact.CreatedAt) or nameof(Contact.UpdatedAt) or nameof(Link.CreatedBy)))
            .Select(pair => new Change(FieldWords.Of(pair.Key), pair.Value[0], pair.Value[1]))];
    }

    private sealed record Row(long Id, DateTime At, string Actor, string Action, string Subject, int? SubjectId, string? Details);
}
