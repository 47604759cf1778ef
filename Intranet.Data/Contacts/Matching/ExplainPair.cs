namespace Intranet.Data.Contacts.Matching;

/// <summary>Says in words and bits why two contacts are taken for one person, or aren't.</summary>
public static class ExplainPair
{
    /// <summary>
    /// One entry for each field that both have, the weightiest first, then what is no field. The bits add up to log2 of the
    /// odds of <paramref name="probability"/>.
    /// </summary>
    /// <param name="model">The one the pair was found with.</param>
    /// <param name="records">How many contacts were searched.</param>
    /// <param name="levels">Of the pair.</param>
    /// <param name="probability">Of the pair.</param>
    public static List<FieldEvidence> Run(MatchModel model, int records, PairLevels levels, double probability)
    {
        var weights = new PairWeights(model, records);
        var found = levels.ToComparison();
        Span<float> alone = stackalloc float[FieldLevels.Fields];
        weights.Bits(found, alone);
        var score = weights.Score(alone, found.Kind, found.Level((int)MatchField.Email), out var against, out var nearest);
        var evidence = new List<FieldEvidence>();
        for (var field = 0; field < FieldLevels.Fields; field++)
            if (found.Level(field) is var level and not 0 && level < FieldLevels.Texts[field].Length)
                evidence.Add(new((MatchField)field, Text(found, field, level), alone[field]));
        evidence.Sort((a, b) => (-Math.Abs(a.Bits), a.Field).CompareTo((-Math.Abs(b.Bits), b.Field)));
        evidence.Add(new(null, "two contacts drawn at random are seldom one person", weights.Prior));
        if (nearest >= 0 && against - score > 0.5)
            evidence.Add(new(null, "they could be " + LookAlike.All[nearest].Name, score - against));
        else
            score = against;
        var odds = Math.Log2(probability / (1 - Math.Min(probability, 1 - 1e-9)));
        if (Math.Abs(odds - score) > 0.5)
            evidence.Add(new(null, odds > score ? "other contacts are both" : "other contacts of theirs contradict each other", odds - score));
        return evidence;
    }

    private static string Text(in Comparison found, int field, int level)
        => FieldLevels.Texts[field][level] + (found.Swapped && field <= (int)MatchField.FamilyName ? ", given and family name swapped" : "");
}
