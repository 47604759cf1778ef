using Intranet.Data.Directory;
using Microsoft.AspNetCore.Identity;

namespace Intranet.Data.Accounts;

/// <summary>Somebody who can sign in.</summary>
public sealed class User : IdentityUser<int>
{
    /// <summary>Until when somebody is locked whom an administrator locked; failed sign-ins lock for minutes.</summary>
    public static readonly DateTimeOffset LockedForever = DateTimeOffset.MaxValue;

    public string DisplayName { get; set; } = "";

    /// <summary>The same person in the directory, when their address is known there.</summary>
    public int? EmployeeId { get; set; }
    public Employee? Employee { get; set; }

    /// <summary>A sample account: exists in Development only and can't sign in anywhere else.</summary>
    public bool IsSample { get; set; }

    public DateTime CreatedAt { get; set; }
}

public sealed class Role : IdentityRole<int>
{
    public Role() { }
    public Role(string name) : base(name) { }

    public const string Steward = "steward";
    public const string Kam = "kam";
    public const string SalesLead = "sales lead";
    public const string Administrator = "administrator";

    /// <summary>Everyone who is signed in is an employee; it is stored like the others so that lists can show it.</summary>
    public const string Employee = "employee";

    public static readonly IReadOnlyList<string> All = [Employee, Steward, Kam, SalesLead, Administrator];
}
