using System.Text.Json;
using System.Text.Json.Nodes;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Intranet.Data.Leads;

/// <summary>
/// Wipes what was written about people at leads: the text of interactions with them, of others at the same leads that name them,
/// what else there names them (<see cref="EraseLeadTexts"/>), and what the audit remembers of those texts. That there was a call, its outcome and its order stay.
/// </summary>
internal sealed class EraseInteractions(IntranetDbContext db)
{
    /// <summary>The interactions whose text would be wiped.</summary>
    internal async Task<IReadOnlyList<int>> FindAsync(IReadOnlyCollection<PersonRow> people, CancellationToken cancellation)
    {
        var found = new List<int>();
        foreach (var ids in people.Select(row => row.Id).Chunk(500))
            found.AddRange(await db.Interactions.Where(one => one.Details != "" && one.Details != Erased && one.PocId != null && ids.Contains(one.Poc!.ContactId)).Select(one => one.Id).ToListAsync(cancellation));
        var (with, sought) = (found.ToHashSet(), new PersonWords(people, db.GetService<PhoneRules>()));
        foreach (var leads in (await LeadsAsync(people, cancellation)).Chunk(500))
        {
            await foreach (var one in db.Interactions.Where(one => leads.Contains(one.LeadId) && one.Details != "").Select(one => new { one.Id, one.Details }).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                if (!with.Contains(one.Id) && sought.AreIn(one.Details))
                    found.Add(one.Id);
            }
        }

        return found;
    }

    /// <summary>The other texts at the same leads that would be wiped.</summary>
    internal async Task<EraseLeadTexts.Found> FindOthersAsync(IReadOnlyCollection<PersonRow> people, CancellationToken cancellation)
        => await new EraseLeadTexts(db).FindAsync(await LeadsAsync(people, cancellation), new PersonWords(people, db.GetService<PhoneRules>()), cancellation);

    /// <summary>Inside the caller's transaction.</summary>
    /// <param name="people">As they are before they are wiped.</param>
    /// <param name="found"><see cref="FindAsync"/>.</param>
    /// <param name="cancellation">Stops between statements.</param>
    internal async Task RunAsync(IReadOnlyCollection<PersonRow> people, IReadOnlyList<int> found, CancellationToken cancellation)
    {
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        var (texts, sought) = (new HashSet<string>(StringComparer.Ordinal), new PersonWords(people, db.GetService<PhoneRules>()));
        foreach (var some in found.Chunk(500))
        {
            texts.UnionWith(await db.Interactions.Where(one => some.Contains(one.Id)).Select(one => one.Details).ToListAsync(cancellation));
            // Past change tracking: it would write what is erased into the audit.
            await db.Interactions.Where(one => some.Contains(one.Id)).ExecuteUpdateAsync(set => set.SetProperty(one => one.Details, Erased).SetProperty(one => one.Version, Guid.NewGuid()), cancellation);
        }

        await new EraseLeadTexts(db).RunAsync(await FindOthersAsync(people, cancellation), cancellation);
        foreach (var leads in (await LeadsAsync(people, cancellation)).Chunk(500))
        {
            var told = await db.AuditEntries.Where(entry => entry.Subject == nameof(Lead) && entry.SubjectId != null && leads.Contains(entry.SubjectId.Value) && entry.Details != null)
                .Select(entry => new { entry.Id, entry.Details }).ToListAsync(cancellation);
            foreach (var entry in told)
            {
                if (Wiped(entry.Details!) is { } wiped)
                    await db.AuditEntries.Where(one => one.Id == entry.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Details, wiped), cancellation);
            }
        }

        // Field → [old, new], or a sentence; only texts go: a value or an id may look like a number of somebody.
        string? Wiped(string details)
        {
            if (details.Length == 0 || details[0] != '{' || JsonNode.Parse(details) is not JsonObject fields)
                return details != Erased && sought.AreIn(details) ? Erased : null;
            var isWiped = false;
            foreach (var (field, change) in fields.ToList())
            {
                if (change is not JsonArray told || field is not (nameof(Interaction.Details) or nameof(Lead.NextStep) or nameof(Poc.Role)))
                    continue;
                var values = told.Select(value => value?.GetValue<string>()).ToList();
                if (!values.Exists(value => value is { Length: > 0 } && (texts.Contains(value) || sought.AreIn(value))))
                    continue;
                fields[field] = new JsonArray([.. values.Select(value => value is null ? null : JsonValue.Create(Erased))]);
                isWiped = true;
            }

            return isWiped ? fields.ToJsonString(JsonSerializerOptions.Default) : null;
        }
    }

    private async Task<List<int>> LeadsAsync(IReadOnlyCollection<PersonRow> people, CancellationToken cancellation)
    {
        var leads = new HashSet<int>();
        foreach (var ids in people.Select(row => row.Id).Chunk(500))
            leads.UnionWith(await db.Pocs.Where(poc => ids.Contains(poc.ContactId)).Select(poc => poc.LeadId).Distinct().ToListAsync(cancellation));
        return [.. leads];
    }

    private const string Erased = Imports.ImportRow.Erased;
}
