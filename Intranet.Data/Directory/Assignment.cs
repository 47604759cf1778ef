using Intranet.Data.Auditing;

namespace Intranet.Data.Directory;

/// <summary>What an employee is to a product, a repository, or a repository as part of a product.</summary>
public sealed class Assignment : IAuditedPart, IVersioned
{
    public int Id { get; private set; }
    public int EmployeeId { get; set; }
    public Employee? Employee { get; set; }
    public int? ProductId { get; set; }
    public Product? Product { get; set; }
    public int? RepositoryId { get; set; }
    public Repository? Repository { get; set; }
    public AssignmentRole Role { get; set; } = AssignmentRole.Member;

    /// <summary>When somebody last said that this is still true, and who.</summary>
    public DateOnly? ConfirmedOn { get; private set; }
    public string? ConfirmedBy { get; private set; }

    public Guid Version { get; set; } = Guid.NewGuid();

    /// <summary>Makes it an assignment of somebody else, to something else or in another role. What was confirmed was the old one.</summary>
    public void Become(int employeeId, int? productId, int? repositoryId, AssignmentRole role)
    {
        if ((employeeId, productId, repositoryId, role) == (EmployeeId, ProductId, RepositoryId, Role))
            return;
        (EmployeeId, ProductId, RepositoryId, Role) = (employeeId, productId, repositoryId, role);
        (ConfirmedOn, ConfirmedBy) = (null, null);
    }

    public void Confirm(DateOnly on, string by) => (ConfirmedOn, ConfirmedBy) = (on, by);

    IEnumerable<(string Subject, int Id)> IAuditedPart.Wholes()
    {
        yield return (nameof(Employee), EmployeeId);
        if (ProductId is { } product)
            yield return (nameof(Product), product);
        if (RepositoryId is { } repository)
            yield return (nameof(Repository), repository);
    }
}

/// <summary>In the order in which one would ask.</summary>
public enum AssignmentRole
{
    Owner = 0,
    Backup = 1,
    Member = 2,
}
