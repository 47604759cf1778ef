using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Intranet.Data.Leads;

/// <summary>A word of a lead's name or city. Searching is a range of this table: any beginning of any word is found by index.</summary>
public sealed class LeadWord
{
    public string Word { get; init; } = "";
    public int LeadId { get; init; }

    /// <summary>The lead's own: what has a word is read in the order of lists by name.</summary>
    public string SearchKey { get; init; } = "";

    /// <summary>The words of a lead, each once; for who inserts many at once.</summary>
    public static IEnumerable<LeadWord> Of(Lead lead) => ContactWord.Of(lead.Name, lead.City).Select(word => new LeadWord { Word = word, LeadId = lead.Id, SearchKey = lead.SearchKey });
}

/// <summary>Keeps the words in line with the leads, whoever saves them.</summary>
internal static class LeadSearchWords
{
    /// <summary>What is about to be saved and has other words now, before it is saved.</summary>
    internal static List<(Lead Lead, bool IsNew)> Collect(ChangeTracker tracker)
        => [.. tracker.Entries<Lead>()
            .Where(entry => entry.State == EntityState.Added || (entry.State == EntityState.Modified && (entry.Property(lead => lead.Name).IsModified || entry.Property(lead => lead.City).IsModified)))
            .Select(entry => (entry.Entity, entry.State == EntityState.Added))];

    /// <summary>After saving, in the same transaction.</summary>
    internal static async Task KeepAsync(IntranetDbContext db, List<(Lead Lead, bool IsNew)> changed, CancellationToken cancellation)
    {
        var old = changed.Where(change => !change.IsNew).Select(change => change.Lead.Id).ToList();
        if (old.Count > 0)
            await db.LeadWords.Where(word => old.Contains(word.LeadId)).ExecuteDeleteAsync(cancellation);
        await db.InsertManyAsync(changed.SelectMany(change => LeadWord.Of(change.Lead)), cancellation);
    }
}
