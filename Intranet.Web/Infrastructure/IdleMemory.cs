using Intranet.Data;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Gives memory back when the app has come to rest: after a start, a scan or a busy hour the runtime keeps what it needed then, for
/// the next such hour. It waits until hardly anything was asked for half a minute.
/// </summary>
internal sealed class IdleMemory(IServiceScopeFactory scopes) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // Jobs that look for work and find none stay below this in one pause; a page takes some hundred kilobytes, a start far more.
    private const long Rest = 2 << 20;

    // Pauses in a row.
    private const int Quiet = 3;

    // Less isn't worth stopping for.
    private const long Worth = 32 << 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (seen, collected, quiet) = (0L, 0L, 0);
        using var timer = new PeriodicTimer(Pause);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var allocated = GC.GetTotalAllocatedBytes();
            quiet = allocated - seen < Rest ? quiet + 1 : 0;
            if (quiet >= Quiet && allocated - collected > Worth)
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
