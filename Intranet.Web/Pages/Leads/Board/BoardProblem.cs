using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads.Board;

/// <summary>The card whose move was refused, why, and what was wanted.</summary>
/// <param name="Name">Null where the lead is gone.</param>
public sealed record BoardProblem(int Id, string? Name, Refusal Refused, Stage? To, string? Reason);
