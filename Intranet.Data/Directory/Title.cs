namespace Intranet.Data.Directory;

/// <summary>A standard title: what a person does, in one of a few words everyone uses.</summary>
public sealed class Title
{
    public int Id { get; set; }

    public string Name
    {
        get;
        set
        {
            field = value.Trim();
            NameKey = TextKey.Name(value);
        }
    } = "";

    public string NameKey { get; private set; } = "";

    /// <summary>The titles every installation starts with.</summary>
    public static readonly IReadOnlyList<string> Standard =
    [
        "Software Engineer", "Backend Developer", "Frontend Developer", "DevOps Engineer", "Cloud Architect",
        "Data Scientist", "Machine Learning Engineer", "Database Administrator", "Full Stack Developer",
        "Mobile App Developer", "Cybersecurity Analyst", "QA Engineer", "Product Manager", "Systems Analyst",
        "IT Support Specialist", "Network Engineer", "UX/UI Designer", "Technical Writer", "IT Project Manager",
        "AI Researcher",
    ];
}
