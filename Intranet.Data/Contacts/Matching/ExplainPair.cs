namespace Intranet.Data.Contacts.Matching;

/// <summary>Says in words and bits why two contacts are taken for one person, or aren't.</summary>
public static class ExplainPair
{
    // log2 of the odds of what is as good as certain: beyond it a probability and a score say the same.
    private const double Certain = 29;

    /// <summary>
    /// How rare pairs are, then one entry for each field that both have, the weightiest first, then what more is no field.
    /// The bits add up to log2 of the odds of <paramref name="probability"/>, as far as these are no more than certain.
    /// </summary>
    /// <param name="model">The one the pair was found with.</param>
    /// <param name="levels">Of the pair.</param>
    /// <param name="probability">Of the pair.</param>
    public static List<FieldEvidence> Run(MatchModel model, PairLevels levels, double probability)
    {
        var weights = new PairWeights(model);
        var found = levels.ToComparison();
        Span<float> alone = stackalloc float[FieldLevels.Fields];
        weights.Bits(found, alone);
        var score = weights.Score(alone, found.Kind, found.Level((int)MatchField.Email), out var against, out var nearest);
        var evidence = new List<FieldEvidence>();
        for (var field = 0; field < FieldLevels.Fields; field++)
            // Swapped names count against a given name that one of them hasn't.
            if (found.Level(field) is var level && (level != 0 || alone[field] != 0) && level < FieldLevels.Texts[field].Length)
                evidence.Add(new((MatchField)field, Text(found, field, level), alone[field]));
        evidence.Sort((a, b) => (-Math.Abs(a.Bits), a.Field).CompareTo((-Math.Abs(b.Bits), b.Field)));
        evidence.Insert(0, new(null, "two contacts drawn at random are seldom one person", weights.Prior(found.Kind)));
        if (nearest >= 0 && against - score > 0.5)
            evidence.Add(new(null, Text(found, alone, LookAlike.All[nearest]), score - against));
        else
            score = against;
        var odds = Math.Log2(probability / (1 - Math.Min(probability, 1 - 1e-9)));
        if (Math.Abs(Math.Clamp(odds, -Certain, Certain) - Math.Clamp(score, -Certain, Certain)) > 0.5)
            evidence.Add(new(null, odds > score ? "other contacts are like both of them" : "other contacts that are like them contradict each other", odds - score));
        return evidence;
    }

    // It takes back what the fields said too much, and is no evidence of its own: so it names those fields.
    private static string Text(in Comparison found, ReadOnlySpan<float> bits, LookAlike alike)
    {
        var (shared, apart) = (new List<string>(), new List<string>());
        for (var field = 0; field < FieldLevels.Fields; field++)
        {
            var isOwn = (alike.Mask >> field & 1) != 0;
            if (isOwn && found.Level(field) == 1)
                apart.Add(((MatchField)field).InWords());
            else if (!isOwn && bits[field] > 0)
                shared.Add(((MatchField)field).InWords());
        }

        return shared.Count == 0 ? $"they could be {alike.Name}" : $"they could be {alike.Name}, who would share {List(shared)} too{(apart.Count == 0 ? "" : $" and differ in {List(apart)}")}: these count for less";
    }

    private static string List(List<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";

    private static string Text(in Comparison found, int field, int level)
        => level == 0 ? "given and family name swapped" : FieldLevels.Texts[field][level] + (found.Swapped && field <= (int)MatchField.FamilyName ? ", given and family name swapped" : "");
}
