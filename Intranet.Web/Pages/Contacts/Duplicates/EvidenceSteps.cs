using System.Globalization;
using Intranet.Data.Contacts.Matching;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <summary>What speaks for and against a pair, as steps that begin at nothing and end at the result. Pure.</summary>
/// <param name="From">Where all before it ended, on a scale on which 0 and 100 are the ends of what was reached.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Points">Doublings of the odds, whole, so that all of them add up to the points of the result.</param>
public sealed record EvidenceStep(string Text, int Points, double From, double To)
{
    /// <summary>With its sign: "+12", "−3".</summary>
    public string WithSign => Points switch { > 0 => $"+{Points.ToString("N0", CultureInfo.CurrentCulture)}", < 0 => $"−{(-Points).ToString("N0", CultureInfo.CurrentCulture)}", _ => "0" };

    public bool IsAgainst => To < From;
}

/// <param name="Zero">Where nothing speaks for either, on the scale of the steps.</param>
/// <param name="Result">From <paramref name="Zero"/> to the end.</param>
public sealed record EvidenceSteps(IReadOnlyList<EvidenceStep> Steps, double Zero, EvidenceStep Result)
{
    public static EvidenceSteps Of(IReadOnlyList<FieldEvidence> evidence, string result)
    {
        var ends = new double[evidence.Count + 1];
        for (var i = 0; i < evidence.Count; i++)
            ends[i + 1] = ends[i] + evidence[i].Bits;
        var (lowest, highest) = (ends.Min(), ends.Max());
        var steps = evidence.Select((entry, i) => new EvidenceStep(Text(entry), Whole(ends[i + 1]) - Whole(ends[i]), Scale(ends[i]), Scale(ends[i + 1]))).ToList();
        return new(steps, Scale(0), new EvidenceStep(result, Whole(ends[^1]), Scale(0), Scale(ends[^1])));

        double Scale(double bits) => (bits - lowest) / Math.Max(1, highest - lowest) * 100;
        static int Whole(double bits) => (int)Math.Round(bits, MidpointRounding.AwayFromZero);
    }

    private static string Text(FieldEvidence entry)
    {
        var text = entry.Field is { } field ? $"{field.InWords()}: {entry.Text}" : entry.Text;
        return char.ToUpper(text[0], CultureInfo.CurrentCulture) + text[1..];
    }
}
