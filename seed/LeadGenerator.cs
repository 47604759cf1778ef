using System.Globalization;
using Bogus;

namespace Intranet.Seed;

/// <summary>
/// Leads of any number with pocs and a history: each lead has a rhythm of its own in which it orders, more or less over time,
/// and is called at its interval, with calls that nobody answered and calls that nobody made. Some stopped ordering.
/// </summary>
public static class LeadGenerator
{
    /// <summary>The largest number of leads.</summary>
    public const int MaxCount = 1_000_000;

    /// <summary>The largest number of interactions.</summary>
    public const int MaxInteractions = 20_000_000;

    /// <summary>How far back interactions go, unless their number is given.</summary>
    public const int Days = 365;

    /// <summary>Who owns leads unless said otherwise: the sample accounts that can.</summary>
    public static readonly IReadOnlyList<string> SampleOwners = ["kam@sc1701d.example", "lead@sc1701d.example"];

    /// <summary>Leads 1 to <paramref name="count"/>, made while they are enumerated.</summary>
    public static IEnumerable<LeadRow> Leads(int count, IReadOnlyList<string> owners, int seed = EmployeeGenerator.DefaultSeed)
        => Enumerable.Range(1, count).Select(number => new LeadStory(number, seed, owners).Row());

    /// <summary>One to three for each lead; now and then somebody answers for two restaurants.</summary>
    public static IEnumerable<PocRow> Pocs(int count, IReadOnlyList<string> owners, int seed = EmployeeGenerator.DefaultSeed)
        => Enumerable.Range(1, count).SelectMany(number => LeadPeople.Of(new LeadStory(number, seed, owners), seed));

    /// <summary>Lead by lead, the oldest first.</summary>
    /// <param name="total">How many in all, shared out among the leads by their stage; null: those of the last year.</param>
    public static IEnumerable<InteractionRow> Interactions(int count, IReadOnlyList<string> owners, int? total = null, int seed = EmployeeGenerator.DefaultSeed)
    {
        // A first look at all stages, to know each lead's share.
        var all = total is null ? 0 : Enumerable.Range(1, count).Sum(number => LeadStory.WeightOf(number, seed));
        var (sum, given) = (0.0, 0L);
        for (var number = 1; number <= count; number++)
        {
            var story = new LeadStory(number, seed, owners);
            var events = LeadEvents.Of(story, seed);
            if (total is not null)
            {
                sum += LeadStory.WeightOf(number, seed);
                var upTo = number == count ? total.Value : (long)(total.Value * sum / all);
                events = events.Take((int)(upTo - given));
                given = upTo;
            }
            else
            {
                events = events.TakeWhile(one => one.DaysAgo <= Math.Min(Days, story.Age));
            }

            foreach (var one in events.Reverse())
                yield return one.Row(story);
        }
    }

    internal static string Ago(int days) => days == 0 ? "today" : string.Create(CultureInfo.InvariantCulture, $"today{-days:+0;-0}");
}

/// <summary>All about one lead that its rows have in common, made from its number alone.</summary>
internal sealed class LeadStory
{
    private static readonly string[] Stages = ["New", "Contacted", "Qualified", "Negotiation", "Active", "Closed"];
    private static readonly float[] Often = [0.14f, 0.14f, 0.12f, 0.10f, 0.40f, 0.10f];
    private static readonly double[] Weights = [0.1, 0.3, 0.5, 0.8, 2.2, 0.8];
    private static readonly string[] Sources = ["Web form", "Referral", "Trade fair", "Cold call", "Partner", "Newsletter"];
    private static readonly string[][] NextSteps =
    [
        ["Call for the first time", "Find out who buys"], ["Send the catalogue", "Ask for the menu"], ["Agree on a tasting", "Send samples"], ["Send the revised offer", "Clear delivery days"],
        ["Propose the autumn range", "Ask about the second kitchen", "Check last delivery"], [],
    ];

    private readonly Randomizer draws;

    public LeadStory(int number, int seed, IReadOnlyList<string> owners)
    {
        Number = number;
        Stage = StageOf(number, seed);
        draws = Draws.For(seed, "lead", number);
        Place = draws.Frequent(LeadPlaces.All, 8);
        Name = LeadPlaces.Name(draws);
        Owner = draws.Bool(0.05f) ? "" : owners[draws.Frequent(owners.Count, 1)];
        History = Path();
        if (Owner.Length > 0 && owners.Count > 1 && Age > 60 && draws.Bool(0.15f))
            (FormerOwner, OwnedFor) = (owners.First(one => one != Owner), draws.Number(20, Age - 20));
        Frequency = Stage switch { 0 => draws.ArrayElement([3, 5, 7]), 1 => draws.ArrayElement([5, 7, 10]), 2 or 3 => draws.ArrayElement([5, 7, 7, 10]), 4 => draws.ArrayElement([7, 14, 14, 21, 28]), _ => 28 };
        Gap = draws.Frequent(40, 6) + draws.Float(2.5f, 6);
        Spread = draws.Float(0.1f, 0.45f);
        Growth = draws.Double(-0.8, 1.1);
        Basket = Math.Round(Math.Exp(draws.Double(4.2, 7)), 2);
        // Some have stopped, and nobody has noticed yet.
        Silence = Stage == 5 ? History[^1].DaysAgo + draws.Number(1, 20) : draws.Bool(0.22f) ? (int)(Gap * draws.Double(2.2, 6)) : (int)(Gap * draws.Double(0, 0.9));
        Weekday = draws.Number(1, 5);
    }

    public int Number { get; }
    public int Stage { get; }
    public LeadPlace Place { get; }
    public string Name { get; }
    public string Owner { get; }
    public string? FormerOwner { get; }
    public int OwnedFor { get; }
    public IReadOnlyList<(int Stage, int DaysAgo)> History { get; }
    public int Age => History[0].DaysAgo;
    public int Frequency { get; }

    /// <summary>Days between two orders, and their standard deviation as a part of it.</summary>
    public double Gap { get; }
    public double Spread { get; }

    /// <summary>By how much orders grow in a year: 0.5 is half again as much, -0.5 a third less.</summary>
    public double Growth { get; }
    public double Basket { get; }
    public int Silence { get; }
    public int Weekday { get; }
    public bool Orders => Stage is 4 || (Stage == 5 && History.Any(step => step.Stage == 4)) || (Stage == 3 && Number % 3 == 0);
    public string Id => string.Create(CultureInfo.InvariantCulture, $"L{Number:000000}");

    public string OwnerOn(int daysAgo) => FormerOwner is not null && daysAgo > OwnedFor ? FormerOwner : Owner;

    public static double WeightOf(int number, int seed) => Weights[StageOf(number, seed)];

    private static int StageOf(int number, int seed)
        // The first ones show every stage, however few there are.
        => number <= Stages.Length ? number - 1 : Draws.For(seed, "stage", number).WeightedRandom([0, 1, 2, 3, 4, 5], Often);

    // From the end: how long it has been where it is, and before that each stage in turn.
    private List<(int Stage, int DaysAgo)> Path()
    {
        var ago = Stage switch { 0 => draws.Number(1, 25), 4 => draws.Number(30, 500), 5 => draws.Number(5, 200), _ => draws.Number(2, 50) };
        List<(int Stage, int DaysAgo)> path = [(Stage, ago)];
        for (var stage = Stage == 5 ? draws.ArrayElement([0, 1, 2, 4, 4]) : Stage - 1; stage >= 0; stage--)
        {
            ago += stage == 4 ? draws.Number(60, 400) : Math.Max(1, (int)Math.Exp(draws.Double(0.7, 3.6)));
            path.Insert(0, (stage, ago));
        }

        return path;
    }

    public LeadRow Row()
    {
        var value = Stage == 0 && draws.Bool(0.4f) ? "" : (Math.Round(Basket * 52 / Math.Max(3, Gap) / 100) * 100 * (Place.Currency is "JPY" or "INR" ? 100 : 1)).ToString("0", CultureInfo.InvariantCulture);
        var (isPlanned, step) = (Stage != 5 && draws.Bool(0.92f), NextSteps[Stage] is { Length: > 0 } steps && draws.Bool(0.8f) ? draws.ArrayElement(steps) : "");
        return new(
            Id, Name, Place.Country.Street(draws), Place.City, Place.Zone, draws.Bool(0.75f) ? draws.ArrayElement(LeadPlaces.Hours) : "", Stages[Stage], draws.ArrayElement(Sources), value, Place.Currency, Owner,
            draws.Bool(0.08f) ? "yes" : "no", step, isPlanned ? Frequency.ToString(CultureInfo.InvariantCulture) : "",
            isPlanned && draws.Bool(0.6f) ? (Frequency * 2).ToString(CultureInfo.InvariantCulture) : "", isPlanned && draws.Bool(0.2f) ? draws.ArrayElement(["Tue,Thu", "Mon,Wed,Fri", "Tue-Fri"]) : "",
            string.Join("; ", History.Select(step => $"{Stages[step.Stage]} {LeadGenerator.Ago(step.DaysAgo)}")),
            FormerOwner is null ? "" : $"{FormerOwner} {LeadGenerator.Ago(Age)}; {Owner} {LeadGenerator.Ago(OwnedFor)}");
    }
}
