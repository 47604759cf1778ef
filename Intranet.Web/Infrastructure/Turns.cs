using Intranet.Data;
using Microsoft.AspNetCore.Http.Features;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// What is read is made by turns, first come first served, few at a time. Begun all at once, requests share the processors and
/// are all late, some of them by twice as much as others; who came first is served first this way, and nobody later than before.
/// </summary>
/// <param name="atOnce">How many are made at a time.</param>
/// <param name="longest">Nobody waits longer for their turn: beside something slow, requests share the processors after all.</param>
public sealed class Turns(int atOnce, TimeSpan longest) : IDisposable
{
    // Waiters are let in in the order in which they came.
    private readonly SemaphoreSlim free = new(atOnce);

    /// <summary>One's turn; to be ended once.</summary>
    public sealed class Turn(SemaphoreSlim? of)
    {
        private SemaphoreSlim? held = of;

        /// <summary>Whether it has begun and not ended; never so where whoever waited went on without one.</summary>
        public bool IsHeld => held is not null;

        /// <summary>The next one's begins. Ending it again does nothing.</summary>
        public void End() => Interlocked.Exchange(ref held, null)?.Release();
    }

    /// <returns>When it is one's turn, or when one has waited long enough.</returns>
    /// <exception cref="OperationCanceledException">Whoever waited has gone.</exception>
    public async ValueTask<Turn> WaitAsync(CancellationToken cancellation) => new(await free.WaitAsync(longest, cancellation) ? free : null);

    public void Dispose() => free.Dispose();
}

public static class TurnsExtensions
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    public static void AddTurns(this WebApplicationBuilder builder)
        => builder.Services.AddSingleton(_ => new Turns(Environment.ProcessorCount + 1, Longest));

    /// <summary>
    /// For requests that read, where the database is in this process; with a server, requests mostly wait for it. A turn ends when
    /// the answer begins: a page is handed over whole, and a file may take as long as who loads it, or as its rows do.
    /// </summary>
    public static void UseTurns(this WebApplication app)
    {
        if (!DatabaseRegistration.IsInProcess(app.Configuration))
            return;
        var turns = app.Services.GetRequiredService<Turns>();
        app.Use(async (context, next) =>
        {
            var path = context.Request.Path;
            // Who sends something while asking could take as long as they like over it.
            var isSending = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
            if (!HttpMethods.IsGet(context.Request.Method) || isSending || path.StartsWithSegments("/assets") || path.StartsWithSegments("/health"))
            {
                await next(context);
                return;
            }

            var turn = await turns.WaitAsync(context.RequestAborted);
            context.Features.Set(turn);
            context.Response.OnStarting(() =>
            {
                turn.End();
                return Task.CompletedTask;
            });
            try
            {
                await next(context);
            }
            finally
            {
                turn.End();
            }
        });
    }
}
