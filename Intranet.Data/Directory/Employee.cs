using Intranet.Data.Auditing;

namespace Intranet.Data.Directory;

/// <summary>A colleague, as the company's personnel file knows them.</summary>
public sealed class Employee : IAudited, IVersioned, ISearchable
{
    public int Id { get; private set; }

    /// <summary>The company's own number for this person; unique.</summary>
    public string EmpId
    {
        get;
        set
        {
            field = value.Trim();
            EmpIdKey = TextKey.EmpId(value);
        }
    } = "";

    public string EmpIdKey { get; private set; } = "";

    public string FirstName
    {
        get;
        set
        {
            field = value.Trim();
            FirstNameKey = SortKey(value);
        }
    } = "";

    public string FirstNameKey { get; private set; } = "";

    public string LastName
    {
        get;
        set
        {
            field = value.Trim();
            LastNameKey = SortKey(value);
        }
    } = "";

    public string LastNameKey { get; private set; } = "";

    public string EmailId
    {
        get;
        set
        {
            field = value.Trim();
            EmailKey = TextKey.Email(value);
        }
    } = "";

    public string EmailKey { get; private set; } = "";

    public string ChatUserName { get; set => field = value.Trim(); } = "";

    /// <summary>One of the standard titles; empty while nothing maps the imported one.</summary>
    public int? TitleId { get; set; }
    public Title? Title { get; set; }

    /// <summary>The title exactly as it was imported.</summary>
    public string OriginalTitle { get; set => field = value.Trim(); } = "";

    public int LocationId { get; set; }
    public Location? Location { get; set; }

    /// <summary>EmpId of the manager. Not a foreign key: files list people before their managers.</summary>
    public string? ManagerEmpId { get; set; }

    /// <summary>Last day; an employee who has left is kept for history but never given as an answer.</summary>
    public DateOnly? LeftOn { get; set; }

    public DateOnly? AwayFrom { get; private set; }
    public DateOnly? AwayUntil { get; private set; }
    public int? SubstituteId { get; private set; }
    public Employee? Substitute { get; private set; }

    public List<Assignment> Assignments { get; } = [];

    public Guid Version { get; set; } = Guid.NewGuid();

    public string FullName => $"{FirstName} {LastName}".Trim();

    /// <summary>Notes an absence, both days included.</summary>
    /// <exception cref="ArgumentException">The absence ends before it begins, or the person would stand in for themself.</exception>
    public void GoAway(DateOnly from, DateOnly until, int? substituteId)
    {
        if (until < from)
            throw new ArgumentException("An absence can't end before it begins.", nameof(until));
        if (substituteId == Id && Id != 0)
            throw new ArgumentException("Nobody can be their own substitute.", nameof(substituteId));
        (AwayFrom, AwayUntil, SubstituteId) = (from, until, substituteId);
    }

    public void ComeBack() => (AwayFrom, AwayUntil, SubstituteId) = (null, null, null);

    // Folding can make a name longer (ß becomes ss); beyond 120 letters it changes no order that anybody notices.
    private static string SortKey(string name)
    {
        var key = TextKey.Fold(name);
        return key.Length <= 120 ? key : key[..120];
    }

    SearchKind ISearchable.Kind => SearchKind.Employee;

    IEnumerable<string> ISearchable.Words() => SearchWords.OfEmployee(this);
    IEnumerable<string> ISearchable.SpelledWords() => SearchWords.OfName(FirstName).Concat(SearchWords.OfName(LastName));
}
