namespace Intranet.Data.Contacts.Matching;

/// <summary>What one field says about a pair.</summary>
/// <param name="Field">Null for what is no field: how rare pairs are, or that the two look like a family.</param>
/// <param name="Text">In plain words.</param>
/// <param name="Bits">Doublings of the odds: positive speaks for one person.</param>
public sealed record FieldEvidence(MatchField? Field, string Text, double Bits);
