using System.Text.Json;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>The last changes of a cluster's contacts and links, in words, for its page.</summary>
public static class ContactHistory
{
    private const int Shown = 20;

    /// <param name="What">"Contact 7 changed", "3 and 7 linked: the same phone number" …</param>
    public sealed record Entry(DateTime At, string Actor, string What, IReadOnlyList<Change> Changes);

    public sealed record Change(string Field, string? Old, string? New);

    /// <summary>The newest first; five queries. Of choices and separations those that stand: what was taken back is told in the audit alone.</summary>
    public static async Task<IReadOnlyList<Entry>> ContactHistoryAsync(this IntranetDbContext db, Cluster cluster, CancellationToken cancellation = default)
    {
        var rows = await OfAsync(db, nameof(Contact), [.. cluster.All.Select(row => row.Id)], cancellation);
        var links = cluster.Links.ToDictionary(link => link.Id);
        rows.AddRange(await OfAsync(db, nameof(Link), [.. links.Keys], cancellation));
        var shown = rows.OrderByDescending(row => row.Id).Take(Shown).Select(row => row.Subject == nameof(Link) ? OfLink(row, links[row.SubjectId!.Value])
            : new Entry(row.At, row.Actor, $"{row.Subject} {row.SubjectId} {row.Action}", Parse(row.Details))).ToList();
        var ids = cluster.All.Select(row => row.Id).ToArray();
        shown.AddRange(await db.FieldChoices.Where(choice => EF.Parameter(ids).Contains(choice.ContactId)).OrderByDescending(choice => choice.Id).Take(Shown)
            .Select(choice => new Entry(choice.ChosenAt, choice.ChosenBy, $"{FieldWords.Of(choice.Field)} of {choice.ContactId} chosen for the person", Array.Empty<Change>())).ToListAsync(cancellation));
        shown.AddRange(await db.Separations.Where(said => EF.Parameter(ids).Contains(said.FirstId) || EF.Parameter(ids).Contains(said.SecondId)).OrderByDescending(said => said.Id).Take(Shown)
            .Select(said => new Entry(said.CreatedAt, said.CreatedBy, $"{said.FirstId} and {said.SecondId} said not to be the same", Array.Empty<Change>())).ToListAsync(cancellation));
        shown = [.. shown.OrderByDescending(entry => entry.At).Take(Shown)];
        var names = await db.NamesOfAsync(shown.Select(entry => entry.Actor), cancellation);
        return [.. shown.Select(entry => entry with { Actor = names.Of(entry.Actor) })];
    }

    private static Task<List<Row>> OfAsync(IntranetDbContext db, string subject, int[] ids, CancellationToken cancellation)
        => db.AuditEntries.Where(entry => entry.Subject == subject && entry.SubjectId != null && EF.Parameter(ids).Contains(entry.SubjectId.Value))
            .OrderByDescending(entry => entry.Id).Take(Shown)
            .Select(entry => new Row(entry.Id, entry.At, entry.Actor, entry.Action, entry.Subject, entry.SubjectId, entry.Details)).ToListAsync(cancellation);

    // All that ever happens to a link: it is added, cut, and the cut taken back. A link that was erased tells no detail.
    private static Entry OfLink(Row row, Link link)
    {
        var what = row.Action == "added" ? $"linked: {LinkWords.Of(link.Reason, link.Detail)}"
            : row.Details is null ? "cut apart or linked again"
            : Parse(row.Details).Exists(change => change is { Field: "Is undone", New: "True" }) ? "no longer linked: the decision was taken back"
            : Parse(row.Details).Exists(change => change is { Field: "Cut at", New: null }) ? "linked again: the cut was taken back" : "cut apart";
        return new Entry(row.At, row.Actor, $"{link.FirstId} and {link.SecondId} {what}", []);
    }

    private static List<Change> Parse(string? details)
    {
        if (details is not { Length: > 0 })
            return [];
        if (details[0] != '{')
            return [new Change("", null, details)];
        return [.. JsonSerializer.Deserialize<Dictionary<string, string?[]>>(details)!
            .Where(pair => pair.Key is not (nameof(Contact.CreatedAt) or nameof(Contact.UpdatedAt) or nameof(Contact.OlderValues) or nameof(Contact.LinkedId) or nameof(Contact.ImportId) or nameof(Contact.ImportLine)))
            .Select(pair => new Change(FieldWords.Of(pair.Key), pair.Value[0], pair.Value[1]))];
    }

    private sealed record Row(long Id, DateTime At, string Actor, string Action, string Subject, int? SubjectId, string? Details);
}
