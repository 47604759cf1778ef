using System.Runtime.Intrinsics;
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

    // The share that places count for where another of them differs more.
    private const float Follows = 0.4f;

    // Bits against a look-alike that such pairs don't know.
    private const float Never = 1000;

    // A value nobody else has in a small set isn't as rare as that: the set is read as if this many other contacts were in it.
    private const double Unseen = 1000;
    private static readonly int[] Geography = [(int)MatchField.City, (int)MatchField.Postcode, (int)MatchField.State, (int)MatchField.Country];

    private readonly float[] _bits = new float[MatchModel.Kinds * Fields * Most * Rarity.Steps];
    private readonly float[] _mostEqual = new float[MatchModel.Kinds * Fields * Rarity.Steps];
    private readonly float[] _mostNear = new float[MatchModel.Kinds * Fields * Rarity.Steps];
    private readonly float[] _places = new float[MatchModel.Kinds * SharedPlace.All.Length * Rarity.Steps];
    private readonly float[] _tied = new float[MatchModel.Kinds * SharedPlace.All.Length * Fields * Most];
    private readonly float[] _priors;
    private readonly bool _estimating;
    private readonly Vector256<float>[] _lookAlikes;

    private const float Ln2 = 0.693147181f;
    private static readonly Vector256<float>[] Own = [.. Enumerable.Range(0, Fields).Select(field => Lanes(alike => (alike.Mask >> field & 1) != 0 ? 1 : 0, 0))];
    private static readonly Vector256<float>[] MostOfMail = [.. Enumerable.Range(0, MatchModel.Kinds).Select(kind => Lanes(alike => alike.SharedMailOf((PairKind)kind), 0))];
    private static readonly Vector256<float> MostOfDomain = Lanes(alike => alike == LookAlike.All[LookAlike.Colleagues] ? 0 : alike.SharedMail, 0);

    /// <param name="model">What is known of the set.</param>
    /// <param name="estimating">For the next estimate, people of one name in one firm are taken to share a mailbox for certain: what is to be counted mustn't hang on what is supposed of it.</param>
    public PairWeights(MatchModel model, bool estimating = false)
    {
        _estimating = estimating;
        _priors = [.. model.PartnersPerRecord.Select((partners, kind) => (float)Math.Log2(partners / Math.Max(1, model.Counted[kind] - 1)))];
        _lookAlikes = [.. model.LookAlikes.Select((shares, kind) => Lanes((_, alike) => LookAlike.IsOf(alike, (PairKind)kind) ? -(float)Math.Log2(shares[alike]) : Never, Never))];
        for (var kind = 0; kind < MatchModel.Kinds; kind++)
        {
            for (var field = 0; field < Fields; field++)
                Fill(kind, field, model.Matches[kind][field], model.Random[kind][field], model.Counted[kind]);
            for (var place = 0; place < SharedPlace.All.Length; place++)
                FillPlace(kind, place, model.Places[kind][place], model.Counted[kind]);
        }
    }

    private static Vector256<float> Lanes(Func<LookAlike, float> of, float none) => Lanes((alike, _) => of(alike), none);

    private static Vector256<float> Lanes(Func<LookAlike, int, float> of, float none)
    {
        var lanes = Vector256.Create(none);
        for (var i = 0; i < LookAlike.All.Length; i++)
            lanes = lanes.WithElement(i, of(LookAlike.All[i], i));
        return lanes;
    }

    /// <summary>log2 of the odds before anything is compared.</summary>
    public float Prior(PairKind kind) => _priors[(int)kind];

    /// <summary>The evidence of one field alone.</summary>
    public float Bits(int kind, int field, int level, byte count) => _bits[(((((kind * Fields) + field) * Most) + level) * Rarity.Steps) + count];

    /// <summary>The most a field can say where its values are equal.</summary>
    public float MostEqual(int kind, int field, byte count) => _mostEqual[(((kind * Fields) + field) * Rarity.Steps) + count];

    /// <summary>The most a field can say where its values aren't equal.</summary>
    public float MostNear(int kind, int field, byte count) => _mostNear[(((kind * Fields) + field) * Rarity.Steps) + count];

    /// <summary>An upper bound of the score by what was compared so far.</summary>
    public float UpperBound(in Comparison found)
    {
        var kind = (int)found.Kind;
        var most = _priors[kind];
        var levels = found.Levels;
        for (var field = 0; field < Fields; field++, levels >>= 4)
        {
            if ((int)(levels & 15) is not (var level and not 0))
                continue;
            var bits = Bits(kind, field, level, found.Counts[field]);
            // What speaks against it may count for less in the end: see Depend.
            most += bits < 0 && field >= (int)MatchField.Street ? Follows * bits : bits;
        }

        return most;
    }

    /// <summary>log2 of the odds that both are one person.</summary>
    public float Score(in Comparison found, float hopeless = -24) => Score(found, out _, out _, hopeless);

    /// <param name="found">What the two have in common.</param>
    /// <param name="against">log2 of the odds against chance alone, with look-alikes left out.</param>
    /// <param name="nearest">The kind of look-alike that is the most probable other explanation.</param>
    /// <param name="hopeless">Below that the score need be no more than an upper bound.</param>
    public float Score(in Comparison found, out float against, out int nearest, float hopeless = -24)
    {
        Span<float> bits = stackalloc float[Fields];
        Bits(found, bits);
        return Score(bits, found.Kind, found.Level((int)MatchField.Email), out against, out nearest, hopeless);
    }

    /// <summary>The evidence of each field, without what a place they share has said already.</summary>
    public void Bits(in Comparison found, Span<float> bits)
    {
        var levels = found.Levels;
        var kind = (int)found.Kind;
        for (var field = 0; field < Fields; field++, levels >>= 4)
            bits[field] = (int)(levels & 15) is var level and not 0 ? Bits(kind, field, level, found.Counts[field]) : 0;
        if (found.Swapped)
            bits[(int)MatchField.GivenName] += SwappedNames;
        TakePlaces(found, bits);
    }

    /// <summary>The bits that sharing a place says: what others of that place have in common is no news up to that.</summary>
    public float PlaceBits(int kind, int place, byte count) => _places[(((kind * SharedPlace.All.Length) + place) * Rarity.Steps) + count];

    private void TakePlaces(in Comparison found, Span<float> bits)
    {
        Span<float> taken = stackalloc float[Fields];
        taken.Clear();
        var any = false;
        var kind = (int)found.Kind;
        for (var place = 0; place < SharedPlace.All.Length; place++)
        {
            var shared = (int)SharedPlace.All[place];
            if (found.Level(shared) != Top(shared))
                continue;
            any = true;
            var said = PlaceBits(kind, place, found.Counts[shared]);
            foreach (var field in SharedPlace.Tied[place])
                taken[field] = Math.Max(taken[field], said * _tied[(((((kind * SharedPlace.All.Length) + place) * Fields) + field) * Most) + found.Level(field)]);
        }

        if (!any)
            return;
        for (var field = 0; field < Fields; field++)
            if (taken[field] > 0 && bits[field] > 0)
                bits[field] = Math.Max(0, bits[field] - taken[field]);
    }

    /// <summary>Puts the evidence of the fields together. It is changed by that.</summary>
    /// <param name="bits">Of each field.</param>
    /// <param name="kind">What the pair was compared by.</param>
    /// <param name="email">The level of the e-mail.</param>
    /// <param name="against">log2 of the odds against chance alone, with look-alikes left out.</param>
    /// <param name="nearest">The kind of look-alike that is the most probable other explanation.</param>
    /// <param name="hopeless">Below that the score need be no more than an upper bound.</param>
    public float Score(Span<float> bits, PairKind kind, int email, out float against, out int nearest, float hopeless = -24)
    {
        Depend(bits);
        against = _priors[(int)kind];
        foreach (var bit in bits)
            against += bit;
        nearest = -1;
        if (against < hopeless)
            return against;
        // All kinds of look-alikes at once, one in each lane.
        var sum = _lookAlikes[(int)kind];
        for (var field = 0; field < Fields; field++)
            sum += Own[field] * bits[field];
        var mail = bits[(int)MatchField.Email];
        // Colleagues share a domain as they share a company.
        sum -= Own[(int)MatchField.Email] * Vector256.Max(Vector256<float>.Zero, Vector256.Create(mail) - (email == EmailDomain ? MostOfDomain : MostOfMail[_estimating ? (int)PairKind.Organisations : (int)kind]));
        var odds = Vector256.Exp(Vector256.Min(sum * -Ln2, Vector256.Create(60f)));
        var most = 0f;
        for (var alike = 0; alike < LookAlike.All.Length; alike++)
            if (odds[alike] > most)
                (most, nearest) = (odds[alike], alike);
        return -(float)Math.Log2(Math.Exp(Math.Min(60, -against * Ln2)) + Vector256.Sum(odds));
    }

    // A postcode lies in one city and one state: once somebody has moved the others follow, and count for less.
    private static void Depend(Span<float> bits)
    {
        float worst = 0;
        foreach (var field in Geography)
            worst = Math.Min(worst, bits[field]);
        var taken = false;
        foreach (var field in Geography)
        {
            if (bits[field] >= 0)
                continue;
            if (bits[field] == worst && !taken)
                taken = true;
            else
                bits[field] *= Follows;
        }

        if (bits[(int)MatchField.Street] < 0 && worst < 0)
            bits[(int)MatchField.Street] *= 0.5f;
    }

    private void FillPlace(int kind, int place, double[][] ties, double records)
    {
        var field = (int)SharedPlace.All[place];
        var row = (kind * SharedPlace.All.Length) + place;
        for (var step = 0; step < Rarity.Steps; step++)
            _places[(row * Rarity.Steps) + step] = (float)-Math.Log2(Frequency(field, step, records));
        for (field = 0; field < Fields; field++)
            for (var level = 0; level <= Top(field); level++)
                _tied[(((row * Fields) + field) * Most) + level] = (float)ties[field][level];
    }

    // What many have is no rarer than they are, less a standard error, however few rows there are.
    private static double Frequency(int field, int step, double records)
    {
        var others = Rarity.ToCount(step);
        var seen = (others - Math.Sqrt(others)) / Math.Max(1, records);
        return Math.Min(1, Math.Max(seen, (others + (Unseen * RareValue[field])) / (records + Unseen)));
    }

    private void Fill(int kind, int field, double[] m, double[] u, double records)
    {
        var top = Top(field);
        var average = Math.Max(u[top], 1e-9);
        var plain = new double[top + 1];
        for (var level = 1; level < top; level++)
            plain[level] = Math.Log2(m[level] / u[level]);
        Rising(plain.AsSpan(1, top - 1), m.AsSpan(1, top - 1), u.AsSpan(1, top - 1));
        plain[1] = Math.Min(plain[1], 0);
        for (var step = 0; step < Rarity.Steps; step++)
        {
            var value = Frequency(field, step, records);
            var equal = Math.Clamp(Math.Log2(m[top] / value), 0, Strongest);
            var correction = Math.Clamp(Math.Log2(average / value), -4, 4) / 2;
            var place = (((kind * Fields) + field) * Rarity.Steps) + step;
            for (var level = 1; level <= top; level++)
            {
                var bits = (float)(level == top ? equal : plain[level] <= 0 ? plain[level] : Math.Min(Math.Clamp(plain[level] + correction, 0, Strongest), Math.Max(0, Math.Log2(Math.Max(m[level], m[top]) / value) - 0.3)));
                _bits[(((((kind * Fields) + field) * Most) + level) * Rarity.Steps) + step] = bits;
                _mostEqual[place] = Math.Max(_mostEqual[place], bits);
                if (level < top)
                    _mostNear[place] = Math.Max(_mostNear[place], bits);
            }
        }
    }

    /// <summary>
    /// Makes a row rise by evening out neighbours that fall (pool adjacent violators; Ayer and others 1955). What is hardly ever met
    /// counts little there: where only years are known, a year says what it says, whatever is supposed of days.
    /// </summary>
    internal static void Rising(Span<double> row, ReadOnlySpan<double> m, ReadOnlySpan<double> u)
    {
        Span<double> value = stackalloc double[row.Length];
        Span<double> weight = stackalloc double[row.Length];
        Span<int> size = stackalloc int[row.Length];
        var count = 0;
        for (var level = 0; level < row.Length; level++)
        {
            (value[count], weight[count], size[count]) = (row[level], m[level] + u[level], 1);
            count++;
            while (count > 1 && value[count - 2] > value[count - 1])
            {
                value[count - 2] = ((value[count - 2] * weight[count - 2]) + (value[count - 1] * weight[count - 1])) / (weight[count - 2] + weight[count - 1]);
                weight[count - 2] += weight[count - 1];
                size[count - 2] += size[count - 1];
                count--;
            }
        }

        for (int i = 0, at = 0; i < count; i++)
            for (var n = 0; n < size[i]; n++)
                row[at++] = value[i];
    }
}
