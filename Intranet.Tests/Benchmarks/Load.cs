using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Intranet.Tests.Benchmarks;

/// <summary>Parallel clients that ask one app for a bounded time, each the next question as soon as it has an answer, or after a pause.</summary>
internal static class Load
{
    internal sealed record Figures(string What, int Clients, double PerSecond, double P50, double P99, int Failed)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{What,-44} {Clients,3} clients {PerSecond,9:N0}/s   p50 {P50,7:0.00} ms   p99 {P99,7:0.00} ms{(Failed > 0 ? $"   {Failed} FAILED" : "")}");
    }

    /// <param name="what">For the line of figures.</param>
    /// <param name="clients">Signed in; as many as shall ask at once.</param>
    /// <param name="question">The address to ask for, by running number.</param>
    /// <param name="lasts">How long; a tenth of it is spent warming up before.</param>
    /// <param name="pause">How long each reads an answer before it asks again: without a pause, waiting is most of what is measured.</param>
    internal static Task<Figures> RunAsync(string what, IReadOnlyList<HttpClient> clients, Func<int, string> question, TimeSpan lasts, TimeSpan pause = default)
        => RunAsync(what, clients, number => new HttpRequestMessage(HttpMethod.Get, question(number)), lasts, pause);

    /// <param name="what">For the line of figures.</param>
    /// <param name="clients">Signed in; as many as shall ask at once.</param>
    /// <param name="question">The request to send, by running number.</param>
    /// <param name="lasts">How long; a tenth of it is spent warming up before.</param>
    /// <param name="pause">How long each reads an answer before it asks again.</param>
    internal static async Task<Figures> RunAsync(string what, IReadOnlyList<HttpClient> clients, Func<int, HttpRequestMessage> question, TimeSpan lasts, TimeSpan pause = default)
    {
        // Numbers go on after the warm-up: what was asked for there isn't new any more.
        var number = new StrongBox<int>();
        await AskAsync(clients, question, number, lasts / 10, pause);
        var watch = Stopwatch.StartNew();
        var (times, failed) = await AskAsync(clients, question, number, lasts, pause);
        var seconds = watch.Elapsed.TotalSeconds;
        times.Sort();
        return new Figures(what, clients.Count, times.Count / seconds, At(times, 0.5), At(times, 0.99), failed);
    }

    private static async Task<(List<double> Times, int Failed)> AskAsync(IReadOnlyList<HttpClient> clients, Func<int, HttpRequestMessage> question, StrongBox<int> number, TimeSpan lasts, TimeSpan pause)
    {
        var failed = 0;
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(clients.Select(async (client, i) =>
        {
            var own = new List<double>(10_000);
            // Not all at the same moment.
            await Task.Delay(pause * i / clients.Count);
            while (watch.Elapsed < lasts)
            {
                var start = Stopwatch.GetTimestamp();
                using var request = question(Interlocked.Increment(ref number.Value));
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                await answer.Content.CopyToAsync(Stream.Null);
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (!answer.IsSuccessStatusCode)
                    Interlocked.Increment(ref failed);
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause);
            }

            return own;
        }));
        return ([.. times.SelectMany(own => own)], failed);
    }

    private static double At(List<double> sorted, double part) => sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * part)];
}
