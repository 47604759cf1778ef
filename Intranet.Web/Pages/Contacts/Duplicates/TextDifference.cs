using System.Globalization;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <param name="Differs">Not in the other text.</param>
public sealed record TextPiece(string Text, bool Differs);

/// <summary>
/// Marks in two texts what the other hasn't: letters where they are alike, whole words where they aren't. Both follow the
/// longest common subsequence (Wagner and Fischer 1974), first of words, then of the letters between common words.
/// </summary>
public static class TextDifference
{
    // Below this share of common letters single ones are chance, and marking them is confetti.
    private const double Alike = 0.5;

    /// <returns>The pieces of each text; put together they are the text.</returns>
    public static (IReadOnlyList<TextPiece> One, IReadOnlyList<TextPiece> Other) Of(string one, string other)
    {
        var (left, right) = (new List<TextPiece>(), new List<TextPiece>());
        var (words, others) = (Words(one), Words(other));
        var (i, j) = (0, 0);
        foreach (var (at, there) in Common(words, others).Append((words.Count, others.Count)))
        {
            Between(string.Concat(words[i..at]), string.Concat(others[j..there]));
            if (at < words.Count)
            {
                Add(left, words[at], false);
                Add(right, others[there], false);
            }

            (i, j) = (at + 1, there + 1);
        }

        return (left, right);

        void Between(string text, string against)
        {
            var (letters, against2) = (Letters(text), Letters(against));
            var common = letters.Count == 0 || against2.Count == 0 ? [] : Common(letters, against2);
            if (common.Count < Alike * Math.Max(letters.Count, against2.Count))
                common = [];
            Mark(left, letters, [.. common.Select(pair => pair.At)]);
            Mark(right, against2, [.. common.Select(pair => pair.There)]);
        }
    }

    private static void Mark(List<TextPiece> pieces, List<string> letters, HashSet<int> common)
    {
        for (var i = 0; i < letters.Count; i++)
            Add(pieces, letters[i], !common.Contains(i));
    }

    private static void Add(List<TextPiece> pieces, string text, bool differs)
    {
        if (pieces.Count > 0 && pieces[^1].Differs == differs)
            pieces[^1] = new TextPiece(pieces[^1].Text + text, differs);
        else
            pieces.Add(new TextPiece(text, differs));
    }

    private static List<(int At, int There)> Common(List<string> one, List<string> other)
    {
        var length = new int[one.Count + 1, other.Count + 1];
        for (var i = one.Count - 1; i >= 0; i--)
            for (var j = other.Count - 1; j >= 0; j--)
                length[i, j] = one[i] == other[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
        var common = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < one.Count && j < other.Count;)
        {
            if (one[i] == other[j])
                common.Add((i++, j++));
            else if (length[i + 1, j] >= length[i, j + 1])
                i++;
            else
                j++;
        }

        return common;
    }

    // Words and what stands between them, each a part.
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var letter in Letters(text))
        {
            if (words.Count > 0 && IsWord(letter) && IsWord(words[^1]))
                words[^1] += letter;
            else
                words.Add(letter);
        }

        return words;

        static bool IsWord(string text) => char.IsLetterOrDigit(text, 0) || char.IsSurrogate(text[0]);
    }

    // As a reader sees them: an accent or a skin tone belongs to its letter.
    private static List<string> Letters(string text)
    {
        var letters = new List<string>();
        for (var all = StringInfo.GetTextElementEnumerator(text); all.MoveNext();)
            letters.Add(all.GetTextElement());
        return letters;
    }
}
