using System.Diagnostics;

namespace Intranet.Tests.Support;

/// <summary>For what another process or thread does in its own time: asks again until it is so.</summary>
public static class Eventually
{
    /// <summary>Asks until the answer satisfies; fails after two minutes with the last answer.</summary>
    public static async Task<T> Is<T>(Func<Task<T>> ask, Func<T, bool> satisfies, string what)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (satisfies(answer))
                return answer;
            if (watch.Elapsed > TimeSpan.FromMinutes(2))
                Assert.Fail($"Expected {what}; after {watch.Elapsed.TotalSeconds:0} s it was {answer}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public static Task<bool> Is(Func<Task<bool>> ask, string what) => Is(ask, yes => yes, what);
}
