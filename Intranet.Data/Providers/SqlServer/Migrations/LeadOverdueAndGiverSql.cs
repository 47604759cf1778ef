namespace Intranet.Data.Providers.SqlServer.Migrations;

/// <summary>What <see cref="LeadOverdueAndGiver"/> does beside columns and indexes.</summary>
internal static class LeadOverdueAndGiverSql
{
    /// <summary>
    /// From the day on which it is due; after calls without an answer from the day that the plan gave. Days that a lead
    /// prefers, and clocks that were changed in between, are left to the next time that all leads are computed, which is minutes after the start.
    /// </summary>
    // Inside EXEC, because a script may hold the column's ALTER TABLE in the same batch, which is compiled before it has run.
    internal const string Fill = """
        EXEC(N'UPDATE [Leads] SET [OverdueAt] = DATEADD(day, 1, [DueAt]) WHERE [DueAt] IS NOT NULL;
            UPDATE [Leads] SET [OverdueAt] = DATEADD(day, DATEDIFF(day, [NextDueOn], COALESCE(DATEADD(day, [IntervalDays], [LastTouchOn]), CAST([CreatedAt] AS date))) + 1, [DueAt])
                WHERE [DueAt] IS NOT NULL AND [RetryCause] IN (0, 1) AND [IntervalDays] IS NOT NULL;
            UPDATE [Leads] SET [OverdueAt] = DATEADD(day, DATEDIFF(day, [NextDueOn], [PausedUntil]) + 1, [DueAt])
                WHERE [DueAt] IS NOT NULL AND [PausedUntil] IS NOT NULL AND [OverdueAt] < DATEADD(day, DATEDIFF(day, [NextDueOn], [PausedUntil]) + 1, [DueAt])');
        """;
}
