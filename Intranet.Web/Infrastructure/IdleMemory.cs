using Intranet.Data;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Gives memory back when the app has come to rest: after a start, a scan or a busy hour the runtime keeps what it needed then, for
/// the next such hour. While anybody works nothing is collected for this.
/// </summary>
internal sealed class IdleMemory(IServiceScopeFactory scopes) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // Jobs that look for work and find none stay below this in one pause; a page takes some hundred kilobytes, a start far more.
    private const long Rest = 4 << 20;

    // Less isn't worth stopping for.
    private const long Worth = 32 << 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (seen, collected) = (0L, 0L);
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var allocated = GC.GetTotalAllocatedBytes();
            if (allocated - seen < Rest && allocated - collected > Worth)
            {
                await using (var scope = scopes.CreateAsyncScope())
                    scope.ServiceProvider.GetRequiredService<IntranetDbContext>().CloseIdleConnections();
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                collected = GC.GetTotalAllocatedBytes();
            }

            seen = allocated;
        }
    }
}
