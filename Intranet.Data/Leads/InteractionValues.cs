using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

/// <summary>What somebody says about an interaction.</summary>
/// <param name="Outcome">Of calls, which need one.</param>
/// <param name="At">UTC, not in the future; null: now, or unchanged.</param>
/// <param name="IsOrder">An order was placed; always so of the kind order.</param>
/// <param name="OrderValue">In minor units of the lead's currency; of orders only.</param>
/// <param name="FollowUpOn">The lead's day on which to call again.</param>
public sealed record InteractionValues(
    InteractionKind Kind, CallOutcome? Outcome = null, DateTime? At = null, int? PocId = null, string Details = "", bool IsOrder = false, long? OrderValue = null, DateOnly? FollowUpOn = null)
{
    private static readonly DateTime Earliest = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <param name="former">What takes their place: the first call that a note of a hand-over asks for is kept by who corrects its words.</param>
    /// <returns>The first thing that is wrong; null when nothing is.</returns>
    internal async Task<Refusal?> RefusalAsync(IntranetDbContext db, Of lead, DateTime now, Interaction? former, CancellationToken cancellation)
    {
        if (At > now)
            return new Refusal(nameof(At), "It can't be in the future.");
        if (At < Earliest)
            return new Refusal(nameof(At), "Give a time after 1999.");
        if (Kind == InteractionKind.Call && Outcome is null)
            return new Refusal(nameof(Outcome), "Say how the call went.");
        if (Kind != InteractionKind.Call && Outcome is not null)
            return new Refusal(nameof(Outcome), "Only calls have an outcome.");
        if (Kind == InteractionKind.Note && IsOrder)
            return new Refusal(nameof(IsOrder), "A note carries no order.");
        // A value of nothing is what programs write where there was no order.
        if (OrderValue > 0 && !IsOrder && Kind != InteractionKind.Order)
            return new Refusal(nameof(OrderValue), "Only orders have a value.");
        if (OrderValue < 0)
            return new Refusal(nameof(OrderValue), "The value can't be negative.");
        if (OrderValue > MinorUnits.Largest)
            return new Refusal(nameof(OrderValue), "The value is too large.");
        if (Details.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')))
            return new Refusal(nameof(Details), "Use text without control characters.");
        if (Details.Trim().Length > Interaction.LongestDetails)
            return new Refusal(nameof(Details), $"Use at most {Interaction.LongestDetails} characters.");
        var isKept = FollowUpOn is not null && Kind == InteractionKind.Note && former is { Kind: InteractionKind.Note } && former.FollowUpOn == FollowUpOn;
        if (FollowUpOn is not null && Kind == InteractionKind.Note && !isKept)
            return new Refusal(nameof(FollowUpOn), "A note asks for no call.");
        if (!isKept && !CanFollow(FollowUpOn, DayOf(lead, now, former).On))
            return new Refusal(nameof(FollowUpOn), "Give a day after the interaction.");
        return PocId is not null && !await db.Pocs.AnyAsync(poc => poc.Id == PocId && poc.LeadId == lead.Id, cancellation)
            ? new Refusal(nameof(PocId), "This is no poc of the lead.") : null;
    }

    /// <summary>Whether another call may be asked for on that day, where something happened on <paramref name="on"/>: from then on, and no later than a plan reaches.</summary>
    internal static bool CanFollow(DateOnly? day, DateOnly on) => day is null || (day >= on && day <= on.AddDays(CallPlan.LongestDays));

    /// <summary>Takes the values over, and credits whoever owned the lead at the time.</summary>
    /// <param name="former">What was said before, or is corrected: at the same time it is of the same day, also where that was given alone and the lead's clock is another since.</param>
    internal async Task FillAsync(IntranetDbContext db, Interaction interaction, Of lead, DateTime now, Interaction? former, CancellationToken cancellation)
    {
        var (at, on) = DayOf(lead, now, former);
        (interaction.Kind, interaction.Outcome, interaction.At, interaction.On) = (Kind, Outcome, at, on);
        (interaction.PocId, interaction.Details, interaction.FollowUpOn) = (PocId, Details, FollowUpOn);
        interaction.IsOrder = IsOrder || Kind == InteractionKind.Order;
        interaction.OrderedOn = interaction.IsOrder ? interaction.On : null;
        interaction.OrderValue = interaction.IsOrder ? OrderValue : null;
        interaction.Currency = interaction.OrderValue is null ? null : lead.Currency;
        var periods = await db.OwnershipPeriods.Where(period => period.LeadId == lead.Id).OrderBy(period => period.From).Select(period => new { period.OwnerId, period.From, period.To }).ToListAsync(cancellation);
        // Before the lead was entered: whoever brought it.
        interaction.CreditedToId = (periods.FindLast(period => period.From <= at && (period.To is null || at < period.To)) ?? (periods is [var first, ..] && at < first.From ? first : null))?.OwnerId;
    }

    private (DateTime At, DateOnly On) DayOf(Of lead, DateTime now, Interaction? former)
        => (At ?? former?.At ?? now) is var at && former?.At == at ? (at, former.On) : (at, LocalDay.Of(at, lead.Zone));

    /// <summary>What is to be known of the lead.</summary>
    internal sealed record Of(int Id, TimeZoneInfo Zone, string Currency);
}

internal static class InteractionLead
{
    /// <summary>The lead that interactions are written of; null when there is none among those.</summary>
    internal static async Task<InteractionValues.Of?> OfAsync(this IQueryable<Lead> leads, int id, CancellationToken cancellation)
        => await leads.Where(lead => lead.Id == id).Select(lead => new { lead.TimeZone, lead.Currency }).FirstOrDefaultAsync(cancellation) is { } lead
            ? new InteractionValues.Of(id, LocalDay.Zone(lead.TimeZone), lead.Currency) : null;

    /// <summary>After an interaction: the lead was worked on, and what follows from it is stored. Its version stays, nobody typed into it.</summary>
    internal static async Task WorkedOnAsync(this IntranetDbContext db, int lead, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await db.Leads.Where(one => one.Id == lead).ExecuteUpdateAsync(set => set.SetProperty(one => one.UpdatedAt, now), cancellation);
        await new RefreshLeads(db, time).RunAsync([lead], cancellation);
    }
}
