using System.Globalization;
using System.Linq.Expressions;
using Intranet.Data;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

/// <summary>A page of what happened with a lead, the newest first.</summary>
/// <param name="Corrections">What took the place of corrected rows, by the id of the one that was wrong.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record Timeline(IReadOnlyList<TimelineRow> Rows, IReadOnlyDictionary<int, TimelineRow> Corrections, TimelinePlace? Next)
{
    private const int Shown = 20;

    /// <summary>One query, or two.</summary>
    public static async Task<Timeline> ReadAsync(IntranetDbContext db, int lead, TimelinePlace? before, CancellationToken cancellation)
    {
        var interactions = db.Interactions.Where(one => one.LeadId == lead);
        if (before is { } place)
            interactions = interactions.Where(one => one.At <= place.At && (one.At < place.At || one.Id < place.Id));
        var rows = await interactions.OrderByDescending(one => one.At).ThenByDescending(one => one.Id).Take(Shown + 1).Select(TimelineRow.FromInteraction).ToListAsync(cancellation);
        var more = rows.Count > Shown;
        if (more)
            rows.RemoveAt(Shown);
        var corrected = rows.Where(row => row.CorrectedAt is not null).Select(row => row.Id).ToList();
        var corrections = corrected.Count == 0 ? [] : await db.Interactions.Where(one => one.LeadId == lead && one.CorrectsId != null && corrected.Contains(one.CorrectsId.Value)).Select(TimelineRow.FromInteraction).ToListAsync(cancellation);
        return new Timeline(rows, corrections.DistinctBy(row => row.CorrectsId).ToDictionary(row => row.CorrectsId!.Value), more ? new TimelinePlace(rows[^1].At, rows[^1].Id) : null);
    }
}

/// <summary>One interaction, for reading.</summary>
public sealed record TimelineRow(
    int Id, InteractionKind Kind, CallOutcome? Outcome, DateTime At, DateOnly On, string Details, bool IsOrder, long? OrderValue, string? Currency, DateOnly? FollowUpOn, int? PocId,
    int? AuthorId, string? Author, int? CreditedToId, string? CreditedTo, DateTime CreatedAt, DateTime? UpdatedAt, int? CorrectsId, DateTime? CorrectedAt, Guid Version)
{
    public static readonly Expression<Func<Interaction, TimelineRow>> FromInteraction = one => new TimelineRow(
        one.Id, one.Kind, one.Outcome, one.At, one.On, one.Details, one.IsOrder, one.OrderValue, one.Currency, one.FollowUpOn, one.PocId,
        one.AuthorId, one.Author == null ? null : one.Author.DisplayName == "" ? one.Author.Email : one.Author.DisplayName,
        one.CreditedToId, one.CreditedTo == null ? null : one.CreditedTo.DisplayName == "" ? one.CreditedTo.Email : one.CreditedTo.DisplayName,
        one.CreatedAt, one.UpdatedAt, one.CorrectsId, one.CorrectedAt, one.Version);

    /// <summary>Its author may still change it in place; later, and by others, it is corrected.</summary>
    public bool IsEditableBy(int user, DateTime now) => AuthorId == user && CorrectedAt is null && now < CreatedAt + Interaction.Editable;

    public InteractionInput ToInput(string currency, TimeZoneInfo zone) => new()
    {
        Kind = Kind,
        Outcome = Outcome,
        At = LocalDay.Time(At, zone),
        PocId = PocId,
        Details = Details,
        IsOrder = IsOrder,
        OrderValue = OrderValue is { } value ? MinorUnits.Major(value, Currency ?? currency).ToString("0.###", CultureInfo.CurrentCulture) : null,
        FollowUpOn = FollowUpOn,
        Version = Version,
    };
}

/// <summary>A place in a timeline, for going on behind it.</summary>
public readonly record struct TimelinePlace(DateTime At, int Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Instant.ToText(At)}-{Id}");

    /// <returns>Null when it isn't one.</returns>
    public static TimelinePlace? Parse(string? text)
        => text?.Split('-') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Instant.Of(number) is { } at
            && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? new TimelinePlace(at, row) : null;
}
