namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// The sound of a word as its first letter and three digits (R. C. Russell, US patent 1,261,167, 1918; h and w don't
/// part equal sounds, as in the census of the United States).
/// </summary>
internal static class Soundex
{
    //                           abcdefghijklmnopqrstuvwxyz
    private const string Sound = "01230120022455012623010202";

    /// <summary>0 for a word without a letter a to z. Words of other scripts are told apart by their first letter.</summary>
    public static int Of(ReadOnlySpan<char> word)
    {
        var code = 0;
        var digits = -1;
        var last = '0';
        foreach (var letter in word)
        {
            if (!char.IsAsciiLetterLower(letter))
            {
                if (digits < 0 && letter > 127)
                    return letter << 12;
                last = '0';
                continue;
            }

            var sound = Sound[letter - 'a'];
            if (digits < 0)
            {
                code = letter - 'a' + 1;
                digits = 0;
            }
            else if (sound != '0' && sound != last && digits < 3)
            {
                code = (code * 8) + (sound - '0');
                digits++;
            }

            if (letter is not ('h' or 'w'))
                last = sound;
        }

        for (; digits is >= 0 and < 3; digits++)
            code *= 8;
        return code;
    }
}
