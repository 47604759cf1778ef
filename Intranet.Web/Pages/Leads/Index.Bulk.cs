using System.Globalization;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

// What is done with many at once.
public sealed partial class IndexModel
{
    /// <summary>Why what was wanted for the selected leads was not done.</summary>
    public string? BulkProblem { get; private set; }
    public IReadOnlyCollection<int> Selected { get; private set; } = [];

    /// <summary>What was wanted for them, where it was refused.</summary>
    public (int? Owner, Stage? Stage, string? Reason) Wanted { get; private set; }

    /// <summary>The field that the refusal is about; null: the leads, of which none is selected.</summary>
    public string? BulkField { get; private set; }

    public async Task<IActionResult> OnPostReassignAsync(int[] ids, int? to, CancellationToken cancellation)
    {
        (Selected, Wanted, BulkField) = (ids, (to, null, null), "to");
        if (ids.Length == 0 || to is null)
            return await RefusedAsync(ids.Length == 0 ? "Select the leads first." : "Choose who gets them.", cancellation);
        var result = await reassign.RunAsync(new ReassignLeads.Request(ids, null, [to.Value]), Viewer, cancellation);
        if (result.Refused is { } refused)
            return await RefusedAsync(refused.Message, cancellation);
        var rest = string.Concat(result.Unchanged > 0 ? $" {LeadWords.Count(result.Unchanged)} had that owner already." : "", result.Missing > 0 ? $" {LeadWords.Count(result.Missing)} are not yours to give." : "");
        var name = await db.Users.Where(user => user.Id == to).Select(user => user.DisplayName).FirstAsync(cancellation);
        this.Toast(
            $"{LeadWords.Count(result.Moved.Count)} given to {name}.{rest}",
            result.Moved.Count == 0 ? null : Url.Page("Index", "GiveBack", new Dictionary<string, string?>(Query.Here()) { ["to"] = Text(to.Value), ["at"] = Instant.ToText(result.At) }));
        return Back();
    }

    /// <summary>Undoes a reassignment: who had the leads has them again, unless they went on meanwhile.</summary>
    /// <param name="to">Who got them.</param>
    /// <param name="at">When, in ticks.</param>
    public async Task<IActionResult> OnPostGiveBackAsync(int to, long at, CancellationToken cancellation)
    {
        if (Instant.Of(at) is not { } instant)
            return NotFound();
        var result = await giveBack.RunAsync(to, instant, Viewer, cancellation);
        if (result is { Back: 0, Stayed: 0 })
            return NotFound();
        this.Toast(LeadWords.TakenBack(result.Back, result.Stayed));
        return Back();
    }

    /// <param name="versions">Of the leads that the page showed, as "7:version": who changed since is left as they are.</param>
    public async Task<IActionResult> OnPostMoveAsync(int[] ids, string[] versions, Stage? moveTo, string? reason, CancellationToken cancellation)
    {
        (Selected, Wanted, BulkField) = (ids, (null, moveTo, reason), "moveTo");
        if (ids.Length is 0 or > PageSize || moveTo is not { } to || !Enum.IsDefined(to))
            return await RefusedAsync(ids.Length == 0 ? "Select the leads first." : "Choose a stage.", cancellation);
        if (to == Stage.Closed && string.IsNullOrWhiteSpace(reason))
        {
            BulkField = "reason";
            return await RefusedAsync("Say why they are closed.", cancellation);
        }

        var (moved, changed, refusals) = await move.RunAsync(new MoveLeads.Request(ids, to, reason, Versions(versions)), Viewer, cancellation);
        var left = changed == 0 ? "" : $" {Text(changed)} changed meanwhile and {(changed == 1 ? "was" : "were")} left.";
        if (moved.Count == 0 && refusals.Count + changed > 0)
            return await RefusedAsync($"{string.Join(' ', refusals.Distinct())}{left}".Trim(), cancellation);
        this.Toast(
            $"{LeadWords.Count(moved.Count)} moved to {to}.{left}{(refusals.Count > 0 ? $" {LeadWords.Count(refusals.Count)} stayed: {string.Join(' ', refusals.Distinct())}" : "")}",
            moved.Count == 0 ? null : Url.Page("Index", "MoveBack", new Dictionary<string, string?>(Query.Here()) { ["moves"] = string.Join('-', moved.Select(one => Text(one))) }));
        return Back();
    }

    /// <summary>Undoes moves between stages that were made together: each lead that hasn't gone on meanwhile is where it was.</summary>
    /// <param name="moves">Their ids, with hyphens between.</param>
    public async Task<IActionResult> OnPostMoveBackAsync(string? moves, CancellationToken cancellation)
    {
        var ids = (moves ?? "").Split('-', PageSize + 1).Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Distinct().ToList();
        if (ids.Count > PageSize || ids.Contains(0))
            return NotFound();
        var result = await moveBack.RunAsync(ids, Viewer, cancellation);
        this.Toast(LeadWords.TakenBack(result.Back, result.Stayed));
        return Back();
    }

    private static Dictionary<int, Guid> Versions(IEnumerable<string> texts)
    {
        var versions = new Dictionary<int, Guid>();
        foreach (var text in texts)
        {
            if (text.Split(':') is [var one, var other] && int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Guid.TryParse(other, out var version))
                versions[id] = version;
        }

        return versions;
    }

    private async Task<IActionResult> RefusedAsync(string problem, CancellationToken cancellation)
    {
        BulkProblem = problem;
        if (Selected.Count == 0)
            BulkField = null;
        ModelState.AddModelError("bulk", problem);
        return await ShowAsync(cancellation);
    }
}
