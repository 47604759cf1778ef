using System.Text.Json;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Intranet.Data.Imports;

/// <summary>
/// Erases what the notes of imports say about contacts: of the rows that made them or are about them, and of rows that
/// nobody knows the contact of (refused, not applied yet, or about leads) and that hold their address, number, id or whole name.
/// </summary>
internal sealed class EraseImportRows(IntranetDbContext db)
{
    /// <summary>Kinds of files that hold people.</summary>
    internal static readonly string[] OfPeople = [Kinds.ContactsKind.Key, Kinds.PocsKind.Key, Kinds.InteractionsKind.Key];

    /// <summary>Nothing of them is written yet, or not all.</summary>
    internal static readonly ImportState[] Waiting = [ImportState.Uploaded, ImportState.Unmapped, ImportState.Reading, ImportState.Previewed, ImportState.Confirmed, ImportState.Applying, ImportState.Stopped];

    /// <summary>Reads for long where a big import waits, hence before the lock.</summary>
    /// <param name="people">Whose values are looked for.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <returns>The rows that name them without knowing them.</returns>
    internal async Task<IReadOnlyList<(int ImportId, int Line)>> FindNamedAsync(IReadOnlyCollection<PersonRow> people, CancellationToken cancellation)
    {
        var sought = new PersonWords(people, db.GetService<PhoneRules>());
        // Made before contacts knew their rows.
        var imported = people.Where(row => row.Source == "import").Select(row => row.Id).Take(500).ToArray();
        var isOld = await db.Contacts.AnyAsync(c => imported.Contains(c.Id) && c.ImportId == null, cancellation);
        var rows = db.ImportRows.AsNoTracking().Where(row => row.SubjectId == null
            && db.Imports.Any(import => import.Id == row.ImportId && OfPeople.Contains(import.Kind)
                && (import.Kind != Kinds.ContactsKind.Key || row.Kind == ImportRowKind.Error || import.State != ImportState.Applied || isOld)));
        var named = new List<(int, int)>();
        if (sought.AreNone)
            return named;
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            string[] texts = [row.Label, row.Raw ?? "", row.Problem ?? "", .. Cells(row.Changes)];
            if (sought.AreIn(texts))
                named.Add((row.ImportId, row.Line));
        }

        return named;
    }

    /// <summary>Inside the caller's transaction.</summary>
    /// <param name="contacts">Their ids.</param>
    /// <param name="named"><see cref="FindNamedAsync"/>.</param>
    /// <param name="cancellation">Stops between statements.</param>
    internal async Task RunAsync(IReadOnlyCollection<int> contacts, IEnumerable<(int ImportId, int Line)> named, CancellationToken cancellation)
    {
        var rows = named.ToList();
        foreach (var ids in contacts.Chunk(500))
        {
            rows.AddRange((await db.Contacts.Where(c => ids.Contains(c.Id) && c.ImportId != null && c.ImportLine != null).Select(c => new { c.ImportId, c.ImportLine }).ToListAsync(cancellation))
                .Select(made => (made.ImportId!.Value, made.ImportLine!.Value)));
            await WipeAsync(db.ImportRows.Where(row => row.SubjectId != null && ids.Contains(row.SubjectId.Value)
                && db.Imports.Any(import => import.Id == row.ImportId && import.Kind == Kinds.ContactsKind.Key)), cancellation);
        }

        foreach (var import in rows.GroupBy(row => row.ImportId, row => row.Line))
        {
            foreach (var lines in import.Chunk(500))
                await WipeAsync(db.ImportRows.Where(row => row.ImportId == import.Key && lines.Contains(row.Line)), cancellation);
        }
    }

    private static Task<int> WipeAsync(IQueryable<ImportRow> rows, CancellationToken cancellation)
        => rows.ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Label, ImportRow.Erased)
            .SetProperty(row => row.Changes, (string?)null)
            .SetProperty(row => row.Raw, (string?)null)
            .SetProperty(row => row.Problem, row => row.Problem == null ? null : ImportRow.Erased), cancellation);

    // Of a row in error its cells; of others field → [old, new].
    private static IEnumerable<string> Cells(string? changes)
    {
        if (changes is null)
            return [];
        using var read = JsonDocument.Parse(changes);
        return [.. read.RootElement.ValueKind == JsonValueKind.Array ? Texts(read.RootElement) : read.RootElement.EnumerateObject().SelectMany(field => Texts(field.Value))];

        static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Where(text => text.ValueKind == JsonValueKind.String).Select(text => text.GetString()!);
    }
}
