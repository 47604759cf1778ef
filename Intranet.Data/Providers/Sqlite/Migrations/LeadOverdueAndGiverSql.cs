namespace Intranet.Data.Providers.Sqlite.Migrations;

/// <summary>What <see cref="LeadOverdueAndGiver"/> does beside columns and indexes.</summary>
internal static class LeadOverdueAndGiverSql
{
    /// <summary>
    /// From the day on which it is due; after calls without an answer from the day that the plan gave. Days that a lead
    /// prefers, and clocks that were changed in between, are left to the next time that all leads are computed, which is minutes after the start.
    /// </summary>
    internal const string Fill = """
        UPDATE "Leads" SET "OverdueAt" = strftime('%Y-%m-%d %H:%M:%S', "DueAt", '+1 day', CASE
            WHEN "RetryCause" IN (0, 1) AND "IntervalDays" IS NOT NULL
            THEN (julianday(max(COALESCE(date("LastTouchOn", '+' || "IntervalDays" || ' days'), date("CreatedAt")), COALESCE("PausedUntil", '0001-01-01'))) - julianday("NextDueOn")) || ' days'
            ELSE '0 days' END)
        WHERE "DueAt" IS NOT NULL;
        """;

    // Dropped by a migration's operation, SQLite would copy the table, and lose the triggers that keep sums.
    internal const string Drop = """
        ALTER TABLE "Leads" DROP COLUMN "OverdueAt";
        """;
}
