using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>What the search box over leads means: the beginnings of words of name and city.</summary>
public static class LeadSearch
{
    internal const int MostWords = 6;

    // How many leads a word may begin for the list to be driven by it. Beyond that the list's own order is followed, and
    // leads are looked at one by one, of which enough have the word.
    private const int Few = 5_000;

    // How many where there are several words: all of them frequent, they may still meet in nobody, and looking one by one
    // would read everything.
    private const int Many = 15_000;

    /// <returns>The leads, deleted ones included, and whether there are few enough of them to be counted.</returns>
    public static async Task<(IQueryable<Lead> Found, bool IsNarrow)> SearchLeadsAsync(this IntranetDbContext db, string? text, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(text))
            return (db.Leads, false);
        var sizes = new List<(string Word, int Size)>();
        foreach (var word in ContactWord.Of(text).Take(MostWords))
            sizes.Add((word, await db.LeadWords.Beginning(word).Take(Many + 1).CountAsync(cancellation)));
        if (sizes.Count == 0)
            return (db.Leads.Where(lead => lead.Id < 0), true);
        sizes.Sort((one, other) => one.Size.CompareTo(other.Size));
        var found = db.Leads.AsQueryable();
        for (var i = 0; i < sizes.Count; i++)
        {
            var ofWord = db.LeadWords.Beginning(sizes[i].Word);
            found = i == 0 && sizes[0].Size <= (sizes.Count == 1 ? Few : Many)
                ? found.Where(lead => ofWord.Select(word => word.LeadId).Contains(lead.Id))
                : found.Where(lead => ofWord.Any(word => word.LeadId == lead.Id));
        }

        return (found, sizes[0].Size <= Few);
    }
}
