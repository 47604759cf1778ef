namespace Intranet.Data.Contacts.Matching;

/// <summary>What a steward decided about two contacts.</summary>
public readonly record struct DecidedPair(long A, long B, bool Same);
