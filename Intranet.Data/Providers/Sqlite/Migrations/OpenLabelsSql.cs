namespace Intranet.Data.Providers.Sqlite.Migrations;

/// <summary>What <see cref="OpenLabels"/> does beside columns and indexes: leads that are closed (5) or deleted are on no list.</summary>
internal static class OpenLabelsSql
{
    // Triggers take the labels of those out of LabelTotals.
    internal const string Fill = """
        UPDATE "LeadPerformance" SET "ListedAs" = "Label" WHERE "LeadId" IN (SELECT "Id" FROM "Leads" WHERE "Stage" <> 5 AND "DeletedAt" IS NULL);
        UPDATE "Leads" SET "Label" = NULL WHERE "Label" IS NOT NULL AND ("Stage" = 5 OR "DeletedAt" IS NOT NULL);
        """;

    // Dropped by a migration's operation, SQLite would copy the tables, and lose the triggers that keep sums.
    internal const string Return = """
        UPDATE "Leads" SET "Label" = (SELECT "one"."Label" FROM "LeadPerformance" AS "one" WHERE "one"."LeadId" = "Leads"."Id") WHERE "Label" IS NULL;
        ALTER TABLE "Leads" DROP COLUMN "IsTimeZoneChosen";
        ALTER TABLE "LeadPerformance" DROP COLUMN "ListedAs";
        """;
}
