using System.Globalization;
using Intranet.Data.Contacts.Matching;

namespace Intranet.Data.Settings;

/// <summary>Saves settings that one form showed together, unless somebody saved others since; the audit tells each that becomes another.</summary>
public sealed class ChangeSettings(IntranetDbContext db)
{
    /// <param name="IsSaved">False: somebody saved others since they were shown, and nothing was changed.</param>
    /// <param name="Before">What was stored, or shipped where nothing was.</param>
    public sealed record Result<T>(bool IsSaved, T Before);

    /// <param name="wanted">What is saved.</param>
    /// <param name="version">Of those that were shown, see <see cref="VersionOf"/>; null: whatever is stored.</param>
    /// <param name="read">What is stored now, or shipped.</param>
    /// <param name="values">As they are stored, by their names.</param>
    /// <param name="cancellation">Before the end leaves everything as it was.</param>
    public async Task<Result<T>> RunAsync<T>(T wanted, string? version, Func<CancellationToken, Task<T>> read, Func<T, IReadOnlyDictionary<string, string>> values, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Two who save at the same moment: the second is told.
        await db.LockAsync(Locks.Settings, cancellation);
        var before = await read(cancellation);
        if (version is not null && version != VersionOf(values(before)))
            return new Result<T>(false, before);
        var were = values(before);
        foreach (var (name, value) in values(wanted).Where(one => were.GetValueOrDefault(one.Key) != one.Value))
        {
            var setting = await db.Settings.FindAsync([name], cancellation);
            db.Audit("changed", nameof(Setting), details: $"{name}: {setting?.Value ?? "as shipped"} → {value}");
            if (setting is null)
                db.Settings.Add(new Setting { Name = name, Value = value });
            else
                setting.Value = value;
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new Result<T>(true, before);
    }

    /// <summary>The same again only for the same settings: of a form, whether they are still those that it showed.</summary>
    public static string VersionOf(IReadOnlyDictionary<string, string> values) => StableHash.Of(string.Join('\n', values.Values)).ToString("x16", CultureInfo.InvariantCulture);
}
