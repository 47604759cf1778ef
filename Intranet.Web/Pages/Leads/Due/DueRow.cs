using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads.Due;

/// <summary>One line of the queue (<c>_DueRow</c>).</summary>
/// <param name="Pocs">Of each person, the main one first.</param>
/// <param name="Url">Where its forms go.</param>
/// <param name="Input">What was typed and refused; null for an untouched row.</param>
public sealed record DueRow(DueState State, IReadOnlyList<IReadOnlyList<PocPerson>> Pocs, string Url, InteractionInput? Input)
{
    public PocPerson? Main => Pocs.Count > 0 ? Pocs[0][0] : null;
}
