using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>A sales lead says how a lead performs, whatever its numbers say, until a day or until it is taken back.</summary>
public sealed class SetManualLabel(IntranetDbContext db, TimeProvider time)
{
    /// <param name="IsDone">False where there is no such lead for them, or it was refused.</param>
    /// <param name="Was">What was set by hand before, for undoing; null where nothing was.</param>
    /// <param name="Version">Of the label as it is now; null where nothing was done.</param>
    public sealed record Result(bool IsDone, Refusal? Refused = null, Former? Was = null, string? Version = null);

    public sealed record Former(PerformanceLabel Label, string? Reason, DateOnly? Until);

    /// <param name="label">Null: what the numbers say counts again.</param>
    /// <param name="reason">Needed for a label.</param>
    /// <param name="until">The last day on which it holds, by the lead's calendar; needed for a label.</param>
    /// <param name="version">Of the label that was shown; null: whatever it is now.</param>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else set another one since, or its last day is over.</exception>
    public Task<Result> RunAsync(int id, PerformanceLabel? label, string? reason, DateOnly? until, string? version, LeadViewer by, CancellationToken cancellation = default)
        => SetAsync(id, label, reason, until, version, by, isAgain: false, cancellation);

    /// <summary>
    /// Undoes a change: a label holds again under the name of whoever set it, as the audit tells. What was never set is set by
    /// <paramref name="by"/>.
    /// </summary>
    /// <inheritdoc cref="RunAsync"/>
    public Task<Result> SetAgainAsync(int id, PerformanceLabel? label, string? reason, DateOnly? until, string? version, LeadViewer by, CancellationToken cancellation = default)
        => SetAsync(id, label, reason, until, version, by, isAgain: true, cancellation);

    private async Task<Result> SetAsync(int id, PerformanceLabel? label, string? reason, DateOnly? until, string? version, LeadViewer by, bool isAgain, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(ReassignLeads.Lock, cancellation);
        if (await db.Leads.Current().VisibleTo(by).Where(lead => lead.Id == id).Select(lead => lead.TimeZone).FirstOrDefaultAsync(cancellation) is not { } zone)
            return new Result(false);
        if (!by.IsSalesLead)
            return new Result(false, new Refusal("Label", "Only sales leads set a label by hand."));
        var performance = await db.LeadPerformance.FirstAsync(one => one.LeadId == id, cancellation);
        if (version is not null && version != performance.LabelVersion)
            throw new DbUpdateConcurrencyException("The label was changed since it was shown.");
        if (label is not null && Refusal(reason, until, LocalDay.Of(time.GetUtcNow().UtcDateTime, LocalDay.Zone(zone))) is { } refusal)
            return new Result(false, refusal);

        var was = performance.ManualLabel is { } former ? new Former(former, performance.ManualReason, performance.ManualUntil) : null;
        (performance.ManualLabel, performance.ManualReason, performance.ManualUntil, performance.ManualBy) = label is null ? default : (label, reason!.Trim(), until, by.Name);
        var words = label is null ? null : string.Create(CultureInfo.InvariantCulture, $"{label} until {until:yyyy-MM-dd}: {reason!.Trim()}");
        var author = isAgain && words is not null ? await AuthorAsync(id, words, cancellation) : null;
        if (author is not null)
            performance.ManualBy = author;
        db.Audit(label is null ? "label taken back" : author is null ? ByHand : "label set again", nameof(Lead), id, words);
        await db.SaveChangesAsync(cancellation);
        await new RefreshLeads(db, time).RunAsync([id], cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result(true, Was: was, Version: performance.LabelVersion);
    }

    private async Task<string?> AuthorAsync(int id, string words, CancellationToken cancellation)
    {
        var actor = await db.AuditEntries.Where(entry => entry.Subject == nameof(Lead) && entry.SubjectId == id && entry.Action == ByHand && entry.Details == words)
            .OrderByDescending(entry => entry.Id).Select(entry => (string?)entry.Actor).FirstOrDefaultAsync(cancellation);
        return actor is null ? null : await db.Users.Where(user => user.Email == actor && user.DisplayName != "").Select(user => user.DisplayName).FirstOrDefaultAsync(cancellation) ?? actor;
    }

    private const string ByHand = "labelled by hand";

    private static Refusal? Refusal(string? reason, DateOnly? until, DateOnly today)
        => string.IsNullOrWhiteSpace(reason) ? new Refusal("Reason", "Say why.")
            : reason.Trim().Length > LeadPerformance.LongestReason ? new Refusal("Reason", $"Use at most {LeadPerformance.LongestReason} characters.")
            : until is null || until < today || until > today.AddDays(CallPlan.LongestDays) ? new Refusal("Until", "Give the last day on which it holds, from today on.") : null;
}
