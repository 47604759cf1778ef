using Intranet.Data;
using Intranet.Data.Contacts;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages;

/// <summary>What somebody has to do today, and what is new; each part of a page that shows it asks once.</summary>
public static class MyDay
{
    /// <summary>How long a confirmation holds.</summary>
    public const int ConfirmedDays = 90;

    // Enough to begin with; the rest is behind a link.
    private const int Few = 5;

    // Counting goes no further: a number that large says the same.
    public const int Many = 1000;

    /// <param name="Due">The first of them.</param>
    /// <param name="IsTeam">Everybody's, not the viewer's own.</param>
    public sealed record OfLeads(
        bool IsTeam, IReadOnlyList<DueState> Due, int DueCount, IReadOnlyList<FollowUp> FollowUps, IReadOnlyList<Slipping> Slipping, int SlippingCount,
        IReadOnlyList<Moved> Moved, int Received, IReadOnlyList<NamedLead> ReceivedLeads, IReadOnlyList<Ordered> Orders);

    public sealed record FollowUp(int Id, string Name, string City, DateOnly On, bool IsDue, RetryCause Cause, DateOnly? PromisedOn);

    public sealed record Slipping(int Id, string Name, string City, string? Sentence);

    public sealed record Moved(int Id, string Name, Stage? From, Stage To, DateTime At, string By, string? Reason);

    public sealed record NamedLead(int Id, string Name);

    /// <param name="Value">In minor units.</param>
    public sealed record Ordered(string? Currency, int Count, long Value);

    /// <param name="What">The product or repository.</param>
    public sealed record ToConfirm(int Id, string What, AssignmentRole Role, DateOnly? ConfirmedOn);

    public sealed record ImportNews(int Id, string FileName, string Kind, DateTime At, int NewRows, int UpdatedRows, int ErrorRows);

    /// <param name="since">From when on something is new, UTC; <paramref name="sinceDay"/> is the same for days.</param>
    public static async Task<OfLeads> LeadsAsync(IntranetDbContext db, LeadViewer viewer, DateTime now, DateTime since, DateOnly sinceDay, CancellationToken cancellation)
    {
        var isTeam = viewer.IsSalesLead;
        var user = viewer.UserId;
        var leads = isTeam ? db.Leads : db.Leads.Where(lead => lead.OwnerId == user);
        // What is deleted is never due: nothing else need be asked of those that are.
        var due = await leads.DueQueueAsync(now, cancellation);
        var count = due.Count < DueQueries.Most ? due.Count : await leads.Due(now).Take(Many + 1).CountAsync(cancellation);
        var followUps = await db.Leads.Current().Where(lead => lead.OwnerId == user && lead.DueAt != null && lead.RetryOn != null && (lead.RetryCause == RetryCause.FollowUp || lead.RetryCause == RetryCause.FirstCall || lead.PromisedOn != null))
            .OrderBy(lead => lead.DueAt).ThenBy(lead => lead.Id).Take(Few).Select(lead => new FollowUp(lead.Id, lead.Name, lead.City, lead.NextDueOn!.Value, lead.DueAt <= now, lead.RetryCause!.Value, lead.PromisedOn)).ToListAsync(cancellation);
        // One KAM's are found by owner; the team's by what slips, or all leads would be read.
        var slips = await (isTeam ? db.LeadPerformance.On(PerformanceList.Slipping).Where(one => one.Lead!.DeletedAt == null) : leads.Current().OnlyOn(PerformanceList.Slipping).Select(lead => lead.Performance!))
            .OrderByDescending(one => one.Revenue).ThenByDescending(one => one.LeadId).Take(Few)
            .Select(one => new { Id = one.LeadId, one.Lead!.Name, one.Lead.City, one.RhythmDays, one.RhythmSpread, one.LastOrderOn, one.ComputedFor }).ToListAsync(cancellation);
        // Who took a move back sees neither it nor its return. A cross join, because there SQLite keeps the order of the tables: the moves of a day are fewer than somebody's leads.
        var current = leads.Current();
        var ofDay = db.StageMoves.Where(move => move.At >= since && move.At <= now && move.From != null && !move.IsTakenBack);
        var moves = from move in ofDay from lead in current where lead.Id == move.LeadId select new { Move = move, lead.Name };
        // Added to the owner so that SQLite looks for the periods of a lead, which are few, and not for those of an owner.
        var nothing = 0;
        var received = db.OwnershipPeriods.Where(period => period.OwnerId == user && period.From >= since && period.To == null && period.Lead!.DeletedAt == null
            // Who enters a lead of their own has not been given one.
            && period.From > period.Lead.CreatedAt
            // Nor has who gets one back that was given away by mistake: nobody gave it, it begins where the time of whoever had it ends, and before that it was theirs.
            && !(period.ById == null && db.OwnershipPeriods.Any(taken => taken.LeadId == period.LeadId && taken.To == period.From && taken.ById != null
                && db.OwnershipPeriods.Any(old => old.LeadId == period.LeadId && old.To == taken.From && old.OwnerId + nothing == user))));
        var orders = db.KamDays.Where(day => day.Day >= sinceDay && day.Orders > 0);
        if (!isTeam)
            orders = orders.Where(day => day.KamId == user);
        return new OfLeads(
            isTeam, await leads.DueStatesAsync(due.Take(Few), now, cancellation), count, followUps,
            [.. slips.Select(lead => new Slipping(lead.Id, lead.Name, lead.City, PerformanceRules.Rhythm(lead.RhythmDays, lead.RhythmSpread, lead.LastOrderOn is { } last ? lead.ComputedFor.DayNumber - last.DayNumber : null)))],
            await (isTeam ? leads.Current().On(PerformanceList.Slipping) : leads.Current().OnlyOn(PerformanceList.Slipping)).Take(Many + 1).CountAsync(cancellation),
            await moves.OrderByDescending(one => one.Move.At).ThenByDescending(one => one.Move.Id).Take(Few).Select(one => new Moved(one.Move.LeadId, one.Name, one.Move.From, one.Move.To, one.Move.At, one.Move.ByName, one.Move.Reason)).ToListAsync(cancellation),
            await received.CountAsync(cancellation),
            await received.OrderByDescending(period => period.From).ThenBy(period => period.Id).Take(Few).Select(period => new NamedLead(period.LeadId, period.Lead!.Name)).ToListAsync(cancellation),
            await orders.GroupBy(day => day.Currency).Select(group => new Ordered(group.Key == "" ? null : group.Key, group.Sum(day => day.Orders), group.Sum(day => day.Revenue))).ToListAsync(cancellation));
    }

    /// <summary>What somebody is said to own or belong to, and has not confirmed for long: never first.</summary>
    public static async Task<List<ToConfirm>> ToConfirmAsync(IntranetDbContext db, int user, DateOnly today, CancellationToken cancellation)
    {
        // First who they are in the directory: asked in one, SQLite would read all assignments.
        if (await db.Users.Where(u => u.Id == user).Select(u => u.EmployeeId).FirstOrDefaultAsync(cancellation) is not { } employee)
            return [];
        var before = today.AddDays(-ConfirmedDays);
        return await db.Assignments.Where(a => a.EmployeeId == employee && (a.ConfirmedOn == null || a.ConfirmedOn < before))
            .OrderBy(a => a.ConfirmedOn).ThenBy(a => a.Role).ThenBy(a => a.Id).Take(20)
            .Select(a => new ToConfirm(a.Id, a.Repository != null ? (a.Product != null ? a.Product.Name + " / " + a.Repository.Name : a.Repository.Name) : a.Product!.Name, a.Role, a.ConfirmedOn)).ToListAsync(cancellation);
    }

    /// <summary>How many pairs of contacts wait for a steward, up to a little more than <see cref="Many"/>.</summary>
    public static async Task<int> ReviewsAsync(IntranetDbContext db, CancellationToken cancellation)
        => await db.DuplicatePairs.Waiting(PairState.Open, await db.ReviewThresholdAsync(cancellation)).Take(Many + 1).CountAsync(cancellation);

    /// <param name="kinds">Of files that the user may see.</param>
    public static Task<List<ImportNews>> ImportsAsync(IntranetDbContext db, IReadOnlyList<string> kinds, DateTime since, CancellationToken cancellation)
        => db.Imports.Where(import => import.AppliedAt >= since && kinds.Contains(import.Kind)).OrderByDescending(import => import.Id).Take(Few)
            .Select(import => new ImportNews(import.Id, import.FileName, import.Kind, import.AppliedAt!.Value, import.NewRows, import.UpdatedRows, import.ErrorRows)).ToListAsync(cancellation);
}
