namespace Intranet.Data.Contacts.Matching;

/// <summary>What one field says about a pair.</summary>
/// <param name="Field">Null for what is no field: how rare pairs are, what a family would share as well, or other contacts.</param>
/// <param name="Text">In plain words.</param>
/// <param name="Bits">Doublings of the odds: positive speaks for one person.</param>
public sealed record FieldEvidence(MatchField? Field, string Text, double Bits);
