using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Intranet.Data.Auditing;

/// <summary>Turns what is about to be saved into audit entries.</summary>
internal static class AuditTrail
{
    // Written by the entity itself or of no interest to a reader.
    private static bool IsTold(PropertyEntry property)
        => !property.Metadata.IsPrimaryKey()
            && property.Metadata.Name is not nameof(IVersioned.Version)
            && !property.Metadata.Name.EndsWith("Key", StringComparison.Ordinal);

    internal static List<Change> Collect(ChangeTracker tracker)
        => [.. tracker.Entries<IAudited>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(entry => new Change(entry.Entity, entry.State switch
            {
                EntityState.Added => "added",
                EntityState.Deleted => "removed",
                _ => "changed",
            }, Details(entry)))
            .Where(change => change.Action != "changed" || change.Details is not null)];

    private static string? Details(EntityEntry entry)
    {
        var told = entry.Properties.Where(IsTold).Where(property => entry.State != EntityState.Modified || property.IsModified)
            .Select(property => (
                property.Metadata.Name,
                Old: entry.State == EntityState.Added ? null : property.OriginalValue,
                New: entry.State == EntityState.Deleted ? null : property.CurrentValue))
            .Where(change => !Equals(change.Old, change.New))
            .ToDictionary(change => change.Name, change => new[] { Text(change.Old), Text(change.New) });
        return told.Count == 0 ? null : JsonSerializer.Serialize(told);
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        IEnumerable<string> list => string.Join(", ", list),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    internal sealed record Change(IAudited Subject, string Action, string? Details)
    {
        internal AuditEntry ToEntry(DateTime at, Actor actor) => new()
        {
            At = at,
            Actor = actor.Name,
            Address = actor.Address,
            Action = Action,
            Subject = Subject.GetType().Name,
            SubjectId = Subject.Id,
            Details = Details,
        };
    }
}
