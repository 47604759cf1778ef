namespace Intranet.Data.Contacts;

/// <summary>
/// Runs changes of clusters one after the other, across all processes, each whole or not at all. The databases differ
/// in how that is fast: on a server each change is a transaction of its own, an embedded database commits those that
/// wait together.
/// </summary>
public abstract class ClusterChanges
{
    /// <param name="change">
    /// Gets a context in a transaction that holds <see cref="Locks.Contacts"/>, and must use no other. It works in the name of
    /// the caller (<see cref="Auditing.Actor"/>). It may run again after it was taken back, because of another's failure.
    /// </param>
    /// <param name="cancellation">Until the change begins; from then on it happens or fails.</param>
    /// <returns>What the change returned, once it is committed.</returns>
    public abstract Task<T> RunAsync<T>(Func<IntranetDbContext, Task<T>> change, CancellationToken cancellation);
}
