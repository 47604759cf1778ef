namespace Intranet.Data.Directory;

/// <summary>One row of FindPOC, in the contract's order of columns.</summary>
public sealed record PocRow(
    string EmpId, string FirstName, string LastName, string? Title, string EmailId, string ChatUserName, string Region, string City);
