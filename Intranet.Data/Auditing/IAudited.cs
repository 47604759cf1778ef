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
