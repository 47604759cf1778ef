using System.Collections.Concurrent;
using Intranet.Data.Contacts.Matching;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Compares all contacts with each other, and stores the pairs that may be one person. The weights are estimated from the
/// contacts first, with what stewards decided so far, and are kept for arrivals and explanations. What an earlier scan said of two
/// contacts that are as they were stands: <see cref="StandingJudgements"/>.
/// </summary>
public sealed class ScanDuplicates(IntranetDbContext db, LinkContacts link, TimeProvider time)
{
    // How many estimates are kept, to see how they changed.
    private const int ModelsKept = 5;

    /// <param name="Contacts">How many were compared.</param>
    /// <param name="Pairs">How many of the list may be one person by this scan, too, from <see cref="MatchSettings.LeastStored"/> on.</param>
    /// <param name="Linked">How many were linked without a steward.</param>
    /// <param name="Model">What was estimated.</param>
    /// <param name="Records">What was compared; the model and these make an index for arrivals.</param>
    /// <param name="ReadAt">UTC; changes from then on were not seen.</param>
    /// <param name="ModelId">Of the <see cref="EstimatedModel"/>.</param>
    public sealed record Result(int Contacts, int Pairs, int New, int Changed, int Removed, int Linked, MatchModel Model, MatchRecords Records, DateTime ReadAt, int ModelId);

    /// <param name="report">Told what it does, in words, and how much is done, 0 to 100; often, and by several threads.</param>
    /// <param name="cancellation">Stops it: before pairs are stored, nothing has changed; after that, each stored pair is right by itself.</param>
    public async Task<Result> RunAsync(Action<string, int>? report = null, CancellationToken cancellation = default)
    {
        report ??= (_, _) => { };
        report("Reading contacts", 0);
        var started = await BeginAsync(cancellation);
        var settings = await db.Settings.MatchSettingsAsync(cancellation);
        var total = await db.Contacts.CountAsync(c => c.DeletedAt == null, cancellation);
        var people = new KnownPeople();
        var said = await StandingJudgements.ReadAsync(db, cancellation);
        // Read row by row into the compact form; the rows themselves are never together in memory.
        var records = await ReadAsync(Rows(people, said, total, done => report("Reading contacts", (int)(20 * done)), cancellation));
        await people.ReadSaidAsync(db, cancellation);

        report("Estimating weights", 20);
        var decided = await db.DuplicatePairs.StillSaid().Where(p => (p.State == PairState.Same && p.DecidedBy != LinkLikelyPairs.By) || p.State == PairState.Different)
            .Select(p => new DecidedPair(p.FirstId, p.SecondId, p.State == PairState.Same)).ToListAsync(cancellation);
        var model = EstimateModel.Run(records, decided, cancellation);

        report("Comparing", 35);
        var found = FindPairs.Run(model, records, MatchSettings.LeastStored, new Share(done => report("Comparing", 35 + (int)(45 * done))), cancellation);
        found.RemoveAll(pair => !people.LeaveOpen(pair.A, pair.B));
        found.Sort((x, y) => x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B));

        var id = await KeepAsync(model, started, said.LastContactId, cancellation);
        report("Storing pairs", 80);
        var stored = await new StorePairs(db, time, people, said, id).RunAsync(found, started, done => report("Storing pairs", 80 + (int)(15 * done)), cancellation);
        await StoredAsync(id, started, cancellation);
        var linked = 0;
        if (settings.LinksAutomatically)
        {
            report("Linking", 95);
            linked = await new LinkLikelyPairs(db, link, time).RunAsync(settings.Automatic, cancellation);
        }

        return new Result(records.Count, stored.Found, stored.New, stored.Changed, stored.Removed, linked, model, records, started, id);
    }

    // Whoever changes contacts stamps them under this lock: what is stamped before that moment is there to be read.
    private async Task<DateTime> BeginAsync(CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Contacts, cancellation);
        var now = time.GetUtcNow().UtcDateTime;
        await transaction.CommitAsync(cancellation);
        return now;
    }

    private IEnumerable<ContactRow> Rows(KnownPeople people, StandingJudgements said, int total, Action<double> progress, CancellationToken cancellation)
    {
        var read = 0;
        foreach (var contact in db.Contacts.AsNoTracking().Where(c => c.DeletedAt == null).OrderBy(c => c.Id).Select(ComparedContact.Of).AsEnumerable())
        {
            if (++read % 1000 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress(Math.Min(1, read / Math.Max(1.0, total)));
            }

            if (contact.LinkedId is { } primary)
                people.Linked(contact.Id, primary);
            said.Read(contact.Id, contact.UpdatedAt, contact.LoosenedAt);
            yield return contact.ToRow();
        }
    }

    /// <summary>Rows are read on another thread, some ahead of who makes them comparable: either takes about as long.</summary>
    private static async Task<MatchRecords> ReadAsync(IEnumerable<ContactRow> rows)
    {
        using var batches = new BlockingCollection<ContactRow[]>(boundedCapacity: 8);
        using var abandoned = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            try
            {
                foreach (var batch in rows.Chunk(500))
                    batches.Add(batch, abandoned.Token);
            }
            finally
            {
                batches.CompleteAdding();
            }
        });
        try
        {
            var records = MatchRecords.Read(batches.GetConsumingEnumerable().SelectMany(batch => batch));
            // The context is free again only when nobody reads any more; and what went wrong there is told here.
            await reading;
            return records;
        }
        catch
        {
            await abandoned.CancelAsync();
            await Task.WhenAny(reading);
            throw;
        }
    }

    private async Task<int> KeepAsync(MatchModel model, DateTime at, int lastContact, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Duplicates, cancellation);
        await db.InsertManyAsync([new EstimatedModel { EstimatedAt = at, Contacts = model.Records, LastContactId = lastContact, Json = model.ToJson() }], cancellation);
        var id = await db.EstimatedModels.MaxAsync(m => m.Id, cancellation);
        var oldest = await db.EstimatedModels.OrderByDescending(m => m.Id).Skip(ModelsKept).Select(m => (int?)m.Id).FirstOrDefaultAsync(cancellation);
        if (oldest is not null)
        {
            // Pairs are explained by theirs, and those that were decided may wait again.
            var needed = await db.DuplicatePairs.Where(p => p.ModelId <= oldest).Select(p => p.ModelId!.Value).Distinct().ToListAsync(cancellation);
            await db.EstimatedModels.Where(m => m.Id <= oldest && !needed.Contains(m.Id)).ExecuteDeleteAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return id;
    }

    // With the mark: everything up to here has been compared and its pairs are there. A scan that was stopped before says nothing of
    // arrivals; those that were compared meanwhile are compared once more, with the new weights.
    private async Task StoredAsync(int model, DateTime readAt, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(Locks.Duplicates, cancellation);
        await db.EstimatedModels.Where(m => m.Id == model).ExecuteUpdateAsync(set => set.SetProperty(m => m.StoredAt, time.GetUtcNow().UtcDateTime), cancellation);
        await new ArrivalMark(readAt, 0).WriteAsync(db, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private sealed class Share(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
