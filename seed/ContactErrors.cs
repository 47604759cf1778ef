using System.Globalization;
using Bogus;

namespace Intranet.Seed;

/// <summary>Frequencies and mistakes as they are among people who type contacts.</summary>
internal static class ContactErrors
{
    private const string Keys = "qwertyuiop asdfghjkl zxcvbnm";

    private static readonly string[][] ShortNames =
    [
        ["Robert", "Bob", "Rob"], ["William", "Bill", "Will"], ["Richard", "Rick", "Dick"], ["James", "Jim", "Jimmy"],
        ["John", "Jack", "Johnny"], ["Michael", "Mike", "Mick"], ["Thomas", "Tom", "Tommy"], ["Joseph", "Joe", "Joey"],
        ["Charles", "Charlie", "Chuck"], ["Edward", "Ed", "Ted"], ["Daniel", "Dan", "Danny"], ["Matthew", "Matt"],
        ["Anthony", "Tony"], ["Steven", "Steve"], ["Andrew", "Andy", "Drew"], ["Kenneth", "Ken"], ["Gregory", "Greg"],
        ["Samuel", "Sam"], ["Benjamin", "Ben"], ["Alexander", "Alex", "Sandy"], ["Nicholas", "Nick"], ["Timothy", "Tim"],
        ["Elizabeth", "Liz", "Beth", "Betty"], ["Margaret", "Maggie", "Peggy"], ["Katherine", "Kate", "Kathy"],
        ["Patricia", "Pat", "Trish"], ["Jennifer", "Jen", "Jenny"], ["Susan", "Sue"], ["Deborah", "Debbie"],
        ["Christine", "Chris", "Tina"], ["Rebecca", "Becky"], ["Victoria", "Vicky"], ["Jessica", "Jess"], ["Amanda", "Mandy"],
        ["Johannes", "Hannes"], ["Maximilian", "Max"], ["Katharina", "Kathi"], ["Giuseppe", "Beppe"], ["Francisco", "Paco"],
        ["José", "Pepe"], ["Ignacio", "Nacho"], ["Aleksandra", "Ola"], ["Małgorzata", "Gosia"], ["Guilherme", "Gui"],
    ];

    private static readonly Dictionary<string, string[]> ShortOf = ShortNames.ToDictionary(names => names[0], names => names[1..]);

    /// <summary>
    /// One of the list, the earlier ones more often: the n-th weighs 1/(n + <paramref name="flat"/>), the law of Zipf and
    /// Mandelbrot. The larger <paramref name="flat"/>, the less the first ones stand out.
    /// </summary>
    public static T Frequent<T>(this Randomizer draws, T[] of, int flat) => of[draws.Frequent(of.Length, flat)];

    /// <summary>The same for numbers from 0 below <paramref name="count"/>.</summary>
    public static int Frequent(this Randomizer draws, int count, int flat)
        => Math.Min(count - 1, (int)(flat * (Math.Pow((count + flat) / (double)flat, draws.Double()) - 1)));

    public static string DigitText(this Randomizer draws, int count)
        => string.Create(count, draws, (digits, random) =>
        {
            for (var i = 0; i < digits.Length; i++)
                digits[i] = (char)('0' + random.Number(9));
        });

    /// <summary>A letter left out, doubled, put in, mistaken for its neighbour on the keyboard, or swapped with the next.</summary>
    public static string Typo(this Randomizer draws, string text)
    {
        if (text.Length < 3)
            return text;
        // The first letter is rarely wrong.
        var at = draws.Number(draws.Bool(0.1f) ? 0 : 1, text.Length - 2);
        return draws.Number(4) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, text[at].ToString()),
            2 => text.Insert(at, Near(draws, text[at]).ToString()),
            3 => text[..at] + Near(draws, text[at]) + text[(at + 1)..],
            _ => text[..at] + text[at + 1] + text[at] + text[(at + 2)..],
        };
    }

    /// <summary>The name friends use, or the initial where there is none.</summary>
    public static string Nickname(this Randomizer draws, string given)
        => ShortOf.TryGetValue(given, out var known) ? draws.ArrayElement(known) : draws.Bool(0.5f) ? given[..1] + "." : given;

    /// <summary>Day and month swapped where that is a date, otherwise one digit of the day wrong.</summary>
    public static DateOnly WrongDay(this Randomizer draws, DateOnly day)
        => day.Day <= 12 && day.Day != day.Month && draws.Bool(0.6f)
            ? new DateOnly(day.Year, day.Day, day.Month)
            : draws.Bool(0.5f) ? new DateOnly(day.Year, day.Month, 1 + (day.Day + 9) % 28) : day.AddYears(draws.Bool() ? 1 : -10);

    private static char Near(Randomizer draws, char key)
    {
        if (char.IsAsciiDigit(key))
            return (char)('0' + (key - '0' + draws.Number(1, 9)) % 10);
        var at = Keys.IndexOf(char.ToLower(key, CultureInfo.InvariantCulture), StringComparison.Ordinal);
        if (at < 0)
            return 'e';
        var near = Keys[Math.Clamp(at + (draws.Bool() ? 1 : -1), 0, Keys.Length - 1)];
        return near == ' ' ? 'a' : char.IsUpper(key) ? char.ToUpperInvariant(near) : near;
    }
}
