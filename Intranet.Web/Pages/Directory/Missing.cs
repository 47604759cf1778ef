using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Directory;

/// <summary>What a product or repository still lacks, in words for its page. Pure.</summary>
public static class Missing
{
    public static IReadOnlyList<string> Of(IReadOnlyCollection<AssignmentRole> roles, string description, string chatChannel, IReadOnlyCollection<string> stakeholders)
    {
        var missing = new List<string>();
        if (!roles.Contains(AssignmentRole.Owner))
            missing.Add("an owner");
        if (!roles.Contains(AssignmentRole.Backup))
            missing.Add("a backup");
        if (description.Length == 0)
            missing.Add("a description");
        if (chatChannel.Length == 0)
            missing.Add("a chat channel");
        if (stakeholders.Count == 0)
            missing.Add("stakeholders, who receive its report");
        return missing;
    }
}
