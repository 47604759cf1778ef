namespace Intranet.Tests.Support;

/// <summary>
/// The time of day as a test wants it: it stands still until moved. Timers still run on the machine's own clock.
/// It starts on a Wednesday in the future, so that browsers don't take the app's cookies for expired ones.
/// </summary>
public sealed class FakeClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2030, 5, 15, 10, 0, 0, TimeSpan.Zero);

    private long ticks = Start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public DateTime UtcNow => GetUtcNow().UtcDateTime;

    public DateOnly Today => DateOnly.FromDateTime(UtcNow);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public void Set(DateTime utc) => Interlocked.Exchange(ref ticks, utc.Ticks);
}
