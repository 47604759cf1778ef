using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Directory.Titles;

/// <summary>An imported title that no rule knows, with everybody who has it in any spelling that compares equal.</summary>
public sealed record UnmappedTitle(string Original, int People, TitleProposal? Proposal);

public sealed record TitleRuleRow(int Id, string Original, int TitleId, string Title, int Position)
{
    public bool IsPattern => Original.Contains('*', StringComparison.Ordinal);
}

public sealed record StandardTitle(int Id, string Name);
