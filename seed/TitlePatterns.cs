using System.IO.Enumeration;
using CsvHelper;

namespace Intranet.Seed;

/// <summary>A line of title-patterns.csv: a pattern for the whole raw title, * for any text, case ignored.</summary>
[CsvRecord]
public sealed partial record TitlePatternRow(string Pattern, string Title);

/// <summary>The patterns that standardise recognisable titles. The first one that matches decides.</summary>
public static class TitlePatterns
{
    /// <summary>In the order of title-patterns.csv: what is more special stands first.</summary>
    public static IReadOnlyList<TitlePatternRow> All { get; } =
    [
        new("*ai researcher*", "AI Researcher"),
        new("*ai research scientist*", "AI Researcher"),
        new("*ai research engineer*", "AI Researcher"),
        new("*ai scientist*", "AI Researcher"),
        new("*artificial intelligence*", "AI Researcher"),
        new("*learning researcher*", "AI Researcher"),
        new("*research scientist (ai)*", "AI Researcher"),
        new("*machine learning*", "Machine Learning Engineer"),
        new("*machine-learning*", "Machine Learning Engineer"),
        new("*ml engineer*", "Machine Learning Engineer"),
        new("*mlops*", "Machine Learning Engineer"),
        new("*data scientist*", "Data Scientist"),
        new("*data science *", "Data Scientist"),
        new("*security analyst*", "Cybersecurity Analyst"),
        new("*security engineer*", "Cybersecurity Analyst"),
        new("*cyber*security*", "Cybersecurity Analyst"),
        new("*soc analyst*", "Cybersecurity Analyst"),
        new("*qa engineer*", "QA Engineer"),
        new("*qa tester*", "QA Engineer"),
        new("*qa analyst*", "QA Engineer"),
        new("*qa lead*", "QA Engineer"),
        new("*quality assurance*", "QA Engineer"),
        new("*test engineer*", "QA Engineer"),
        new("*test automation*", "QA Engineer"),
        new("*engineer in test*", "QA Engineer"),
        new("*sdet*", "QA Engineer"),
        new("*full*stack*", "Full Stack Developer"),
        new("*mobile*developer*", "Mobile App Developer"),
        new("*mobile*engineer*", "Mobile App Developer"),
        new("*ios developer*", "Mobile App Developer"),
        new("*android developer*", "Mobile App Developer"),
        new("*react native*", "Mobile App Developer"),
        new("*back*end developer*", "Backend Developer"),
        new("*back*end engineer*", "Backend Developer"),
        new("*server-side developer*", "Backend Developer"),
        new("*api developer*", "Backend Developer"),
        new("*front*end developer*", "Frontend Developer"),
        new("*front*end engineer*", "Frontend Developer"),
        new("*web developer*", "Frontend Developer"),
        new("*ui developer*", "Frontend Developer"),
        new("*javascript developer*", "Frontend Developer"),
        new("*devops*", "DevOps Engineer"),
        new("*dev ops*", "DevOps Engineer"),
        new("*site reliability*", "DevOps Engineer"),
        new("sre*", "DevOps Engineer"),
        new("* sre*", "DevOps Engineer"),
        new("*platform engineer*", "DevOps Engineer"),
        new("*release engineer*", "DevOps Engineer"),
        new("*cloud*architect*", "Cloud Architect"),
        new("*architect (cloud)*", "Cloud Architect"),
        new("*aws architect*", "Cloud Architect"),
        new("*azure architect*", "Cloud Architect"),
        new("*dba*", "Database Administrator"),
        new("*db administrator*", "Database Administrator"),
        new("*database administrator*", "Database Administrator"),
        new("*database admin", "Database Administrator"),
        new("*database admin *", "Database Administrator"),
        new("*database engineer*", "Database Administrator"),
        new("*product manager*", "Product Manager"),
        new("*product mgr*", "Product Manager"),
        new("*product owner*", "Product Manager"),
        new("*project manager*", "IT Project Manager"),
        new("*project mgr*", "IT Project Manager"),
        new("*it project lead*", "IT Project Manager"),
        new("*system analyst*", "Systems Analyst"),
        new("*systems analyst*", "Systems Analyst"),
        new("*it support*", "IT Support Specialist"),
        new("*help*desk*", "IT Support Specialist"),
        new("*desktop support*", "IT Support Specialist"),
        new("*technical support*", "IT Support Specialist"),
        new("*network*engineer*", "Network Engineer"),
        new("*network administrator*", "Network Engineer"),
        new("*lan/wan*", "Network Engineer"),
        new("*ux designer*", "UX/UI Designer"),
        new("*ui designer*", "UX/UI Designer"),
        new("*web designer*", "UX/UI Designer"),
        new("*user experience*", "UX/UI Designer"),
        new("*interaction designer*", "UX/UI Designer"),
        new("*technical writer*", "Technical Writer"),
        new("*tech writer*", "Technical Writer"),
        new("*technical author*", "Technical Writer"),
        new("*documentation writer*", "Technical Writer"),
        new("*documentation specialist*", "Technical Writer"),
        new("*software engineer*", "Software Engineer"),
        new("*software developer*", "Software Engineer"),
        new("*software eng.*", "Software Engineer"),
        new("*sw engineer*", "Software Engineer"),
        new("*application developer*", "Software Engineer"),
        new("*programmer*", "Software Engineer"),
    ];

    /// <summary>The standard title of the first pattern that matches the whole raw title, or null.</summary>
    public static string? Match(string rawTitle) => FirstMatch(rawTitle)?.Title;

    /// <summary>
    /// Tries the patterns on every title an employee can be given. One sentence for each that is not found or found as the
    /// wrong one, for each misspelled or unmappable one that is found at all, and for each pattern without use.
    /// </summary>
    public static IReadOnlyList<string> Complaints()
    {
        var complaints = new List<string>();
        var used = new HashSet<string>();
        foreach (var raw in Titles.All.Distinct())
        {
            var first = FirstMatch(raw.Text);
            if (first is not null)
                used.Add(first.Pattern);

            var expected = raw.Kind is TitleKind.Standard or TitleKind.Recognisable ? raw.Standard : null;
            if (first?.Title != expected)
                complaints.Add($"\"{raw.Text}\" should give {expected ?? "nothing"}, but {first?.Pattern ?? "no pattern"} gives {first?.Title ?? "nothing"}.");
        }
        complaints.AddRange(All.Where(row => !used.Contains(row.Pattern)).Select(row => $"{row.Pattern} matches nothing."));
        complaints.AddRange(All.Where(row => !Titles.Standard.Contains(row.Title)).Select(row => $"{row.Title} is no standard title."));
        return complaints;
    }

    private static TitlePatternRow? FirstMatch(string rawTitle) =>
        All.FirstOrDefault(row => FileSystemName.MatchesSimpleExpression(row.Pattern, rawTitle, ignoreCase: true));
}
