using Intranet.Web.Infrastructure;

namespace Intranet.Tests.Infrastructure;

public sealed class TurnsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_came_first_is_let_in_first()
    {
        using var turns = new Turns(2, Timeout.InfiniteTimeSpan);
        var (one, two) = (await turns.WaitAsync(Cancellation), await turns.WaitAsync(Cancellation));
        var waiting = Enumerable.Range(0, 5).Select(_ => turns.WaitAsync(Cancellation).AsTask()).ToList();
        Assert.DoesNotContain(waiting, turn => turn.IsCompleted);

        one.End();
        foreach (var turn in waiting)
            (await turn).End();
        two.End();
        Assert.True((await turns.WaitAsync(Cancellation)).IsHeld);
    }

    [Fact]
    public async Task One_turn_that_ends_lets_one_in_however_often_it_is_ended()
    {
        using var turns = new Turns(1, Timeout.InfiniteTimeSpan);
        var first = await turns.WaitAsync(Cancellation);
        var (second, third) = (turns.WaitAsync(Cancellation).AsTask(), turns.WaitAsync(Cancellation).AsTask());

        first.End();
        first.End();
        await second;
        Assert.False(third.IsCompleted);
        (await second).End();
        Assert.True((await third).IsHeld);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_longest_and_who_goes_on_without_frees_nothing()
    {
        using var turns = new Turns(1, TimeSpan.FromMilliseconds(1));
        var slow = await turns.WaitAsync(Cancellation);

        var impatient = await turns.WaitAsync(Cancellation);
        Assert.False(impatient.IsHeld);
        impatient.End();
        Assert.False((await turns.WaitAsync(Cancellation)).IsHeld);
        slow.End();
        Assert.True((await turns.WaitAsync(Cancellation)).IsHeld);
    }

    [Fact]
    public async Task Who_leaves_while_waiting_takes_no_turn()
    {
        using var turns = new Turns(1, Timeout.InfiniteTimeSpan);
        var first = await turns.WaitAsync(Cancellation);
        using var gone = new CancellationTokenSource();
        var left = turns.WaitAsync(gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);

        first.End();
        Assert.True((await turns.WaitAsync(Cancellation)).IsHeld);
    }
}
