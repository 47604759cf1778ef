namespace Intranet.Data.Contacts.Matching;

/// <summary>Two contacts that may be one person.</summary>
/// <param name="A">Id of a contact; the smaller of the two.</param>
/// <param name="B">Id of the other.</param>
/// <param name="Probability">That both are one person.</param>
/// <param name="Levels">What they have in common; <see cref="ExplainPair"/> puts it into words.</param>
/// <param name="Followed">The two alone say too little: they are one person because others are both.</param>
public readonly record struct PairScore(long A, long B, double Probability, PairLevels Levels, bool Followed = false);
