using System.Runtime.InteropServices;

namespace Intranet.Data.Contacts.Matching;

/// <summary>Each different word once, with what comparing asks about it. Word 0 is none.</summary>
internal sealed class TokenTable
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<Token> _tokens = [new("", 0, 0, 0, 0)];
    private readonly List<Shape> _shapes = [default];

    public int Count => _tokens.Count;

    public ReadOnlySpan<Token> All => CollectionsMarshal.AsSpan(_tokens);

    /// <summary>What most comparisons need of a word; small, so that they stay within the cache.</summary>
    public ReadOnlySpan<Shape> Shapes => CollectionsMarshal.AsSpan(_shapes);

    public Token this[int id] => _tokens[id];

    public string Text(int id) => _tokens[id].Text;

    public int Add(ReadOnlySpan<char> text)
    {
        var lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var id))
            return id;
        var word = text.ToString();
        id = _tokens.Count;
        var groups = Nicknames.GroupsOf(word);
        var sound = Soundex.Of(word);
        var head = groups != 0 && (groups >> 16) == 0 ? Soundex.Of(Nicknames.Heads[(int)groups - 1]) : groups != 0 ? Soundex.Of(Nicknames.Heads[First(groups) - 1]) : sound;
        _tokens.Add(new(word, StableHash.Of(word), groups, sound, head));
        _shapes.Add(new(StartOf(word), LettersOf(word), (ushort)Math.Min(word.Length, ushort.MaxValue), StreetParts.IsKind(word)));
        _ids.Add(word, id);
        return id;
    }

    // The first four letters.
    private static ulong StartOf(string word)
    {
        ulong start = 0;
        for (var i = 0; i < Math.Min(4, word.Length); i++)
            start |= (ulong)word[i] << (16 * i);
        return start;
    }

    // A bit for each letter a to z that occurs, and six for the digits and the letters of other scripts.
    private static uint LettersOf(string word)
    {
        uint letters = 0;
        foreach (var letter in word)
            letters |= 1u << (char.IsAsciiLetterLower(letter) ? letter - 'a' : 26 + (letter % 6));
        return letters;
    }

    private static int First(ulong groups)
    {
        while (groups >> 16 != 0)
            groups >>= 16;
        return (int)groups;
    }

    /// <param name="Text">Folded.</param>
    /// <param name="Hash">The same in every run.</param>
    /// <param name="Groups">See <see cref="Nicknames"/>.</param>
    /// <param name="Sound">See <see cref="Soundex"/>.</param>
    /// <param name="HeadSound">The sound of the full form of a short given name: Bill sounds as William.</param>
    public readonly record struct Token(string Text, ulong Hash, ulong Groups, int Sound, int HeadSound);

    /// <param name="Start">The first four letters, sixteen bits each.</param>
    /// <param name="Letters">Which letters occur: two words with few in common needn't be compared.</param>
    /// <param name="Length">How many letters it has.</param>
    /// <param name="IsWay">See <see cref="StreetParts.IsKind"/>.</param>
    public readonly record struct Shape(ulong Start, uint Letters, ushort Length, bool IsWay);
}
