namespace Intranet.Data.Contacts.Matching;

/// <summary>How often a value occurs, on a scale of eighths of a power of two, so that a byte holds it.</summary>
internal static class Rarity
{
    public const int Steps = 256;

    /// <param name="others">How many others, beside the two that are compared, have the value (or people, where people are counted).</param>
    public static byte ToByte(double others) => (byte)Math.Min(255, Math.Round(8 * Math.Log2(1 + others)));

    public static double ToCount(int step) => Math.Pow(2, step / 8.0) - 1;
}
