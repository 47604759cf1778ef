using System.Diagnostics.CodeAnalysis;
using Intranet.Data.Contacts.Matching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Intranet.Data.Contacts;

/// <summary>
/// All contacts in memory, so that one is compared with a million others in milliseconds. Made from the newest estimate when it is
/// first asked for, in the background; a scan brings a new one. A million contacts are some hundred megabytes: what nobody has
/// asked for a while is given back, and made again when somebody does.
/// </summary>
public sealed class ArrivalIndex(IServiceScopeFactory scopes, TimeProvider time, ILogger<ArrivalIndex> log)
{
    // After an import, say: reading all again takes less than adding them one by one.
    private const int MostAdded = 20_000;

    private readonly Lock _gate = new();
    private MatchIndex? _index;
    private int _modelId;
    private ArrivalMark _seen, _loosened;
    private Task? _making;
    private DateTime _usedAt;
    private bool _wasAsked;

    /// <param name="Id">Of the contact. It may have been deleted or linked since: ask the database.</param>
    /// <param name="Probability">That it is the same person.</param>
    public readonly record struct Likely(int Id, double Probability);

    /// <summary>Whether contacts can be compared right now.</summary>
    public bool IsReady
    {
        get
        {
            lock (_gate)
                return _index is not null;
        }
    }

    /// <summary>
    /// Up to five contacts that may be the one somebody is typing, the most likely first. Empty as long as the index isn't ready;
    /// asking gets it made.
    /// </summary>
    /// <param name="row">What is typed so far, with the contact's own id, or 0 for a new one.</param>
    /// <param name="threshold">The least probability.</param>
    public IReadOnlyList<Likely> FindLikely(ContactRow row, double threshold = MatchThresholds.Review)
        => Find(row, threshold, out _) is { } found ? [.. found.Take(5).Select(pair => new Likely((int)(pair.A == row.Id ? pair.B : pair.A), pair.Probability))] : [];

    /// <summary>Waits until contacts can be compared, and knows what changed until now.</summary>
    /// <returns>False when no scan has estimated the weights.</returns>
    public async Task<bool> CatchUpAsync(CancellationToken cancellation = default)
    {
        await MakeAsync().WaitAsync(cancellation);
        ArrivalMark seen, loosened;
        lock (_gate)
        {
            if (_index is null)
                return false;
            (seen, loosened) = (_seen, _loosened);
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        var changed = await db.Contacts.AsNoTracking().ChangedAfter(seen).Take(MostAdded + 1).Select(ComparedContact.Of).ToListAsync(cancellation);
        // Restored, it says what it said long ago; deleted when all were read, it isn't among them.
        var back = await db.Contacts.AsNoTracking().LoosenedAfter(loosened).Take(MostAdded + 1).Select(ComparedContact.Of).ToListAsync(cancellation);
        if (changed.Count + back.Count > MostAdded)
        {
            lock (_gate)
                _index = null;
            await MakeAsync().WaitAsync(cancellation);
            return IsReady;
        }

        lock (_gate)
        {
            if (_index is null)
                return false;
            foreach (var contact in changed)
            {
                Keep(contact);
                _seen = new ArrivalMark(contact.UpdatedAt, contact.Id);
            }

            foreach (var contact in back)
            {
                Keep(contact);
                _loosened = new ArrivalMark(contact.LoosenedAt!.Value, contact.Id);
            }
        }

        return true;
    }

    /// <summary>Takes what a scan has read and estimated.</summary>
    /// <param name="readAt">UTC; what changed from then on is caught up with.</param>
    /// <param name="modelId">Of the <see cref="EstimatedModel"/>.</param>
    public void Replace(MatchModel model, MatchRecords records, DateTime readAt, int modelId)
    {
        var index = new MatchIndex(model, records);
        lock (_gate)
            (_index, _modelId, _seen, _loosened, _usedAt, _wasAsked) = (index, modelId, new ArrivalMark(readAt, 0), new ArrivalMark(readAt, 0), Now, false);
    }

    /// <summary>Gives the memory back when nobody has asked for <paramref name="idle"/>.</summary>
    /// <returns>Whether it did.</returns>
    public bool ReleaseAfter(TimeSpan idle)
    {
        lock (_gate)
        {
            if (_index is null || Now - _usedAt < idle)
                return false;
            _index = null;
            return true;
        }
    }

    /// <summary>For who is about to bring a new one: the same, and also where nobody has asked since this one was made.</summary>
    public bool ReleaseUnasked(TimeSpan idle)
    {
        lock (_gate)
            return ReleaseAfter(_wasAsked ? idle : TimeSpan.Zero);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>All pairs of a contact with others from a probability on; null while the index isn't ready.</summary>
    /// <param name="row">The contact.</param>
    /// <param name="threshold">The least probability.</param>
    /// <param name="modelId">Of the <see cref="EstimatedModel"/> that says so.</param>
    internal List<PairScore>? Find(ContactRow row, double threshold, out int modelId)
    {
        lock (_gate)
        {
            modelId = _modelId;
            if (_index is not null)
            {
                (_usedAt, _wasAsked) = (Now, true);
                return _index.Find(row, threshold);
            }
        }

        _ = MakeAsync();
        return null;
    }

    private void Keep(ComparedContact contact)
    {
        if (contact.DeletedAt is null)
            _index!.Add(contact.ToRow());
        else
            _index!.Remove(contact.Id);
    }

    private Task MakeAsync()
    {
        lock (_gate)
        {
            if (_index is not null)
                return Task.CompletedTask;
            return _making is { IsCompleted: false } ? _making : _making = Task.Run(ReadAsync);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nobody awaits it where it is made in the background; whoever asks next tries again.")]
    private async Task ReadAsync()
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
            var newest = await db.EstimatedModels.OrderByDescending(m => m.Id).Select(m => new { m.Id, m.Json }).FirstOrDefaultAsync();
            if (newest is null || MatchModel.FromJson(newest.Json) is not { } model)
                return;
            var readAt = Now;
            Replace(model, MatchRecords.Read(db.Contacts.AsNoTracking().Where(c => c.DeletedAt == null).OrderBy(c => c.Id).Select(ComparedContact.Of).AsEnumerable().Select(c => c.ToRow())), readAt, newest.Id);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "The index of contacts was not made.");
        }
    }
}
