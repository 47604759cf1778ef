using System.Numerics;

namespace Intranet.Data.Contacts.Matching;

/// <summary>A phone number as its last fifteen digits, four bits each, without what opens it (+, 00, 0).</summary>
internal static class PhoneDigits
{
    /// <summary>
    /// Only the first number counts where several are given; an extension ("x 12", "ext. 12") doesn't. 0 for none, for
    /// fewer than five digits, and for what nobody has: all digits alike, 123456789 and its like.
    /// </summary>
    public static (ulong Number, byte Length) Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return default;
        Span<byte> digits = stackalloc byte[32];
        var count = 0;
        foreach (var letter in text)
        {
            if (char.IsDigit(letter))
            {
                if (count < digits.Length)
                    digits[count++] = char.IsAsciiDigit(letter) ? (byte)(letter - '0') : (byte)char.GetNumericValue(letter);
            }
            else if (count >= 5 && (char.IsLetter(letter) || letter is ';' or ',' || (letter is '/' && count >= 9)))
                break;
        }

        var start = 0;
        while (start < count && digits[start] == 0)
            start++;
        start = Math.Max(start, count - 15);
        if (count - start < 5 || IsMadeUp(digits[start..count]))
            return default;
        ulong number = 0;
        foreach (var digit in digits[start..count])
            number = (number << 4) | digit;
        return (number, (byte)(count - start));
    }

    /// <summary>The last digits of a number.</summary>
    public static ulong Tail(ulong number, int digits) => number & ((1UL << (4 * digits)) - 1);

    /// <summary>Whether one digit replaced, lost, added or swapped with its neighbour makes one of the other.</summary>
    public static bool IsOneEdit(ulong a, int lengthA, ulong b, int lengthB)
    {
        var differ = a ^ b;
        if (differ == 0)
            return false;
        var low = BitOperations.TrailingZeroCount(differ) / 4;
        if (lengthA == lengthB)
        {
            var high = BitOperations.Log2(differ) / 4;
            return high == low || (high == low + 1 && (a >> (4 * low) & 15) == (b >> (4 * high) & 15) && (a >> (4 * high) & 15) == (b >> (4 * low) & 15));
        }

        return lengthA == lengthB + 1 ? a >> (4 * (low + 1)) == b >> (4 * low) : lengthB == lengthA + 1 && b >> (4 * (low + 1)) == a >> (4 * low);
    }

    private static bool IsMadeUp(ReadOnlySpan<byte> digits)
    {
        if (digits.Length < 7)
            return digits.Count(digits[0]) == digits.Length;
        var tail = digits[^7..];
        if (tail.Count(tail[0]) == 7)
            return true;
        for (var i = 1; i < digits.Length; i++)
            if (digits[i] != (digits[i - 1] + 1) % 10)
                return false;
        return true;
    }
}
