using System.Globalization;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// What two contacts have in common, small enough to be stored with the pair: four bits for the level of each field and a byte
/// for how common the shared value is. With the model it gives the explanation without the contacts.
/// </summary>
public readonly record struct PairLevels(ulong Levels, UInt128 Counts)
{
    /// <summary>48 hexadecimal digits.</summary>
    public override string ToString() => Levels.ToString("x16", CultureInfo.InvariantCulture) + Counts.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static PairLevels? Parse(string? text)
        => text is { Length: 48 } && ulong.TryParse(text.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var levels)
            && UInt128.TryParse(text.AsSpan(16), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var counts)
            ? new(levels, counts)
            : null;

    internal static PairLevels Of(in Comparison found)
    {
        UInt128 counts = 0;
        for (var field = FieldBytes.Length - 1; field >= 0; field--)
            counts = (counts << 8) | found.Counts[field];
        return new(found.Levels, counts);
    }

    internal Comparison ToComparison()
    {
        var found = new Comparison { Levels = Levels };
        for (var field = 0; field < FieldBytes.Length; field++)
            found.Counts[field] = (byte)(Counts >> (8 * field));
        return found;
    }
}
