using static Intranet.Data.Contacts.Matching.FieldLevels;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// A model made ready for scoring: bits of evidence by field, level and rarity of the value, log2(m/u) (Fellegi and Sunter,
/// "A theory for record linkage", 1969). Where values are equal, u is how probable it is that somebody else has this very
/// value (term frequency; Winkler 1989); near values take half of that correction.
/// </summary>
internal sealed class PairWeights
{
    private const double Strongest = 18;
    private const float SwappedNames = -3;

    // A value nobody else has in a small set isn't as rare as that: the set is read as if this many other contacts were in it.
    private const double Unseen = 1000;
    private static readonly int[] Geography = [(int)MatchField.City, (int)MatchField.Postcode, (int)MatchField.State, (int)MatchField.Country];

    private readonly float[] _bits = new float[Fields * Most * Rarity.Steps];
    private readonly float[] _mostEqual = new float[Fields];
    private readonly float[] _mostNear = new float[Fields];
    private readonly float _prior;
    private readonly float[] _lookAlikes;

    public PairWeights(MatchModel model, int records)
    {
        _prior = (float)Math.Log2(model.PartnersPerRecord / Math.Max(1, records - 1));
        _lookAlikes = [.. model.LookAlikes.Select(share => -(float)Math.Log2(share))];
        for (var field = 0; field < Fields; field++)
            Fill(field, model.Matches[field], model.Random[field], records);
    }

    /// <summary>log2 of the odds before anything is compared.</summary>
    public float Prior => _prior;

    /// <summary>The evidence of one field alone.</summary>
    public float Bits(int field, int level, byte count) => _bits[(((field * Most) + level) * Rarity.Steps) + count];

    /// <summary>The most a field can say where its values are equal.</summary>
    public float MostEqual(int field) => _mostEqual[field];

    /// <summary>The most a field can say where its values aren't equal.</summary>
    public float MostNear(int field) => _mostNear[field];

    /// <summary>An upper bound of the score by what was compared so far.</summary>
    public float UpperBound(in Comparison found)
    {
        var most = _prior;
        var levels = found.Levels;
        for (var field = 0; field <= (int)MatchField.Phone; field++, levels >>= 4)
            if ((int)(levels & 15) is var level and not 0)
                most += Bits(field, level, found.Counts[field]);
        return most;
    }

    /// <summary>log2 of the odds that both are one person.</summary>
    public float Score(in Comparison found) => Score(found, out _, out _);

    /// <param name="found">What the two have in common.</param>
    /// <param name="against">log2 of the odds against chance alone, with look-alikes left out.</param>
    /// <param name="nearest">The kind of look-alike that is the most probable other explanation.</param>
    public float Score(in Comparison found, out float against, out int nearest)
    {
        Span<float> bits = stackalloc float[Fields];
        Bits(found, bits);
        return Score(bits, found.Level((int)MatchField.Email), out against, out nearest);
    }

    /// <summary>The evidence of each field alone; fields don't know of each other yet.</summary>
    public void Bits(in Comparison found, Span<float> bits)
    {
        var levels = found.Levels;
        for (var field = 0; field < Fields; field++, levels >>= 4)
            bits[field] = (int)(levels & 15) is var level and not 0 ? Bits(field, level, found.Counts[field]) : 0;
        if (found.Swapped)
            bits[(int)MatchField.GivenName] += SwappedNames;
    }

    /// <summary>Puts the evidence of the fields together. It is changed by that.</summary>
    public float Score(Span<float> bits, int email, out float against, out int nearest)
    {
        Depend(bits);
        against = _prior;
        foreach (var bit in bits)
            against += bit;
        nearest = -1;
        // Hopeless against chance alone.
        if (against < -24)
            return against;
        var other = Math.Pow(2, -against);
        var most = 0.0;
        for (var kind = 0; kind < _lookAlikes.Length; kind++)
        {
            var odds = Math.Pow(2, -Against(bits, kind, email));
            other += odds;
            if (odds > most)
                (most, nearest) = (odds, kind);
        }

        return -(float)Math.Log2(other);
    }

    /// <summary>log2 of the odds against one kind of look-alike.</summary>
    private float Against(ReadOnlySpan<float> bits, int kind, int email)
    {
        var sum = _lookAlikes[kind];
        var alike = LookAlike.All[kind];
        for (var field = 0; field < Fields; field++)
            if ((alike.Mask >> field & 1) != 0)
                sum += bits[field];
        // Colleagues share a domain as they share a company.
        var mail = bits[(int)MatchField.Email];
        var most = kind == LookAlike.Colleagues && email == EmailDomain ? 0 : alike.SharedMail;
        return (alike.Mask >> (int)MatchField.Email & 1) != 0 && mail > most ? sum - mail + most : sum;
    }

    // A postcode lies in one city and one state: once one of them agrees (or somebody has moved) the others follow, and
    // count for less.
    private static void Depend(Span<float> bits)
    {
        float best = 0, worst = 0;
        foreach (var field in Geography)
            (best, worst) = (Math.Max(best, bits[field]), Math.Min(worst, bits[field]));
        var (bestTaken, worstTaken) = (false, false);
        foreach (var field in Geography)
        {
            if (bits[field] > 0)
            {
                if (bits[field] == best && !bestTaken)
                    bestTaken = true;
                else
                    bits[field] *= 0.5f;
            }
            else if (bits[field] < 0)
            {
                if (bits[field] == worst && !worstTaken)
                    worstTaken = true;
                else
                    bits[field] *= 0.4f;
            }
        }

        if (bits[(int)MatchField.Street] < 0 && worst < 0)
            bits[(int)MatchField.Street] *= 0.5f;
    }

    private void Fill(int field, double[] m, double[] u, double records)
    {
        var top = Top(field);
        var average = Math.Max(u[top], 1e-9);
        var plain = new double[top + 1];
        for (var level = 1; level < top; level++)
            plain[level] = Math.Log2(m[level] / u[level]);
        Rising(plain.AsSpan(1, top - 1));
        plain[1] = Math.Min(plain[1], 0);
        for (var step = 0; step < Rarity.Steps; step++)
        {
            var value = Math.Min(1, (Rarity.ToCount(step) + (Unseen * RareValue[field])) / (records + Unseen));
            var equal = Math.Clamp(Math.Log2(m[top] / value), 0, Strongest);
            var correction = Math.Clamp(Math.Log2(average / value), -4, 4) / 2;
            _mostEqual[field] = Math.Max(_mostEqual[field], (float)equal);
            for (var level = 1; level < top; level++)
                _mostNear[field] = Math.Max(_mostNear[field], (float)Math.Clamp(plain[level] + correction, 0, Strongest));
            for (var level = 1; level <= top; level++)
                _bits[(((field * Most) + level) * Rarity.Steps) + step]
                    = (float)(level == top ? equal : plain[level] <= 0 ? plain[level] : Math.Min(Math.Clamp(plain[level] + correction, 0, Strongest), Math.Max(0, equal - 0.3)));
        }
    }

    /// <summary>Makes a row rise by evening out neighbours that fall (pool adjacent violators; Ayer and others 1955).</summary>
    internal static void Rising(Span<double> row)
    {
        Span<double> value = stackalloc double[row.Length];
        Span<int> size = stackalloc int[row.Length];
        var count = 0;
        foreach (var entry in row)
        {
            (value[count], size[count]) = (entry, 1);
            count++;
            while (count > 1 && value[count - 2] > value[count - 1])
            {
                value[count - 2] = ((value[count - 2] * size[count - 2]) + (value[count - 1] * size[count - 1])) / (size[count - 2] + size[count - 1]);
                size[count - 2] += size[count - 1];
                count--;
            }
        }

        for (int i = 0, at = 0; i < count; i++)
            for (var n = 0; n < size[i]; n++)
                row[at++] = value[i];
    }
}
