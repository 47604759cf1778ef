using Intranet.Data.Directory;

namespace Intranet.Data.Imports.Kinds;

internal sealed record Named(int Id, string Name, string NameKey);

/// <summary>Records that rows refer to by name, with a "did you mean" for those that don't exist.</summary>
internal sealed class Names(string what, IReadOnlyList<Named> all)
{
    private readonly Dictionary<string, Named> byKey = all.ToDictionary(named => named.NameKey, StringComparer.Ordinal);

    // The same misspelling tends to fill a column.
    private readonly Dictionary<string, string> advice = new(StringComparer.Ordinal);

    internal Named? Find(string name) => name.Length == 0 ? null : byKey.GetValueOrDefault(TextKey.Name(name));

    /// <summary>Null for an empty name, and for an unknown one, which is then a problem of the row.</summary>
    internal Named? Find(string field, string name, RowMeaning meaning)
    {
        var found = Find(name);
        if (found is not null || name.Length == 0)
            return found;
        if (!advice.TryGetValue(name, out var text))
        {
            text = Similarity.Nearest(name, all.Select(named => named.Name)) is { } near
                ? $"There is no {what} {name}. Did you mean {near}?"
                : $"There is no {what} {name}. Add it first, or correct the name.";
            advice[name] = text;
        }

        meaning.Refuse(field, text);
        return null;
    }
}
