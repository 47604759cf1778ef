using Intranet.Data.Auditing;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Intranet.Data.Imports.Kinds;

/// <summary>
/// Links the contacts that an import brought or changed with those that share an address or a number, or puts them up for review;
/// value by value, in portions, each of which says where the next one begins.
/// </summary>
internal sealed class ConnectImported(IntranetDbContext db, TimeProvider time, int import)
{
    // Changed contacts of one transaction.
    private const int Portion = 2_000;

    internal enum Step
    {
        Emails = 0,
        Phones = 1,
        Changed = 2,
    }

    /// <param name="Step">What comes next.</param>
    /// <param name="After">The last value that was looked at in this step.</param>
    /// <param name="Line">The last line whose changed contact was looked at.</param>
    /// <param name="Since">Contacts up to this id were there before the import, or looked at before it was stopped.</param>
    /// <param name="Links">How many links were added so far.</param>
    /// <param name="Pairs">How many pairs were put up for review so far.</param>
    /// <param name="PairsSince">Pairs up to this id were there before.</param>
    internal sealed record State(Step Step, string? After, int Line, int Since, int Links, int Pairs, int PairsSince);

    /// <summary>Before the first row is written.</summary>
    internal async Task<State> BeginAsync(CancellationToken cancellation)
        => new(Step.Emails, null, 0, await LastAsync(cancellation), 0, 0, await db.DuplicatePairs.MaxAsync(pair => (int?)pair.Id, cancellation) ?? 0);

    private async Task<int> LastAsync(CancellationToken cancellation) => await db.Contacts.MaxAsync(c => (int?)c.Id, cancellation) ?? 0;

    /// <param name="state">Where the last portion ended.</param>
    /// <param name="position">The line up to which rows are written.</param>
    /// <param name="cancellation">Stops between statements.</param>
    /// <returns>Where this portion ended, and whether something is left.</returns>
    internal async Task<(State State, bool IsMore)> NextAsync(State state, int position, CancellationToken cancellation)
    {
        var connect = new ConnectContacts(db, db.GetService<IdentifyLimits>(), time);
        if (state.Step == Step.Changed)
            return await ChangedAsync(connect, state, position, cancellation);
        var kind = state.Step == Step.Emails ? GenericValueKind.Email : GenericValueKind.Phone;
        var (done, last) = await connect.NextOfImportAsync(kind, import, state.Since, state.After ?? "", Actor.Current.Name, cancellation);
        return (Counted(state, done) with { Step = last is null ? state.Step + 1 : state.Step, After = last }, true);
    }

    private async Task<(State State, bool IsMore)> ChangedAsync(ConnectContacts connect, State state, int position, CancellationToken cancellation)
    {
        var changed = await db.ImportRows.Where(row => row.ImportId == import && row.Kind == ImportRowKind.Update && row.Line > state.Line && row.Line <= position && row.SubjectId != null)
            .OrderBy(row => row.Line).Take(Portion).Select(row => new { row.Line, Contact = row.SubjectId!.Value }).ToListAsync(cancellation);
        if (changed.Count > 0)
            state = Counted(state, await connect.RunAsync([.. changed.Select(row => row.Contact).Distinct()], Actor.Current.Name, cancellation)) with { Line = changed[^1].Line };
        if (changed.Count == Portion)
            return (state, true);
        // What one value puts up for review another may have linked by now.
        var settled = await db.DuplicatePairs.Where(pair => pair.Id > state.PairsSince && pair.State == PairState.Open
            && (pair.First!.ImportId == import || pair.Second!.ImportId == import) && (pair.First.LinkedId ?? pair.FirstId) == (pair.Second!.LinkedId ?? pair.SecondId)).ExecuteDeleteAsync(cancellation);
        return (state with { Step = Step.Emails, Since = await LastAsync(cancellation), Pairs = state.Pairs - settled }, false);
    }

    private static State Counted(State state, ConnectContacts.Result done) => state with { Links = state.Links + done.Links, Pairs = state.Pairs + done.Pairs };
}
