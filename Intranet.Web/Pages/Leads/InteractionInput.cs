using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>What somebody writes down about a call, a visit, a mail, an order or a note.</summary>
public sealed class InteractionInput
{
    [EnumDataType(typeof(InteractionKind), ErrorMessage = "Choose one of the kinds.")]
    public InteractionKind Kind { get; set; }

    [EnumDataType(typeof(CallOutcome), ErrorMessage = "Choose one of the outcomes.")]
    public CallOutcome? Outcome { get; set; }

    /// <summary>By the clock of who writes; empty: now, or unchanged.</summary>
    public DateTime? At { get; set; }

    public int? PocId { get; set; }

    [StringLength(Interaction.LongestDetails, ErrorMessage = "At most 4000 characters.")]
    public string? Details { get; set; }

    public bool IsOrder { get; set; }

    /// <summary>In the lead's currency.</summary>
    public string? OrderValue { get; set; }

    public DateOnly? FollowUpOn { get; set; }

    public Guid? Version { get; set; }

    /// <param name="currency">The lead's.</param>
    /// <param name="zone">Of who writes.</param>
    /// <param name="values">What the fields say; what nobody asked for with this kind is left out.</param>
    /// <param name="former">What is changed by them; null where it is new.</param>
    /// <returns>What is wrong with a field that can't be read; null when nothing is.</returns>
    public Refusal? Read(string currency, TimeZoneInfo zone, out InteractionValues values, Interaction? former = null)
    {
        var typed = string.IsNullOrWhiteSpace(OrderValue) ? null : OrderValue;
        var amount = Amount(typed);
        var value = amount is null ? null : MinorUnits.Of(amount.Value, currency);
        // A value says that there was an order. The list of outcomes stands beside every kind.
        values = new InteractionValues(
            Kind, Kind == InteractionKind.Call ? Outcome : null, At is { } local ? LocalDay.ToUtc(local, zone) : null, PocId, Details ?? "",
            Kind == InteractionKind.Order || IsOrder || value is not null, value, FollowUpOn);
        // Who takes back that there was an order hasn't seen that its value is still there.
        if (typed is not null && former is { IsOrder: true } && !IsOrder && Kind is not (InteractionKind.Order or InteractionKind.Note))
            return new Refusal(nameof(OrderValue), "Empty the value, or tick that an order was placed.");
        return typed is null || value is not null ? null : new Refusal(nameof(OrderValue), amount < 0 ? "The value can't be negative." : $"This is no amount in {currency}.");
    }

    // In the culture's way of writing numbers, or the invariant one.
    private static decimal? Amount(string? text)
        => MinorUnits.Read(text, CultureInfo.CurrentCulture) ?? MinorUnits.Read(text, CultureInfo.InvariantCulture);
}
