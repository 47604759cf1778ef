namespace Intranet.Data.Providers.SqlServer.Migrations;

/// <summary>What <see cref="OpenLabels"/> does beside columns and indexes: leads that are closed (5) or deleted are on no list.</summary>
internal static class OpenLabelsSql
{
    // Inside EXEC, because a script may hold the column's ALTER TABLE in the same batch, which is compiled before it has run.
    internal const string Fill = """
        EXEC(N'UPDATE [LeadPerformance] SET [ListedAs] = [Label] WHERE [LeadId] IN (SELECT [Id] FROM [Leads] WHERE [Stage] <> 5 AND [DeletedAt] IS NULL);
            UPDATE [Leads] SET [Label] = NULL WHERE [Label] IS NOT NULL AND ([Stage] = 5 OR [DeletedAt] IS NOT NULL)');
        """;

    internal const string Return = """
        UPDATE [Leads] SET [Label] = (SELECT [one].[Label] FROM [LeadPerformance] AS [one] WHERE [one].[LeadId] = [Leads].[Id]) WHERE [Label] IS NULL;
        """;
}
