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
            .Select(Collect)
            .Where(change => change.Action != "changed" || change.Details is not null)];

    internal static Change Collect(EntityEntry<IAudited> entry)
        => new(entry.Entity, entry.State switch
        {
            EntityState.Added => "added",
            EntityState.Deleted => "removed",
            _ => "changed",
        }, Details(entry));

    private static string? Details(EntityEntry entry)
    {
        var told = entry.Properties.Where(IsTold)
            .Select(property => (
                property.Metadata,
                Old: entry.State == EntityState.Added ? null : property.OriginalValue,
                New: entry.State == EntityState.Deleted ? null : property.CurrentValue))
            .ToList();
        if (told.TrueForAll(change => Same(change.Old, change.New)))
            return null;
        // A part says what it belongs to, even when that didn't change: its history is read from the whole.
        return JsonSerializer.Serialize(told
            .Where(change => !Same(change.Old, change.New) || (entry.Entity is IAuditedPart && change.Metadata.IsForeignKey() && change.New is not null))
            .ToDictionary(change => change.Metadata.Name, change => new[] { Text(change.Old), Text(change.New) }));
    }

    private static bool Same(object? one, object? other)
        => one is IEnumerable<string> list && other is IEnumerable<string> otherList ? list.SequenceEqual(otherList) : Equals(one, other);

    private static string? Text(object? value) => value switch
    {
        null => null,
        IEnumerable<string> list => string.Join(", ", list),
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    internal sealed record Change(IAudited Subject, string Action, string? Details)
    {
        internal IEnumerable<AuditEntry> ToEntries(DateTime at, Actor actor)
        {
            var name = Subject.GetType().Name;
            return Subject is IAuditedPart part
                ? part.Wholes().Select(whole => Entry($"{name.ToLowerInvariant()} {Action}", whole.Subject, whole.Id))
                : [Entry(Action, name, Subject.Id)];

            AuditEntry Entry(string action, string subject, int id) => new()
            {
                At = at,
                Actor = actor.Name,
                Address = actor.Address,
                Action = action,
                Subject = subject,
                SubjectId = id,
                Details = Details,
            };
        }
    }
}
