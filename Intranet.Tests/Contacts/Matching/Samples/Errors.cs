namespace Intranet.Tests.Contacts.Matching.Samples;

/// <summary>The mistakes people and scanners make.</summary>
public static class Errors
{
    private const string Rows = "qwertyuiop asdfghjkl zxcvbnm";

    public static bool Chance(this Random random, double probability) => random.NextDouble() < probability;

    public static T Pick<T>(this Random random, IReadOnlyList<T> of) => of[random.Next(of.Count)];

    /// <summary>Small numbers are likelier, as with names: the n-th about 1/n as likely as the first.</summary>
    public static T PickSkewed<T>(this Random random, IReadOnlyList<T> of)
        => of[Math.Min(of.Count - 1, (int)(Math.Pow(of.Count + 1, random.NextDouble()) - 1))];

    /// <summary>One letter or digit wrong, missing, doubled or swapped with its neighbour.</summary>
    public static string Typo(this Random random, string text)
    {
        if (text.Length < 2)
            return text;
        var at = random.Next(text.Length);
        return random.Next(5) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, Near(random, text[at]).ToString()),
            2 => text[..at] + Near(random, text[at]) + text[(at + 1)..],
            3 => text.Insert(at, text[at].ToString()),
            _ when at + 1 < text.Length => text[..at] + text[at + 1] + text[at] + text[(at + 2)..],
            _ => text.Remove(at, 1),
        };
    }

    public static string Typos(this Random random, string text, int count)
    {
        for (; count > 0; count--)
            text = random.Typo(text);
        return text;
    }

    /// <summary>Written as it is heard.</summary>
    public static string Misheard(this Random random, string text)
    {
        (string, string)[] sounds = [("ph", "f"), ("ck", "k"), ("c", "k"), ("y", "i"), ("ie", "y"), ("ee", "ea"), ("s", "z"), ("th", "t"), ("ll", "l"), ("nn", "n"), ("v", "w"), ("ou", "ow"), ("ei", "ie"), ("ai", "ay")];
        random.Shuffle(sounds);
        foreach (var (from, to) in sounds)
            if (text.IndexOf(from, 1, StringComparison.Ordinal) is > 0 and var at)
                return text[..at] + to + text[(at + from.Length)..];
        return random.Typo(text);
    }

    /// <summary>One digit of the day wrong, or day and month swapped.</summary>
    public static string WrongDay(this Random random, string day)
    {
        if (random.Chance(0.3) && day.Length == 10)
            return $"{day[..4]}-{day[8..]}-{day[5..7]}";
        var at = random.Next(day.Length);
        return char.IsAsciiDigit(day[at]) ? day[..at] + (char)('0' + random.Next(10)) + day[(at + 1)..] : random.WrongDay(day);
    }

    public static string Day(this Random random, int from, int to) => new DateOnly(from, 1, 1).AddDays(random.Next((to - from) * 365)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static string Digits(this Random random, int count)
    {
        Span<char> digits = stackalloc char[count];
        for (var i = 0; i < count; i++)
            digits[i] = (char)('0' + random.Next(i == 0 ? 1 : 0, 10));
        return new string(digits);
    }

    private static char Near(Random random, char letter)
    {
        if (char.IsAsciiDigit(letter))
            return (char)('0' + random.Next(10));
        var at = Rows.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
        if (at < 0 || random.Chance(0.3))
            return (char)('a' + random.Next(26));
        var near = Rows[Math.Clamp(at + (random.Next(2) * 2) - 1, 0, Rows.Length - 1)];
        return near == ' ' ? 'e' : near;
    }
}
