namespace Intranet.Data.Leads;

/// <summary>Why something a user wanted was not done.</summary>
/// <param name="Field">What it is about, by the name of the argument or property; empty: about all of it.</param>
/// <param name="Message">For the user.</param>
public sealed record Refusal(string Field, string Message);
