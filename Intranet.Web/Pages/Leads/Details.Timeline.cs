using System.Globalization;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

// What happened, and what it says about the orders.
public sealed partial class DetailsModel
{
    public async Task<IActionResult> OnPostLogAsync(int id, [Bind(Prefix = nameof(Log))] InteractionInput input, CancellationToken cancellation)
    {
        Log = input;
        return await DoAsync(id, nameof(Log), async () =>
        {
            if (await CurrencyAsync(id, cancellation) is not { } currency)
                return Missing;
            if (input.Read(currency, HttpContext.Zone(), out var values) is { } unreadable)
                return unreadable;
            var result = await log.RunAsync(id, values, Viewer, cancellation);
            return result.Interaction is { } logged ? await LoggedAsync(logged, "Logged.", cancellation) : result.Refused ?? Missing;
        }, cancellation);
    }

    /// <summary>In place by its author for a day; after that, and by others, another interaction takes its place.</summary>
    public async Task<IActionResult> OnPostChangeAsync(int id, int interaction, [Bind(Prefix = nameof(Changed))] InteractionInput input, CancellationToken cancellation)
    {
        (Changed, Change) = (input, interaction);
        return await DoAsync(id, nameof(Changed), async () =>
        {
            if (await db.Interactions.AsNoTracking().FirstOrDefaultAsync(one => one.Id == interaction && one.LeadId == id, cancellation) is not { } was || await CurrencyAsync(id, cancellation) is not { } currency)
                return Missing;
            if (input.Read(currency, HttpContext.Zone(), out var values, was) is { } unreadable)
                return unreadable;
            // A field shows minutes of a clock: who didn't touch it means the very moment, with its seconds, and where the clock shows
            // an hour twice also the second.
            if (input.At == Minute(LocalDay.Time(was.At, HttpContext.Zone())))
                values = values with { At = was.At };
            if (was.IsEditableBy(Viewer.UserId, Now))
            {
                var edited = await edit.RunAsync(interaction, values, input.Version, Viewer, cancellation);
                return edited.Interaction is not null ? Done("Saved.") : edited.Refused ?? Missing;
            }

            var corrected = await correct.RunAsync(interaction, values, input.Version, Viewer, cancellation);
            return corrected.Interaction is { } right ? await LoggedAsync(right, "Corrected. What was there before stays visible.", cancellation) : corrected.Refused ?? Missing;
        }, cancellation);
    }

    /// <summary>Takes back what was logged by mistake: a correction, so that nothing disappears.</summary>
    public Task<IActionResult> OnPostUndoAsync(int id, int interaction, CancellationToken cancellation)
        => DoAsync(id, nameof(Log), async () =>
        {
            if (!await db.Interactions.AnyAsync(one => one.Id == interaction && one.LeadId == id, cancellation))
                return Missing;
            var result = await correct.RunAsync(interaction, new InteractionValues(InteractionKind.Note, Details: "Taken back: it was logged by mistake."), null, Viewer, cancellation);
            return result.Interaction is not null ? Done("Taken back.") : result.Refused ?? Missing;
        }, cancellation);

    public async Task<IActionResult> OnPostLabelAsync(int id, [Bind(Prefix = nameof(Label))] LabelInput input, CancellationToken cancellation)
    {
        Label = input;
        return await DoAsync(id, nameof(Label), async () =>
        {
            var result = await setLabel.RunAsync(id, input.Label, input.Reason, input.Until, input.Version, Viewer, cancellation);
            return result.IsDone ? Done("The label is set.", BackToLabel(id, result)) : result.Refused ?? Missing;
        }, cancellation);
    }

    /// <summary>Undoes a change of the label: the one before, by whoever set it.</summary>
    public async Task<IActionResult> OnPostLabelAgainAsync(int id, [Bind(Prefix = nameof(Label))] LabelInput input, CancellationToken cancellation)
    {
        Label = input;
        return await DoAsync(id, nameof(Label), async () =>
        {
            var result = await setLabel.SetAgainAsync(id, input.Label, input.Reason, input.Until, input.Version, Viewer, cancellation);
            return result.IsDone ? Done("The label is set.", BackToLabel(id, result)) : result.Refused ?? Missing;
        }, cancellation);
    }

    /// <param name="version">Of the label that was shown: another one stays.</param>
    public Task<IActionResult> OnPostClearLabelAsync(int id, string? version, CancellationToken cancellation)
        => DoAsync(id, nameof(Label), async () =>
        {
            var result = await setLabel.RunAsync(id, null, null, null, version, Viewer, cancellation);
            return result.IsDone ? Done("What the numbers say counts again.", result.Was is null ? null : BackToLabel(id, result)) : result.Refused ?? Missing;
        }, cancellation);

    // The one before, as it was; or none. Another one that came meanwhile stays.
    private string? BackToLabel(int id, SetManualLabel.Result done) => done.Was is not { } was ? Url.Page("Details", "ClearLabel", new { id, version = done.Version })
        : Url.Page("Details", "LabelAgain", new Dictionary<string, object?>
        {
            ["id"] = id,
            [$"{nameof(Label)}.{nameof(Label.Label)}"] = was.Label,
            [$"{nameof(Label)}.{nameof(Label.Reason)}"] = was.Reason,
            [$"{nameof(Label)}.{nameof(Label.Until)}"] = was.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            [$"{nameof(Label)}.{nameof(Label.Version)}"] = done.Version,
        });

    private async Task<Refusal?> LoggedAsync(Interaction logged, string text, CancellationToken cancellation)
    {
        var lead = await db.Leads.Where(lead => lead.Id == logged.LeadId).Select(lead => new { lead.NextDueOn, lead.TimeZone }).FirstAsync(cancellation);
        var next = lead.NextDueOn is { } day ? $" Next due {InteractionWords.Day(day, LocalDay.Of(Now, LocalDay.Zone(lead.TimeZone)))}." : "";
        return Done(text + next, logged.CorrectsId is null ? Url.Page("Details", "Undo", new { id = logged.LeadId, interaction = logged.Id }) : null);
    }

    private Task<string?> CurrencyAsync(int id, CancellationToken cancellation)
        => db.Leads.Where(lead => lead.Id == id).Select(lead => (string?)lead.Currency).FirstOrDefaultAsync(cancellation);

    private static DateTime Minute(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));
}
