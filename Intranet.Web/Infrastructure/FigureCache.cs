using System.Collections.Concurrent;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Keeps figures that take long to add up. An answer holds while its stamp does, and a minute at most, for what the stamp
/// can't see; whoever asks meanwhile waits for the one who adds up.
/// </summary>
public sealed class FigureCache(TimeProvider clock)
{
    private const int Most = 500;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<object, Kept> answers = new();

    /// <param name="key">What is asked, by value.</param>
    /// <param name="stamp">Another one when what is added up has changed.</param>
    /// <param name="add">Adds up; whoever asked first may be gone, so it takes no cancellation.</param>
    /// <returns>The answer, and when it was added up.</returns>
    public async Task<(T Answer, DateTime At)> GetAsync<T>(object key, int stamp, Func<Task<T>> add) where T : class
    {
        // Periods can be chosen freely: better to forget all than to keep account of which.
        if (answers.Count >= Most)
            answers.Clear();
        var now = clock.GetUtcNow().UtcDateTime;
        var kept = answers.AddOrUpdate(key, _ => New(), (_, there) => there.Stamp == stamp && now - there.At < Lasts ? there : New());
        try
        {
            return ((T)await kept.Answer.Value, kept.At);
        }
        catch
        {
            answers.TryRemove(KeyValuePair.Create(key, kept));
            throw;
        }

        Kept New() => new(stamp, now, new Lazy<Task<object>>(async () => await add()));
    }

    private sealed record Kept(int Stamp, DateTime At, Lazy<Task<object>> Answer);
}
