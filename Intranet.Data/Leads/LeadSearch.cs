using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>What the search box over leads means: the beginnings of words of name and city.</summary>
public static class LeadSearch
{
    internal const int MostWords = 6;

    // A key of so many letters may be the beginning of a longer one. SQL Server doesn't count a blank at the end.
    private const int CutKey = Lead.LongestKey - 1;

    // How many leads may have the rarest word for the list to be driven by it. Beyond that the list's own order is followed.
    private const int Many = 50_000;

    // The same for a beginning that several words share: what they are found by has to be sorted.
    private const int ManySorted = 10_000;

    /// <summary>Of all leads, deleted ones included.</summary>
    /// <param name="areFew">
    /// Something else makes the leads few, and has an index in the order of names; then each is looked at, and no word drives.
    /// </param>
    /// <param name="cancellation">Stops. As many queries as there are words, and two.</param>
    public static async Task<FoundLeads> SearchLeadsAsync(this IntranetDbContext db, string? text, bool areFew = false, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new FoundLeads(db.Leads);
        var words = ContactWord.Of(text).Take(MostWords).ToList();
        if (words.Count == 0)
            return new FoundLeads(db.Leads.Where(lead => lead.Id < 0));
        if (areFew)
            return new FoundLeads(Having(db, words));

        var sizes = new List<(string Word, int Size)>();
        foreach (var word in words)
            sizes.Add((word, await db.LeadWords.Beginning(word).Take(Many + 1).CountAsync(cancellation)));
        var (rarest, size) = sizes.MinBy(one => one.Size);
        var others = words.Where(word => word != rarest).ToList();
        if (size > Many)
            return new FoundLeads(Having(db, words));
        var range = db.LeadWords.Beginning(rarest);
        var (first, last) = (
            await range.OrderBy(word => word.Word).Select(word => word.Word).FirstOrDefaultAsync(cancellation),
            await range.OrderByDescending(word => word.Word).Select(word => word.Word).FirstOrDefaultAsync(cancellation));
        // One word's leads stand in the order of names.
        var isOne = first is not null && first == last;
        return !isOne && size > ManySorted ? new FoundLeads(Having(db, words))
            : new FoundLeads(db.Leads, Having(db, isOne ? db.LeadWords.Where(word => word.Word == first) : range, others), isOne);
    }

    /// <summary>Leads, each looked at: whether it has all the words. The key tells of most that it hasn't.</summary>
    private static IQueryable<Lead> Having(IntranetDbContext db, List<string> words)
    {
        var leads = db.Leads.AsQueryable();
        foreach (var word in words)
        {
            var ofWord = db.LeadWords.Beginning(word);
            leads = leads.Where(lead => (lead.SearchKey.Contains(word) || lead.SearchKey.Length >= CutKey) && ofWord.Any(other => other.LeadId == lead.Id));
        }

        return leads;
    }

    private static IQueryable<LeadWord> Having(IntranetDbContext db, IQueryable<LeadWord> found, List<string> words)
    {
        foreach (var word in words)
        {
            var ofWord = db.LeadWords.Beginning(word);
            found = found.Where(one => (one.SearchKey.Contains(word) || one.SearchKey.Length >= CutKey) && ofWord.Any(other => other.LeadId == one.LeadId));
        }

        return found;
    }
}

/// <summary>Leads that a question means, and what they are best found by.</summary>
/// <param name="Leads">Those that fulfil all conditions but <paramref name="By"/>.</param>
/// <param name="By">Words of which each lead has one; null: there are no others than <paramref name="Leads"/>.</param>
/// <param name="IsOrdered">All of them are the same word: no lead comes twice, and they are in the order of names.</param>
/// <param name="AreMany">Nothing makes them few: who goes through all leads in some order soon has a page of them.</param>
public sealed record FoundLeads(IQueryable<Lead> Leads, IQueryable<LeadWord>? By = null, bool IsOrdered = false, bool AreMany = false)
{
    /// <summary>As one set, in no order.</summary>
    public IQueryable<Lead> All => By is null ? Leads : Leads.Where(lead => By.Select(word => word.LeadId).Contains(lead.Id));

    /// <summary>As one set, for adding up: where no lead comes twice words go first, for a list of ids takes as long to make as the leads to read.</summary>
    public IQueryable<Lead> Each => By is null || !IsOrdered ? All : from word in By from lead in Leads where lead.Id == word.LeadId select lead;

    /// <summary>How many there are, where words alone choose them, and that they aren't deleted. Few are: the others are counted by their words.</summary>
    public Task<int> CountCurrentAsync(IntranetDbContext db, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (By is null)
            return Leads.CountAsync(cancellation);
        var deleted = db.Leads.Where(lead => lead.DeletedAt != null).Select(lead => lead.Id);
        var ids = By.Where(word => !deleted.Contains(word.LeadId)).Select(word => word.LeadId);
        return (IsOrdered ? ids : ids.Distinct()).CountAsync(cancellation);
    }

    public FoundLeads Where(Func<IQueryable<Lead>, IQueryable<Lead>> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return this with { Leads = filter(Leads) };
    }
}
