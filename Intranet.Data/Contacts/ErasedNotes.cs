namespace Intranet.Data.Contacts;

/// <summary>
/// What is noted of somebody who is erased, before it becomes digests (<see cref="ErasedPeople"/>): as many notes as there are
/// values and names, and not one for each of the values beside each of the names. Pure.
/// </summary>
/// <param name="groups">How many groups there are already.</param>
internal sealed class ErasedNotes(int groups)
{
    // Of nearly everybody. Only beyond that a number is spent, and a file's row that meets one of the values asks each number.
    private const int MostPairs = 1000;

    private readonly HashSet<string> texts = new(StringComparer.Ordinal);

    internal IReadOnlyCollection<string> Texts => texts;

    internal void Add(IEnumerable<string> notes) => texts.UnionWith(notes);

    /// <summary>Notes that each key belongs to each name: as pairs, or where those were too many, each alone in a group of both.</summary>
    internal void AddPairs(IReadOnlyCollection<string> keys, IReadOnlyCollection<string> names)
    {
        if ((long)keys.Count * names.Count <= MostPairs)
        {
            Add(keys.SelectMany(key => names.Select(name => Pair(key, name))));
            return;
        }

        var group = ++groups;
        texts.Add(Group(group));
        foreach (var key in keys)
            Add([InGroups(key), KeyIn(group, key)]);
        Add(names.Select(name => NameIn(group, name)));
    }

    internal static string Pair(string key, string name) => $"{key} {name}";

    /// <summary>There is a group of that number.</summary>
    internal static string Group(int group) => $"group {group}";

    /// <summary>The key is in a group; for all others no group needs to be asked.</summary>
    internal static string InGroups(string key) => $"groups key {key}";

    internal static string KeyIn(int group, string key) => $"group {group} key {key}";

    internal static string NameIn(int group, string name) => $"group {group} name {name}";
}
