namespace Intranet.Data;

/// <summary>
/// The names of what is held by <see cref="IntranetDbContext.LockAsync"/>, but for those of single jobs. Who takes several takes them in
/// the order they stand here, or two wait for each other on a server; what is further down is held for a shorter time, too.
/// </summary>
public static class Locks
{
    /// <summary>One portion of a file is applied at a time, and no title rules change meanwhile.</summary>
    public const string Imports = "import";

    /// <summary>Contacts, links, separations, choices and with them the clusters: whoever writes any of it, or decides by it.</summary>
    public const string Contacts = "contacts";

    /// <summary>Duplicate pairs as scans, arrivals and decisions write them, and who looks at which. Whoever connects or erases contacts marks theirs under the one above alone.</summary>
    public const string Duplicates = "duplicates";

    /// <summary>Leads, their pocs, moves and interactions, and what is counted from them.</summary>
    public const string Leads = "leads";

    /// <summary>Who is an administrator: the last one is not taken away.</summary>
    public const string Administrators = "administrators";

    /// <summary>Settings that one form shows together. Taken alone.</summary>
    public const string Settings = "settings";

    /// <summary>Which moves between stages are allowed. Taken alone.</summary>
    public const string AllowedMoves = "allowed-moves";

    /// <summary>That there is no account yet. Taken alone.</summary>
    public const string FirstAdministrator = "first administrator";

    /// <summary>The accounts of the sample. Taken alone.</summary>
    public const string SampleAccounts = "sample accounts";

    /// <summary>The variants of words that a search forgives.</summary>
    public const string Spellings = "spellings";
}
