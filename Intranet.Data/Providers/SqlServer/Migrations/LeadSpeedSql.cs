namespace Intranet.Data.Providers.SqlServer.Migrations;

/// <summary>Two more views of sums.</summary>
internal static class LeadSpeedSql
{
    // Inside EXEC, because CREATE VIEW must stand alone in its batch and idempotent scripts wrap it in an IF.
    internal const string LabelTotals = """
        EXEC(N'CREATE VIEW [LabelTotals] AS
            SELECT COALESCE([OwnerId], 0) AS [OwnerId], [Label], [IsSlipping], COUNT(*) AS [Leads]
            FROM [Leads] WHERE [DeletedAt] IS NULL AND [Label] IS NOT NULL GROUP BY [OwnerId], [Label], [IsSlipping]');
        """;

    internal const string DueTotals = """
        EXEC(N'CREATE VIEW [DueTotals] AS SELECT [DueAt], COUNT(*) AS [Leads] FROM [Leads] WHERE [DueAt] IS NOT NULL GROUP BY [DueAt]');
        """;
}
