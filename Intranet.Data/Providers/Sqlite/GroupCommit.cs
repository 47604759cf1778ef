using Intranet.Data.Auditing;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Data.Providers.Sqlite;

/// <summary>
/// SQLite has one writer at a time. Changes that come while another is at work wait in line and are committed together:
/// one lock and one write to the log for all of them. When one fails all are taken back and done again, each with a
/// savepoint, so that it takes nobody with it; each is answered after the commit. Other processes take turns at the file's own lock.
/// </summary>
internal sealed class GroupCommit(IServiceScopeFactory scopes) : ClusterChanges
{
    // Nobody waits for more than this many before them; other writers get their turn in between.
    private const int Most = 32;

    private readonly Queue<Waiting> line = new();
    private bool isWorking;

    public override Task<T> RunAsync<T>(Func<IntranetDbContext, Task<T>> change, CancellationToken cancellation)
    {
        var mine = new Waiting<T>(change, Actor.Current, cancellation);
        lock (line)
        {
            line.Enqueue(mine);
            if (!isWorking)
            {
                isWorking = true;
                // On behalf of everybody in line, not of who came first.
                using (ExecutionContext.SuppressFlow())
                    _ = Task.Run(WorkAsync, CancellationToken.None);
            }
        }

        return mine.Answer;
    }

    private async Task WorkAsync()
    {
        while (Next() is { Count: > 0 } group)
        {
            try
            {
                await CommitAsync(group);
                group.ForEach(one => one.Tell());
            }
#pragma warning disable CA1031 // Whatever it was, nothing of the group is stored, and each of them hears why.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                group.ForEach(one => one.Fail(failure));
            }
        }
    }

    private List<Waiting> Next()
    {
        lock (line)
        {
            var group = new List<Waiting>();
            while (group.Count < Most && line.TryDequeue(out var next))
            {
                if (!next.GaveUp())
                    group.Add(next);
            }

            isWorking = group.Count > 0;
            return group;
        }
    }

    private async Task CommitAsync(List<Waiting> group)
    {
        if (!await TryTogetherAsync(group))
            await InTransactionAsync(async (db, transaction) =>
            {
                foreach (var one in group)
                    await TryAsync(one, db, transaction);
            });
    }

    // Failures are rare, and a savepoint costs as much as a question: without, as long as all goes well.
    private async Task<bool> TryTogetherAsync(List<Waiting> group)
    {
        try
        {
            await InTransactionAsync(async (db, _) =>
            {
                foreach (var one in group)
                    await RunAsync(one, db);
            });
            return true;
        }
#pragma warning disable CA1031 // Whatever it was: nothing of the group is stored, and who fails again hears why.
        catch (Exception) when (group.Count > 1)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private async Task InTransactionAsync(Func<IntranetDbContext, IDbContextTransaction, Task> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IntranetDbContext>();
        // Where they are needed they are made by hand.
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.LockAsync(Locks.Contacts);
        await work(db, transaction);
        await transaction.CommitAsync();
    }

    private static async Task RunAsync(Waiting one, IntranetDbContext db)
    {
        try
        {
            Actor.Current = one.Actor;
            await one.RunAsync(db);
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private static async Task TryAsync(Waiting one, IntranetDbContext db, IDbContextTransaction transaction)
    {
        const string Savepoint = "change";
        await transaction.CreateSavepointAsync(Savepoint);
        try
        {
            await RunAsync(one, db);
        }
#pragma warning disable CA1031 // Whatever it was, it is told to who asked, and the others go on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await transaction.RollbackToSavepointAsync(Savepoint);
            one.Failed(failure);
        }

        await transaction.ReleaseSavepointAsync(Savepoint);
    }

    private abstract class Waiting(Actor actor)
    {
        internal Actor Actor => actor;

        internal abstract bool GaveUp();

        internal abstract Task RunAsync(IntranetDbContext db);

        /// <summary>Remembered until the others are committed as well: what it read may be undone with them.</summary>
        internal abstract void Failed(Exception failure);

        internal abstract void Tell();

        internal abstract void Fail(Exception failure);
    }

    private sealed class Waiting<T>(Func<IntranetDbContext, Task<T>> change, Actor actor, CancellationToken cancellation) : Waiting(actor)
    {
        // The next group must not wait for what a caller does with its answer.
        private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? failure;
        private T result = default!;

        internal Task<T> Answer => answer.Task;

        internal override bool GaveUp() => cancellation.IsCancellationRequested && answer.TrySetCanceled(cancellation);

        internal override async Task RunAsync(IntranetDbContext db) => result = await change(db);

        internal override void Failed(Exception failure) => this.failure = failure;

        internal override void Tell()
        {
            if (failure is null)
                answer.SetResult(result);
            else
                answer.SetException(failure);
        }

        internal override void Fail(Exception failure) => answer.SetException(this.failure ?? failure);
    }
}
