using Intranet.Data.Accounts;
using Intranet.Data.Contacts;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>Whose eyes look at leads.</summary>
/// <param name="IsKam">Has the role kam: sees and edits own leads.</param>
/// <param name="IsSalesLead">Has the role sales lead or administrator: sees and edits all.</param>
/// <param name="TeamCanSee"><see cref="LeadSettings.TeamCanSee"/>: KAMs see the leads of others, and never edit them.</param>
/// <param name="Name">For histories.</param>
public sealed record LeadViewer(int UserId, bool IsKam, bool IsSalesLead, bool TeamCanSee, string Name = "")
{
    public bool SeesAll => IsSalesLead || (IsKam && TeamCanSee);
}

public static class LeadQueries
{
    /// <summary>Not deleted.</summary>
    public static IQueryable<Lead> Current(this IQueryable<Lead> leads) => leads.Where(lead => lead.DeletedAt == null);

    /// <summary>What somebody may see. All else is as if it weren't there.</summary>
    public static IQueryable<Lead> VisibleTo(this IQueryable<Lead> leads, LeadViewer viewer)
        => viewer.SeesAll ? leads : viewer.IsKam ? leads.Where(lead => lead.OwnerId == viewer.UserId) : leads.Where(lead => lead.Id < 0);

    /// <summary>What somebody may change.</summary>
    public static IQueryable<Lead> EditableBy(this IQueryable<Lead> leads, LeadViewer viewer)
        => viewer.IsSalesLead ? leads : viewer.IsKam ? leads.Where(lead => lead.OwnerId == viewer.UserId) : leads.Where(lead => lead.Id < 0);

    /// <summary>Deleted ones: they show to who may bring them back, and to nobody else.</summary>
    public static IQueryable<Lead> DeletedOf(this IQueryable<Lead> leads, LeadViewer viewer) => leads.EditableBy(viewer).Where(lead => lead.DeletedAt != null);

    /// <summary>Those who may own leads: with the role kam or sales lead, and not locked by an administrator.</summary>
    public static IQueryable<User> LeadOwners(this IntranetDbContext db)
    {
        // Failed sign-ins lock for minutes; that is nobody's leaving.
        var forever = User.LockedForever;
        var roles = db.Roles.Where(role => role.Name == Role.Kam || role.Name == Role.SalesLead).Select(role => role.Id);
        return db.Users.Where(user => db.UserRoles.Any(has => has.UserId == user.Id && roles.Contains(has.RoleId)) && (user.LockoutEnd == null || user.LockoutEnd != forever));
    }

    /// <summary>In a city that begins so, without case and accents.</summary>
    public static IQueryable<Lead> InCity(this IQueryable<Lead> leads, string city)
    {
        var key = TextKey.Fold(city);
        var after = key + char.MaxValue;
#pragma warning disable CA1309 // string.Compare becomes a comparison in SQL; the collation of the column decides, and it is binary
        return leads.Where(lead => string.Compare(lead.CityKey, key) >= 0 && string.Compare(lead.CityKey, after) < 0);
#pragma warning restore CA1309
    }

    /// <summary>The same, told by its whole name where only one city begins so: its leads stand in the order of theirs. Two queries.</summary>
    public static async Task<IQueryable<Lead>> InOneCityAsync(this IQueryable<Lead> leads, IntranetDbContext db, string city, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var keys = db.Leads.InCity(city).Select(lead => lead.CityKey);
        var first = await keys.OrderBy(key => key).FirstOrDefaultAsync(cancellation);
        return first is null || first != await keys.OrderByDescending(key => key).FirstOrDefaultAsync(cancellation) ? leads.InCity(city) : leads.Where(lead => lead.CityKey == first);
    }

    /// <summary>In a stage, where something else finds the leads: said so that SQLite, which doesn't know how many are in it, isn't tempted to begin there.</summary>
    public static IQueryable<Lead> OnlyIn(this IQueryable<Lead> leads, Stage stage)
    {
        var (nothing, number) = (0, (int)stage);
        return leads.Where(lead => (int)lead.Stage + nothing == number);
    }

    /// <summary>To be called today or earlier, each by its own calendar.</summary>
    public static IQueryable<Lead> Due(this IQueryable<Lead> leads, DateTime now) => leads.Where(lead => lead.DueAt <= now);

    /// <summary>Not called on the day on which they should have been, and not reached since.</summary>
    public static IQueryable<Lead> Overdue(this IQueryable<Lead> leads, DateTime now) => leads.Where(lead => lead.OverdueAt <= now);

    /// <summary>
    /// With all these words, or beginnings of them, in name and city; at most six count. Driven by the first word: for a
    /// page of a list of all leads see <see cref="LeadSearch"/>, which looks first how frequent the words are.
    /// </summary>
    public static IQueryable<Lead> Matching(this IQueryable<Lead> leads, IntranetDbContext db, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return leads;
        var words = ContactWord.Of(text).Take(LeadSearch.MostWords).OrderByDescending(word => word.Length).ToList();
        if (words.Count == 0)
            return leads.Where(lead => lead.Id < 0);
        var first = db.LeadWords.Beginning(words[0]).Select(word => word.LeadId);
        leads = leads.Where(lead => first.Contains(lead.Id));
        foreach (var word in words.Skip(1))
        {
            var others = db.LeadWords.Beginning(word);
            leads = leads.Where(lead => others.Any(other => other.LeadId == lead.Id));
        }

        return leads;
    }

#pragma warning disable CA1309 // string.Compare becomes a comparison in SQL; the collation of the column decides, and it is binary
    internal static IQueryable<LeadWord> Beginning(this IQueryable<LeadWord> words, string text)
    {
        var after = text + char.MaxValue;
        return words.Where(word => string.Compare(word.Word, text) >= 0 && string.Compare(word.Word, after) < 0);
    }
#pragma warning restore CA1309
}
