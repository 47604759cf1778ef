using Bogus;

namespace Intranet.Seed;

/// <summary>How a raw title relates to the standard ones.</summary>
public enum TitleKind
{
    /// <summary>It is one, letter by letter.</summary>
    Standard,

    /// <summary>A pattern finds the standard title.</summary>
    Recognisable,

    /// <summary>A standard title with a typing mistake: no pattern finds it, similarity does.</summary>
    Misspelled,

    /// <summary>It belongs to no standard title.</summary>
    Unmappable,
}

/// <summary>A title as somebody typed it, and the standard title it means (null when there is none).</summary>
public sealed record RawTitle(string Text, string? Standard, TitleKind Kind);

/// <summary>The twenty standard titles and what employee files have in their place.</summary>
public static class Titles
{
    private static readonly (string Standard, string[] Variants, string[] Misspelled)[] Known =
    [
        ("Software Engineer",
            ["Software Developer", "SW Engineer", "Software Eng.", "Application Developer", "Programmer", "Programmer Analyst", "Software Engineer (C++)"],
            ["Sofware Enginer", "Software Engneer", "Softwear Engineer", "Sofware Engineer"]),
        ("Backend Developer",
            ["Back-end Developer", "Back End Developer", "Backend Engineer", "Back-end Engineer", "Server-side Developer", "API Developer", "Backend Developer (Go)"],
            ["Backend Devloper", "Bakend Developer", "Backend Develper"]),
        ("Frontend Developer",
            ["Front-end Developer", "Front End Developer", "Front-end Engineer", "Web Developer", "UI Developer", "JavaScript Developer", "Frontend Developer (React)"],
            ["Frontend Devloper", "Frontned Developer", "Fronted Developer"]),
        ("DevOps Engineer",
            ["SRE / DevOps Engineer", "Dev Ops Engineer", "DevOps", "Site Reliability Engineer", "SRE", "Platform Engineer", "Build and Release Engineer"],
            ["DevOp Engineer", "Devpos Engineer", "DevOsp Enginer"]),
        ("Cloud Architect",
            ["Cloud Solutions Architect", "Cloud Infrastructure Architect", "AWS Architect", "Azure Architect", "Solutions Architect (Cloud)", "Cloud Solution Architect"],
            ["Cloud Architct", "Could Architect", "Cloud Architekt"]),
        ("Data Scientist",
            ["Applied Data Scientist", "Data Science Specialist", "Data Science Engineer", "Data Scientist (Pricing)", "Data Scientist / Statistician"],
            ["Data Scientst", "Data Sientist", "Data Scienctist"]),
        ("Machine Learning Engineer",
            ["Machine Learning Engineer (NLP)", "ML Engineer", "MLOps Engineer", "Machine Learning Developer", "Machine-Learning Engineer", "Engineer, Machine Learning"],
            ["Machine Learnig Engineer", "Machin Learning Engineer", "Mashine Learning Enginer"]),
        ("Database Administrator",
            ["DBA", "Oracle DBA", "SQL Server DBA", "DB Administrator", "Database Admin", "Database Engineer"],
            ["Database Adminstrator", "Databse Administrator", "Database Administator"]),
        ("Full Stack Developer",
            ["Fullstack Developer", "Full-Stack Developer", "Full Stack Engineer", "Full-stack Software Engineer", "Full Stack Web Developer", "Full Stack Developer (.NET)"],
            ["Ful Stack Developer", "Full Stak Developer", "Full Stcak Developer"]),
        ("Mobile App Developer",
            ["Mobile Developer", "Mobile Apps Developer", "Mobile Engineer", "Mobile Software Engineer", "iOS Developer", "Android Developer", "React Native Developer"],
            ["Moblie App Developer", "Mobile App Devloper", "Mobil App Developer"]),
        ("Cybersecurity Analyst",
            ["Cyber Security Analyst", "Cyber-Security Specialist", "Security Analyst", "Information Security Analyst", "Network Security Engineer", "Security Engineer", "SOC Analyst"],
            ["Cybersecurty Analyst", "Cybersecuirty Analyst", "Cybersecrity Analyst"]),
        ("QA Engineer",
            ["QA Tester", "QA Analyst", "QA Lead", "Quality Assurance Engineer", "Test Engineer", "Software Test Engineer", "Test Automation Engineer", "Software Engineer in Test", "SDET"],
            ["QA Enginer", "QA Engneer", "QA Enigneer"]),
        ("Product Manager",
            ["Product Mgr", "Product Mgr.", "Product Owner", "Technical Product Manager", "Product Manager (Payments)", "Product Manager - Mobile"],
            ["Product Manger", "Prodct Manager", "Produkt Manager"]),
        ("Systems Analyst",
            ["System Analyst", "Computer Systems Analyst", "Business Systems Analyst", "Information Systems Analyst", "Systems Analyst / Programmer"],
            ["Sytems Analyst", "Systems Anaylst", "Systems Analist"]),
        ("IT Support Specialist",
            ["IT Support", "IT Support Technician", "Help Desk Technician", "Helpdesk Agent", "Help Desk Operator", "Desktop Support Technician", "Technical Support Specialist"],
            ["IT Suport Specialist", "IT Supprt Specialist", "IT Suppport Specalist"]),
        ("Network Engineer",
            ["Network Administrator", "Network Operations Engineer", "LAN/WAN Engineer", "Network Engineer (Cisco)", "Network Infrastructure Engineer"],
            ["Netwok Engineer", "Newtork Engineer", "Network Enginer"]),
        ("UX/UI Designer",
            ["UI/UX Designer", "UX Designer", "UI Designer", "UX / UI Designer", "Web Designer", "User Experience Designer", "Interaction Designer"],
            ["UX/UI Desinger", "UX/UI Desiner", "UX/IU Desgner"]),
        ("Technical Writer",
            ["Tech Writer", "Technical Author", "Documentation Writer", "Documentation Specialist", "API Technical Writer", "Technical Writer (Manuals)"],
            ["Tehnical Writer", "Technical Writter", "Techncal Writer"]),
        ("IT Project Manager",
            ["Project Manager", "Project Mgr", "IT Project Mgr", "IT Project Lead", "Technical Project Manager", "Project Manager (Infrastructure)"],
            ["IT Project Manger", "IT Porject Manager", "IT Projct Manager"]),
        ("AI Researcher",
            ["AI Research Scientist", "AI Scientist", "AI Research Engineer", "Artificial Intelligence Researcher", "Machine Learning Researcher", "Research Scientist (AI)"],
            ["AI Reseacher", "AI Resercher", "AI Reasearcher"]),
    ];

    private static readonly string[] Others =
    [
        "Accountant II", "Staff Accountant I", "Office Manager", "VP Quality Control", "Quality Control Specialist", "Legal Assistant",
        "Executive Secretary", "Financial Analyst", "Recruiter", "Human Resources Manager", "Account Executive", "Civil Engineer",
        "Structural Engineer", "Chief Design Engineer", "Production Manager", "Graphic Designer", "Security Guard", "Paralegal",
        "Media Manager III", "Payment Adjustment Coordinator", "Data Entry Clerk", "Editor",
    ];

    private static readonly string[] Prefixes = ["Sr. ", "Senior ", "Jr. ", "Lead "];
    private static readonly string[] Levels = [" I", " II", " III", " IV"];

    private static readonly RawTitle[][] Exact =
        [.. Known.Select(title => new[] { new RawTitle(title.Standard, title.Standard, TitleKind.Standard) })];

    private static readonly RawTitle[][] Recognisable =
        [.. Known.Select(title => Typed(title.Standard, title.Variants)
            .Select(text => new RawTitle(text, title.Standard, TitleKind.Recognisable)).ToArray())];

    private static readonly RawTitle[][] Misspelled =
        [.. Known.Select(title => title.Misspelled
            .Select(text => new RawTitle(text, title.Standard, TitleKind.Misspelled)).ToArray())];

    private static readonly RawTitle[][] Unmappable =
        [[.. Others.Select(text => new RawTitle(text, null, TitleKind.Unmappable))]];

    /// <summary>The twenty titles everything is standardised to.</summary>
    public static IReadOnlyList<string> Standard { get; } = [.. Known.Select(title => title.Standard)];

    /// <summary>Every title an employee can be given, with its meaning.</summary>
    public static IEnumerable<RawTitle> All =>
        new[] { Exact, Recognisable, Misspelled, Unmappable }.SelectMany(kind => kind).SelectMany(title => title);

    /// <summary>One title: of a hundred, 40 standard, 50 recognisable, 7 misspelled, 3 unmappable.</summary>
    internal static RawTitle Draw(Randomizer draws)
    {
        var kind = draws.Number(99) switch
        {
            < 40 => Exact,
            < 90 => Recognisable,
            < 97 => Misspelled,
            _ => Unmappable,
        };
        return draws.ArrayElement(draws.ArrayElement(kind));
    }

    // Never the standard title itself, which would be counted as recognisable instead of standard.
    private static IEnumerable<string> Typed(string standard, string[] variants)
    {
        foreach (var text in variants.Prepend(standard))
        {
            // A plain variant is more frequent than one with a rank.
            if (text != standard)
            {
                yield return text;
                yield return text;
                yield return text;
            }
            yield return text.ToLowerInvariant();
            foreach (var prefix in Prefixes)
                yield return prefix + text;
            yield return (Prefixes[0] + text).ToLowerInvariant();
            if (!text.EndsWith(')'))
                foreach (var level in Levels)
                    yield return text + level;
        }
    }
}
