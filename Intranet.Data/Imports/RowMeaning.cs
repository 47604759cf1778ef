namespace Intranet.Data.Imports;

/// <summary>What a row means when it is compared with what is known.</summary>
public sealed class RowMeaning
{
    public bool IsNew { get; init; }

    /// <summary>The known record it is about, for kinds that are asked to forget.</summary>
    public int? SubjectId { get; init; }

    /// <summary>Somebody who was erased for privacy: the notes of the import must not hold what the row says.</summary>
    public bool IsOfErased { get; private init; }
    public List<FieldChange> Changes { get; } = [];
    public List<RowProblem> Problems { get; } = [];

    public ImportRowKind Kind => Problems.Count > 0 ? ImportRowKind.Error
        : IsNew ? ImportRowKind.New
        : Changes.Count > 0 ? ImportRowKind.Update
        : ImportRowKind.Same;

    /// <summary>The row is about somebody who was erased, and is not taken.</summary>
    internal static RowMeaning OfErased()
    {
        var meaning = new RowMeaning { IsOfErased = true };
        meaning.Refuse("", "Somebody who was erased for privacy; no file brings them back. If they came back themselves, add them by hand first.");
        return meaning;
    }

    /// <summary>Notes a difference. An empty cell says nothing: it leaves the value as it is.</summary>
    public void Compare(string field, string? known, string value)
    {
        if (value.Length > 0 && !string.Equals(known ?? "", value, StringComparison.Ordinal))
            Changes.Add(new FieldChange(field, IsNew ? null : known, value));
    }

    /// <summary>The row can't be taken. <paramref name="whatToDo"/> is a sentence, or several.</summary>
    public void Refuse(string field, string whatToDo) => Problems.Add(new RowProblem(field, whatToDo));
}

public sealed record FieldChange(string Field, string? Old, string? New);

public sealed record RowProblem(string Field, string WhatToDo);
