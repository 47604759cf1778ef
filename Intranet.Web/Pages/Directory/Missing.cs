using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Directory;

/// <summary>What a product, repository or person still lacks, in words for its page. Pure.</summary>
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

    /// <summary>The same for a person.</summary>
    public static IReadOnlyList<string> OfPerson(string? title, string chatUserName, string? managerEmpId)
    {
        var missing = new List<string>();
        if (title is null)
            missing.Add("a standard title");
        if (chatUserName.Length == 0)
            missing.Add("a chat user name");
        if (managerEmpId is null)
            missing.Add("a manager");
        return missing;
    }
}
