namespace Intranet.Data.Imports;

/// <summary>
/// How large the batches of an import are: as large as are written in a fraction of a second, because on an embedded database
/// everybody else who writes waits for that long.
/// </summary>
public sealed record ImportPace
{
    /// <summary>
    /// Rows of the first batch, and the fewest of any: small files are one, and with fewer rows most of the work is what a transaction
    /// costs by itself, so that a slow machine would become slower still.
    /// </summary>
    public int FirstBatch { get; init; } = 2_000;

    /// <summary>More take memory, some hundred megabytes each ten thousand, and are hardly faster.</summary>
    public int LargestBatch { get; init; } = 6_000;

    /// <summary>How long a transaction should take.</summary>
    public TimeSpan Holds { get; init; } = TimeSpan.FromSeconds(0.8);

    /// <summary>
    /// From one transaction to the next, at least, after those that together took <see cref="Holds"/>. Who waits for SQLite's writer asks
    /// again after 100 ms at most: in between everybody gets to ask.
    /// </summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(110);

    /// <summary>Rows of the next batch.</summary>
    /// <param name="size">Rows of the last one.</param>
    /// <param name="took">What its transaction took.</param>
    public int Next(int size, TimeSpan took) => Math.Clamp((int)(size * Math.Min(2, Holds / took)), FirstBatch, LargestBatch);
}
