using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Intranet.Data.Auditing;

/// <summary>Turns what is about to be saved into audit entries.</summary>
internal static class AuditTrail
{
    // Written by the entity itself or of no interest to a reader.
    private static bool IsTold(IProperty property)
        => !property.IsPrimaryKey()
            && property.Name is not nameof(IVersioned.Version)
            && !property.Name.EndsWith("Key", StringComparison.Ordinal);

    internal static List<Change> Collect(ChangeTracker tracker)
        => [.. tracker.Entries<IAudited>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(Collect)
            .Where(change => change.Action != "changed" || change.Details is not null)];

    /// <summary>The same as for a tracked record that is about to be added; for who inserts past change tracking.</summary>
    internal static Change Added(IAudited record, IEntityType entity)
    {
        var told = Told.GetValue(entity, _ => [.. entity.GetProperties().Where(IsTold).Select(property => (property.Name, property.GetGetter()))])
            .Select(property => (property.Name, Value: property.Getter.GetClrValue(record)))
            .Where(property => property.Value is not null)
            .ToDictionary(property => property.Name, property => new[] { null, Text(property.Value) });
        return new Change(record, "added", told.Count == 0 ? null : JsonSerializer.Serialize(told));
    }

    private static readonly ConditionalWeakTable<IEntityType, (string Name, IClrPropertyGetter Getter)[]> Told = [];

    internal static Change Collect(EntityEntry<IAudited> entry)
        => new(entry.Entity, entry.State switch
        {
            EntityState.Added => "added",
            EntityState.Deleted => "removed",
            _ => "changed",
        }, Details(entry));

    private static string? Details(EntityEntry entry)
    {
        var told = entry.Properties.Where(property => IsTold(property.Metadata))
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
