namespace Intranet.Data.Directory;

/// <summary>
/// Makes standard titles of imported ones: an exact rule or the standard title itself, else the first pattern that
/// fits, else nothing. Letter case, accents and repeated blanks don't matter. Pure; the same rules give the same answer.
/// </summary>
public sealed class TitleRules
{
    /// <summary>Below this likeness a proposal would be a guess.</summary>
    public const double ProposalThreshold = 0.9;

    private readonly List<(int Id, string Name, string Folded)> titles;
    private readonly Dictionary<string, int> exact = new(StringComparer.Ordinal);
    private readonly List<(string Pattern, int TitleId)> patterns;
    private readonly Dictionary<string, int?> answers = new(StringComparer.Ordinal);

    public TitleRules(IEnumerable<Title> titles, IEnumerable<TitleMapping> mappings)
    {
        this.titles = [.. titles.OrderBy(title => title.Id).Select(title => (title.Id, title.Name, TextKey.Fold(title.Name)))];
        foreach (var (id, _, folded) in this.titles)
            exact.TryAdd(folded, id);
        var rules = mappings.ToList();
        // A rule about exactly this text is somebody's decision, so it comes before the standard title itself.
        foreach (var rule in rules.Where(rule => !rule.IsPattern))
            exact[rule.OriginalKey] = rule.TitleId;
        patterns = [.. rules.Where(rule => rule.IsPattern).OrderBy(rule => rule.Position).ThenBy(rule => rule.Id).Select(rule => (rule.OriginalKey, rule.TitleId))];
    }

    /// <summary>The standard title of an imported one; null when no rule knows it.</summary>
    public int? Map(string original)
    {
        var folded = TextKey.Fold(original);
        if (folded.Length == 0)
            return null;
        if (answers.TryGetValue(folded, out var known))
            return known;
        int? answer = exact.TryGetValue(folded, out var id) ? id : null;
        if (answer is null)
        {
            foreach (var (pattern, titleId) in patterns)
            {
                if (!Fits(pattern, folded))
                    continue;
                answer = titleId;
                break;
            }
        }

        return answers[folded] = answer;
    }

    /// <summary>
    /// The standard title that an unmapped one looks like, for a person to accept: word by word or as a whole, with and
    /// without the rank (senior, junior, II …), whichever is nearest. Null when nothing reaches <see cref="ProposalThreshold"/>.
    /// </summary>
    public TitleProposal? Propose(string original)
    {
        var folded = TextKey.Fold(original);
        if (folded.Length == 0)
            return null;
        var plain = WithoutRank(folded);
        var best = titles
            .Select(title => new TitleProposal(title.Id, title.Name, Math.Max(Likeness(folded, title.Folded), Likeness(plain, title.Folded))))
            .OrderByDescending(proposal => proposal.Likeness).ThenBy(proposal => proposal.TitleId)
            .FirstOrDefault();
        return best is { Likeness: >= ProposalThreshold } ? best : null;
    }

    /// <summary>Whether a folded title fits a folded pattern, in which * stands for any text, also none.</summary>
    public static bool Fits(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, tried = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                tried = t;
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++tried;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    // As a whole, a common beginning says too much (software tester, software engineer), so without Winkler's bonus.
    private static double Likeness(string a, string b) => Math.Max(Similarity.OfWords(a, b), Similarity.Jaro(a, b));

    private static readonly HashSet<string> Ranks = new(StringComparer.Ordinal)
    {
        "senior", "sr", "junior", "jr", "lead", "principal", "staff", "associate", "chief", "head", "of", "trainee", "intern",
        "i", "ii", "iii", "iv", "v", "1", "2", "3", "4", "5",
    };

    private static string WithoutRank(string folded)
        => string.Join(' ', folded.Split([' ', ',', '.', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(word => !Ranks.Contains(word)));
}

/// <summary>A standard title that an unmapped one may mean, and how alike they are (0 to 1).</summary>
public sealed record TitleProposal(int TitleId, string Name, double Likeness);
