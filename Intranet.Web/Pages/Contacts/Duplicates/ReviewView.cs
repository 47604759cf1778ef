using Intranet.Data.Contacts.Matching;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <summary>A group as the screen shows it.</summary>
/// <param name="Pairs">Ids, the most likely first.</param>
/// <param name="Rows">Fields that differ first.</param>
public sealed record ReviewView(
    IReadOnlyList<int> Pairs, string Seen, IReadOnlyList<ReviewPerson> People, IReadOnlyList<ReviewRow> Rows, IReadOnlyList<ReviewPair> Evidence, IReadOnlyList<ReviewBlocker> Blockers)
{
    public IEnumerable<ReviewRow> Differing => Rows.Where(row => row.Differs);
    public IEnumerable<ReviewRow> Equal => Rows.Where(row => !row.Differs);

    /// <summary>The oldest of those that are ticked, or of all where nobody is.</summary>
    public ReviewPerson Primary => People.FirstOrDefault(person => person.Ticked) ?? People[0];

    /// <summary>With two people nothing can be unticked: what stands between them stands between all.</summary>
    public bool IsBlocked => People.Count == 2 && Blockers.Count > 0;
}

/// <summary>One column: a person, of one or more rows.</summary>
/// <param name="Id">Of the primary.</param>
/// <param name="Number">From 1, the key that ticks it.</param>
/// <param name="Rows">How many contacts are this person so far.</param>
/// <param name="Others">Pairs with others than those of the group.</param>
/// <param name="Leads">On which somebody of them is a poc.</param>
/// <param name="Users">Who sign in with an address of theirs.</param>
public sealed record ReviewPerson(int Id, int Number, string Name, DateTime CreatedAt, int Rows, int Links, int Others, int Leads, int Interactions, int Users, IReadOnlyList<string> Sources, bool Ticked);

/// <param name="IsChoice">One value shows for the person; else all do.</param>
public sealed record ReviewRow(string Field, string Label, bool Differs, bool IsChoice, IReadOnlyList<ReviewCell> Cells);

/// <param name="Contact">Whose value it is; null where the person has none.</param>
/// <param name="Chosen">It shows unless another is taken.</param>
/// <param name="Rank">Of the values of those who are ticked the one with the least shows.</param>
/// <param name="Values">In pieces; the different ones are marked. Of very many the first.</param>
/// <param name="Count">How many there are.</param>
public sealed record ReviewCell(int Person, int? Contact, bool Chosen, int Rank, IReadOnlyList<IReadOnlyList<TextPiece>> Values, int Count);

/// <summary>What speaks for and against two of the people being one.</summary>
/// <param name="IsCompared">The probability is one; a pair that waits for another cause and no scan has compared yet has none.</param>
public sealed record ReviewPair(int Id, int One, int Other, double Probability, bool IsCompared, string Cause, IReadOnlyList<FieldEvidence> Fields)
{
    public string Percent => Likelihood.InWords(Probability);
}

/// <summary>Somebody said before that two of the people are not the same.</summary>
public sealed record ReviewBlocker(int One, int Other, string By, DateTime At);

/// <param name="Decided">By this steward today.</param>
public sealed record ReviewCounts(int Decided, int Open, int Later)
{
    public int All => Decided + Open;
}
