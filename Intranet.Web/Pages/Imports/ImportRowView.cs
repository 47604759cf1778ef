using System.Text.Json;
using Intranet.Data.Imports;

namespace Intranet.Web.Pages.Imports;

/// <summary>One row of a file as its page shows it.</summary>
public sealed record ImportRowView(int Line, ImportRowKind Kind, string Label, string? Changes, string? Column, string? Raw, string? Problem)
{
    /// <summary>Field, old and new value; old is empty for new rows.</summary>
    public IEnumerable<(string Field, string? Old, string? New)> Fields
        => Kind is ImportRowKind.New or ImportRowKind.Update && Changes is not null
            ? JsonSerializer.Deserialize<Dictionary<string, string?[]>>(Changes)!.Select(change => (change.Key, change.Value[0], change.Value[1]))
            : [];
}
