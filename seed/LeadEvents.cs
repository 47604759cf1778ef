using System.Globalization;
using Bogus;

namespace Intranet.Seed;

/// <summary>Something that happened with a lead, so many days ago.</summary>
internal sealed record LeadEvent(int DaysAgo, int Minute, string Kind, string Outcome = "", string Details = "", bool Ordered = false, double Value = 0, int? FollowUpIn = null)
{
    public InteractionRow Row(LeadStory story) => new(
        story.Id, string.Create(CultureInfo.InvariantCulture, $"{LeadGenerator.Ago(DaysAgo)} {Minute / 60:00}:{Minute % 60:00}"), Kind, Outcome, Details, Ordered ? "yes" : "no",
        Ordered ? Value.ToString(story.Place.Currency == "JPY" ? "0" : "0.00", CultureInfo.InvariantCulture) : "",
        FollowUpIn is { } days ? LeadGenerator.Ago(DaysAgo - days) : "", story.OwnerOn(DaysAgo));
}

/// <summary>The interactions of a lead, the newest first and without end.</summary>
internal static class LeadEvents
{
    private static readonly string[] Talks =
        ["Asked about delivery days.", "Happy with the last delivery.", "Wants a price for larger packs.", "New chef from next month.", "Compares us with another supplier.", "Plans a summer menu.", "Will order next week.", "One box arrived damaged, replaced."];

    public static IEnumerable<LeadEvent> Of(LeadStory story, int seed)
    {
        var calls = Calls(story, Draws.For(seed, "calls", story.Number));
        return story.Orders ? Merge(calls, Orders(story, Draws.For(seed, "orders", story.Number))) : calls;
    }

    // Its own rhythm: gaps around the usual one, shorter or longer the further back, rather on its usual weekday.
    private static IEnumerable<LeadEvent> Orders(LeadStory story, Randomizer draws)
    {
        for (double ago = Math.Max(1, story.Silence); ;)
        {
            var years = ago / 365;
            var factor = Math.Max(0.3, 1 - (story.Growth * years / 2));
            var value = story.Basket * Math.Max(0.3, 1 - (story.Growth * years / 2)) * draws.Double(0.7, 1.3) * (story.Place.Currency is "JPY" or "INR" ? 100 : 1);
            var how = draws.Number(9);
            yield return new LeadEvent((int)ago, draws.Number(9 * 60, 17 * 60), how < 6 ? "Order" : how < 9 ? "Call" : "Visit", how is >= 6 and < 9 ? "Reached" : "", Ordered: true, Value: Math.Round(value, 2));
            // The sum of three is near enough to a normal distribution.
            var deviation = (draws.Double() + draws.Double() + draws.Double() - 1.5) * 2;
            var next = ago + Math.Max(1, story.Gap / factor * (1 + (story.Spread * deviation)));
            // Weekdays by counting from today: the same weekday is a whole number of weeks ago.
            ago = story.Gap >= 5 && draws.Bool(0.5f) ? Math.Max(ago + 1, Math.Round((next - story.Weekday) / 7) * 7 + story.Weekday) : next;
        }
    }

    private static IEnumerable<LeadEvent> Calls(LeadStory story, Randomizer draws)
    {
        var first = true;
        for (var ago = 1 + (story.Stage == 5 ? story.Silence : (int)(story.Frequency * draws.Double(0, 1.35))); ;)
        {
            var minute = draws.Number(9 * 60, (18 * 60) - 1);
            switch (draws.Number(99))
            {
                case < 58:
                    yield return new LeadEvent(ago, minute, "Call", "Reached", draws.Bool(0.5f) ? draws.ArrayElement(Talks) : "");
                    break;
                case < 70:
                    yield return new LeadEvent(ago, minute, "Call", "NoAnswer");
                    // Tried before and again: the day before, mostly.
                    if (draws.Bool(0.4f))
                        yield return new LeadEvent(++ago, draws.Number(9 * 60, 17 * 60), "Call", draws.Bool() ? "NoAnswer" : "LeftMessage");
                    break;
                case < 78:
                    yield return new LeadEvent(ago, minute, "Call", "LeftMessage", draws.Bool(0.3f) ? "Asked to call back." : "");
                    break;
                case < 85:
                    yield return new LeadEvent(ago, minute, "Call", "FollowUp", "Asked for another call.", FollowUpIn: first ? Math.Max(1, ago + draws.Number(-2, 5)) : draws.Number(1, 5));
                    break;
                case < 91:
                    yield return new LeadEvent(ago, minute, "Visit", "", draws.ArrayElement(Talks));
                    break;
                case < 96:
                    yield return new LeadEvent(ago, minute, "Mail", "", "Sent the price list.");
                    break;
                default:
                    yield return new LeadEvent(ago, minute, "Note", "", draws.ArrayElement(Talks));
                    break;
            }

            first = false;
            // One in eight is missed.
            ago += Math.Max(1, (int)Math.Round(story.Frequency * draws.Double(0.85, 1.25))) * (draws.Bool(0.12f) ? 2 : 1);
        }
    }

    private static IEnumerable<LeadEvent> Merge(IEnumerable<LeadEvent> calls, IEnumerable<LeadEvent> orders)
    {
        using var one = calls.GetEnumerator();
        using var other = orders.GetEnumerator();
        one.MoveNext();
        other.MoveNext();
        while (true)
        {
            var from = one.Current.DaysAgo <= other.Current.DaysAgo ? one : other;
            // On a day on which it ordered, nobody calls to ask whether it orders.
            if (from != one || one.Current.DaysAgo != other.Current.DaysAgo)
                yield return from.Current;
            from.MoveNext();
        }
    }
}
