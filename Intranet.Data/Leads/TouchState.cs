using Intranet.Data.Directory;

namespace Intranet.Data.Leads;

/// <summary>What a lead's interactions say about when it is to be called: the last touch, and what was tried since. Pure.</summary>
public sealed record TouchState(DateTime? LastTouchAt = null, DateOnly? LastTouchOn = null, int Attempts = 0, DateOnly? LastAttemptOn = null, DateOnly? RetryOn = null, RetryCause? RetryCause = null,
    DateOnly? PromisedOn = null)
{
    /// <summary>The part of an interaction that counts here.</summary>
    public readonly record struct Entry(InteractionKind Kind, CallOutcome? Outcome, bool IsOrder, DateTime At, DateOnly On, DateOnly? FollowUpOn);

    /// <summary>Collects entries, the newest first, until the last touch has been seen.</summary>
    public sealed class Reader(Touches touches, Workdays preferred)
    {
        private TouchState state = new();
        private bool isAnswered;

        // The newest word was a hand-over's, who knows nothing of what was promised before.
        private bool isTakenOver;

        public TouchState State => state;

        /// <returns>False when older entries change nothing any more.</returns>
        public bool Add(in Entry entry)
        {
            var isTouch = IsTouch(entry, touches);
            // Only the newest word about when to call again counts. Where that is a call without an answer, or a hand-over, so
            // does what was promised before it: nobody was there whom one could have told.
            if (!isAnswered && CauseOf(entry, isTouch) is { } cause)
                Promise(entry, cause);
            if (isTouch)
            {
                state = state with { LastTouchAt = entry.At, LastTouchOn = entry.On };
                return false;
            }

            if (entry is { Kind: InteractionKind.Call, Outcome: CallOutcome.FollowUp or CallOutcome.Reached })
                isAnswered = true;
            if (!isAnswered && entry is { Kind: InteractionKind.Call, Outcome: CallOutcome.NoAnswer or CallOutcome.LeftMessage })
                state = state with { Attempts = state.Attempts + 1 };
            return true;
        }

        private void Promise(in Entry entry, RetryCause cause)
        {
            var on = entry.FollowUpOn ?? NextDue.RetryDay(entry.On, preferred);
            var isPromise = cause is Leads.RetryCause.FollowUp or Leads.RetryCause.FirstCall;
            if (state.RetryCause is null)
                state = state with { RetryCause = cause, RetryOn = on, LastAttemptOn = entry.On };
            else if (isTakenOver && cause is Leads.RetryCause.FollowUp)
                (state, isTakenOver) = (state with { PromisedOn = state.PromisedOn < on ? state.PromisedOn : on }, false);
            else if (state is { RetryCause: Leads.RetryCause.NoAnswer or Leads.RetryCause.LeftMessage, PromisedOn: null } && isPromise)
                state = state with { PromisedOn = on };
            else
                return;
            isTakenOver = cause is Leads.RetryCause.FirstCall;
        }

        private static RetryCause? CauseOf(in Entry entry, bool isTouch) => entry switch
        {
            { Kind: InteractionKind.Note, FollowUpOn: not null } => Leads.RetryCause.FirstCall,
            { FollowUpOn: not null } => Leads.RetryCause.FollowUp,
            _ when isTouch => null,
            { Kind: InteractionKind.Call, Outcome: CallOutcome.NoAnswer } => Leads.RetryCause.NoAnswer,
            { Kind: InteractionKind.Call, Outcome: CallOutcome.LeftMessage } => Leads.RetryCause.LeftMessage,
            { Kind: InteractionKind.Call, Outcome: CallOutcome.FollowUp } => Leads.RetryCause.FollowUp,
            _ => null,
        };
    }

    /// <param name="newestFirst">Those that count: not corrected.</param>
    public static TouchState Of(IEnumerable<Entry> newestFirst, Touches touches, Workdays preferred)
    {
        var reader = new Reader(touches, preferred);
        foreach (var entry in newestFirst)
        {
            if (!reader.Add(entry))
                break;
        }

        return reader.State;
    }

    private static bool IsTouch(in Entry entry, Touches touches) => (touches & Means(entry)) != Touches.None;

    private static Touches Means(in Entry entry)
        => (entry.IsOrder ? Touches.Order : Touches.None) | entry switch
        {
            { Kind: InteractionKind.Call, Outcome: CallOutcome.Reached } => Touches.ReachedCall,
            { Kind: InteractionKind.Call, Outcome: CallOutcome.LeftMessage } => Touches.LeftMessage,
            { Kind: InteractionKind.Call, Outcome: CallOutcome.FollowUp } => Touches.FollowUp,
            { Kind: InteractionKind.Visit } => Touches.Visit,
            { Kind: InteractionKind.Mail } => Touches.Mail,
            _ => Touches.None,
        };
}
