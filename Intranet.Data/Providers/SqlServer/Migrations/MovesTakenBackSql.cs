namespace Intranet.Data.Providers.SqlServer.Migrations;

/// <summary>What <see cref="MovesTakenBack"/> does beside column and indexes.</summary>
internal static class MovesTakenBackSql
{
    /// <summary>
    /// A return says so, leads from where a move of the same user had led, and began no stay: the lead is in its stage since it
    /// had come there before. Who typed the same words for a move of their own began one. Then what each return takes back.
    /// </summary>
    // Inside EXEC, because a script may hold the column's ALTER TABLE in the same batch, which is compiled before it has run.
    internal const string Mark = $"""
        EXEC(N'UPDATE [StageMoves] SET [IsTakenBack] = 1
            WHERE [Id] IN (SELECT r.[Id] FROM [StageMoves] AS r WHERE r.[Reason] = N''Taken back.'' AND EXISTS (SELECT 1 FROM [StageMoves] AS m WHERE {IsMoveOf})
                AND NOT EXISTS (SELECT 1 FROM [StageMoves] AS n WHERE n.[LeadId] = r.[LeadId] AND n.[At] >= r.[At] AND n.[From] = r.[To] AND n.[FromSince] = r.[At])
                AND NOT EXISTS (SELECT 1 FROM [Leads] AS l WHERE l.[Id] = r.[LeadId] AND l.[StageSince] = r.[At]));
            UPDATE [StageMoves] SET [IsTakenBack] = 1
            WHERE [Id] IN (SELECT (SELECT MAX(m.[Id]) FROM [StageMoves] AS m WHERE {IsMoveOf}) FROM [StageMoves] AS r WHERE r.[IsTakenBack] = 1)');
        """;

    // Where several are of one instant, the last.
    private const string IsMoveOf = "m.[LeadId] = r.[LeadId] AND m.[At] = r.[FromSince] AND m.[From] = r.[To] AND m.[To] = r.[From] AND m.[ById] = r.[ById] AND m.[Id] < r.[Id]";
}
