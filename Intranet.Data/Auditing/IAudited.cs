namespace Intranet.Data.Auditing;

/// <summary>Every change of such an entity leaves an audit entry, saved in the same transaction.</summary>
public interface IAudited
{
    int Id { get; }
}

/// <summary>A second writer that started from an older version is told so instead of overwriting the first.</summary>
public interface IVersioned
{
    Guid Version { get; set; }
}

/// <summary>
/// Part of other records: its changes are told in their histories ("assignment added"), not in one of its own.
/// </summary>
public interface IAuditedPart : IAudited
{
    IEnumerable<(string Subject, int Id)> Wholes();
}
