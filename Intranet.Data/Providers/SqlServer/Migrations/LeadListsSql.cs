namespace Intranet.Data.Providers.SqlServer.Migrations;

/// <summary>What <see cref="LeadLists"/> does beside columns and indexes: keys of what is there already, and two views of sums.</summary>
internal static class LeadListsSql
{
    /// <summary>
    /// The search key ends with the city, folded. Letters that fold to two are the only ones of European cities that change
    /// the length; where others do, the key is right when the lead is saved next.
    /// </summary>
    // Inside EXEC, because a script may hold the column's ALTER TABLE in the same batch, which is compiled before it has run.
    internal const string CityKeys = """
        EXEC(N'UPDATE [Leads] SET [CityKey] = LEFT(RIGHT([SearchKey], LEN(
            REPLACE(REPLACE(REPLACE(REPLACE(LOWER([City]) COLLATE Latin1_General_100_BIN2, N''ß'', N''ss''), N''æ'', N''ae''), N''œ'', N''oe''), N''þ'', N''th''))), 100)
            WHERE [City] <> N''''');
        """;

    internal const string Labels = """
        EXEC(N'UPDATE l SET [Label] = p.[Label], [IsSlipping] = p.[IsSlipping] FROM [Leads] AS l INNER JOIN [LeadPerformance] AS p ON p.[LeadId] = l.[Id]');
        """;

    internal const string WordKeys = """
        EXEC(N'UPDATE w SET [SearchKey] = l.[SearchKey] FROM [LeadWords] AS w INNER JOIN [Leads] AS l ON l.[Id] = w.[LeadId]');
        """;

    // Inside EXEC, because CREATE VIEW must stand alone in its batch and idempotent scripts wrap it in an IF.
    internal const string LeadTotals = """
        EXEC(N'CREATE VIEW [LeadTotals] AS
            SELECT COALESCE([OwnerId], 0) AS [OwnerId], [Stage], [Currency], COUNT(*) AS [Leads], COALESCE(SUM([ExpectedValue]), 0) AS [Value]
            FROM [Leads] WHERE [DeletedAt] IS NULL GROUP BY [OwnerId], [Stage], [Currency]');
        """;

    internal const string KamDays = """
        EXEC(N'CREATE VIEW [KamDays] AS
            SELECT [OrderedOn] AS [Day], COALESCE([CreditedToId], 0) AS [KamId], COALESCE([Currency], N'''') AS [Currency],
                COUNT(*) AS [Orders], COALESCE(SUM([OrderValue]), 0) AS [Revenue], 0 AS [Calls], 0 AS [Reached]
            FROM [Interactions] WHERE [OrderedOn] IS NOT NULL GROUP BY [OrderedOn], [CreditedToId], [Currency]
            UNION ALL
            SELECT [On], COALESCE([CreditedToId], 0), N'''', 0, 0, COUNT(*), SUM(CASE WHEN [Outcome] = 0 THEN 1 ELSE 0 END)
            FROM [Interactions] WHERE [Kind] = 0 AND [CorrectedAt] IS NULL GROUP BY [On], [CreditedToId]');
        """;
}
