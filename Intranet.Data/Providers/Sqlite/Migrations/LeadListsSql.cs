using Microsoft.EntityFrameworkCore.Migrations;

namespace Intranet.Data.Providers.Sqlite.Migrations;

/// <summary>
/// What <see cref="LeadLists"/> does beside columns and indexes: keys of what is there already, and two tables of sums that
/// triggers keep. A trigger sees each row that anybody writes, past change tracking as well, in the writer's own transaction.
/// A later migration that makes SQLite copy Leads or Interactions drops the triggers with the old table, and must create them again.
/// </summary>
internal static class LeadListsSql
{
    /// <summary>
    /// The search key ends with the city, folded. Letters that fold to two are the only ones of European cities that change
    /// the length; where others do, the key is right when the lead is saved next.
    /// </summary>
    internal const string Keys = """
        UPDATE "Leads" SET "CityKey" = substr("SearchKey", length("SearchKey") + 1 - length(
            replace(replace(replace(replace(replace(replace(replace(replace("City", 'ß', 'ss'), 'ẞ', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'), 'þ', 'th'), 'Þ', 'th')))
            WHERE "City" <> '';
        UPDATE "Leads" SET ("Label", "IsSlipping") = (SELECT p."Label", p."IsSlipping" FROM "LeadPerformance" AS p WHERE p."LeadId" = "Leads"."Id")
            WHERE EXISTS (SELECT 1 FROM "LeadPerformance" AS p WHERE p."LeadId" = "Leads"."Id");
        UPDATE "LeadWords" SET "SearchKey" = (SELECT l."SearchKey" FROM "Leads" AS l WHERE l."Id" = "LeadWords"."LeadId");
        """;

    internal const string LeadTotals = $"""
        CREATE TABLE "LeadTotals" (
            "OwnerId" INTEGER NOT NULL, "Stage" INTEGER NOT NULL, "Currency" TEXT NOT NULL, "Leads" INTEGER NOT NULL, "Value" INTEGER NOT NULL,
            PRIMARY KEY ("OwnerId", "Stage", "Currency")) WITHOUT ROWID;
        INSERT INTO "LeadTotals" SELECT COALESCE("OwnerId", 0), "Stage", "Currency", COUNT(*), COALESCE(SUM("ExpectedValue"), 0) FROM "Leads" WHERE "DeletedAt" IS NULL GROUP BY 1, 2, 3;
        CREATE TRIGGER "LeadTotals_Insert" AFTER INSERT ON "Leads" WHEN NEW."DeletedAt" IS NULL BEGIN {AddLead}; END;
        CREATE TRIGGER "LeadTotals_Delete" AFTER DELETE ON "Leads" WHEN OLD."DeletedAt" IS NULL BEGIN {TakeLead}; END;
        CREATE TRIGGER "LeadTotals_Leave" AFTER UPDATE OF "OwnerId", "Stage", "Currency", "ExpectedValue", "DeletedAt" ON "Leads" WHEN OLD."DeletedAt" IS NULL BEGIN {TakeLead}; END;
        CREATE TRIGGER "LeadTotals_Enter" AFTER UPDATE OF "OwnerId", "Stage", "Currency", "ExpectedValue", "DeletedAt" ON "Leads" WHEN NEW."DeletedAt" IS NULL BEGIN {AddLead}; END;
        """;

    internal const string KamDays = $"""
        CREATE TABLE "KamDays" (
            "Day" TEXT NOT NULL, "KamId" INTEGER NOT NULL, "Currency" TEXT NOT NULL, "Orders" INTEGER NOT NULL, "Revenue" INTEGER NOT NULL, "Calls" INTEGER NOT NULL, "Reached" INTEGER NOT NULL,
            PRIMARY KEY ("Day", "KamId", "Currency")) WITHOUT ROWID;
        INSERT INTO "KamDays" SELECT "OrderedOn", COALESCE("CreditedToId", 0), COALESCE("Currency", ''), COUNT(*), COALESCE(SUM("OrderValue"), 0), 0, 0
            FROM "Interactions" WHERE "OrderedOn" IS NOT NULL GROUP BY 1, 2, 3;
        INSERT INTO "KamDays" SELECT "On", COALESCE("CreditedToId", 0), '', 0, 0, COUNT(*), SUM("Outcome" IS 0)
            FROM "Interactions" WHERE "Kind" = 0 AND "CorrectedAt" IS NULL GROUP BY 1, 2 {Added};
        CREATE TRIGGER "KamDays_InsertOrder" AFTER INSERT ON "Interactions" WHEN NEW."OrderedOn" IS NOT NULL BEGIN {AddOrder}; END;
        CREATE TRIGGER "KamDays_InsertCall" AFTER INSERT ON "Interactions" WHEN NEW."Kind" = 0 AND NEW."CorrectedAt" IS NULL BEGIN {AddCall}; END;
        CREATE TRIGGER "KamDays_DeleteOrder" AFTER DELETE ON "Interactions" WHEN OLD."OrderedOn" IS NOT NULL BEGIN {TakeOrder}; END;
        CREATE TRIGGER "KamDays_DeleteCall" AFTER DELETE ON "Interactions" WHEN OLD."Kind" = 0 AND OLD."CorrectedAt" IS NULL BEGIN {TakeCall}; END;
        CREATE TRIGGER "KamDays_LeaveOrder" AFTER UPDATE OF "OrderedOn", "CreditedToId", "Currency", "OrderValue" ON "Interactions" WHEN OLD."OrderedOn" IS NOT NULL BEGIN {TakeOrder}; END;
        CREATE TRIGGER "KamDays_EnterOrder" AFTER UPDATE OF "OrderedOn", "CreditedToId", "Currency", "OrderValue" ON "Interactions" WHEN NEW."OrderedOn" IS NOT NULL BEGIN {AddOrder}; END;
        CREATE TRIGGER "KamDays_LeaveCall" AFTER UPDATE OF "On", "CreditedToId", "Kind", "Outcome", "CorrectedAt" ON "Interactions" WHEN OLD."Kind" = 0 AND OLD."CorrectedAt" IS NULL BEGIN {TakeCall}; END;
        CREATE TRIGGER "KamDays_EnterCall" AFTER UPDATE OF "On", "CreditedToId", "Kind", "Outcome", "CorrectedAt" ON "Interactions" WHEN NEW."Kind" = 0 AND NEW."CorrectedAt" IS NULL BEGIN {AddCall}; END;
        """;

    private const string AddLead = """
        INSERT INTO "LeadTotals" VALUES (COALESCE(NEW."OwnerId", 0), NEW."Stage", NEW."Currency", 1, COALESCE(NEW."ExpectedValue", 0))
            ON CONFLICT ("OwnerId", "Stage", "Currency") DO UPDATE SET "Leads" = "Leads" + 1, "Value" = "Value" + excluded."Value"
        """;

    private const string TakeLead = """
        UPDATE "LeadTotals" SET "Leads" = "Leads" - 1, "Value" = "Value" - COALESCE(OLD."ExpectedValue", 0)
            WHERE "OwnerId" = COALESCE(OLD."OwnerId", 0) AND "Stage" = OLD."Stage" AND "Currency" = OLD."Currency"
        """;

    private const string Added = """
        ON CONFLICT ("Day", "KamId", "Currency") DO UPDATE SET
            "Orders" = "Orders" + excluded."Orders", "Revenue" = "Revenue" + excluded."Revenue", "Calls" = "Calls" + excluded."Calls", "Reached" = "Reached" + excluded."Reached"
        """;

    private const string AddOrder = $"""INSERT INTO "KamDays" VALUES (NEW."OrderedOn", COALESCE(NEW."CreditedToId", 0), COALESCE(NEW."Currency", ''), 1, COALESCE(NEW."OrderValue", 0), 0, 0) {Added}""";

    private const string AddCall = $"""INSERT INTO "KamDays" VALUES (NEW."On", COALESCE(NEW."CreditedToId", 0), '', 0, 0, 1, NEW."Outcome" IS 0) {Added}""";

    private const string TakeOrder = """
        UPDATE "KamDays" SET "Orders" = "Orders" - 1, "Revenue" = "Revenue" - COALESCE(OLD."OrderValue", 0)
            WHERE "Day" = OLD."OrderedOn" AND "KamId" = COALESCE(OLD."CreditedToId", 0) AND "Currency" = COALESCE(OLD."Currency", '')
        """;

    private const string TakeCall = """
        UPDATE "KamDays" SET "Calls" = "Calls" - 1, "Reached" = "Reached" - (OLD."Outcome" IS 0)
            WHERE "Day" = OLD."On" AND "KamId" = COALESCE(OLD."CreditedToId", 0) AND "Currency" = ''
        """;

    internal static void DropSums(MigrationBuilder migration)
    {
        foreach (var trigger in new[] { "LeadTotals_Insert", "LeadTotals_Delete", "LeadTotals_Leave", "LeadTotals_Enter", "KamDays_InsertOrder", "KamDays_InsertCall", "KamDays_DeleteOrder", "KamDays_DeleteCall", "KamDays_LeaveOrder", "KamDays_EnterOrder", "KamDays_LeaveCall", "KamDays_EnterCall" })
            migration.Sql($"DROP TRIGGER \"{trigger}\";");
        migration.Sql("DROP TABLE \"LeadTotals\"; DROP TABLE \"KamDays\";");
    }
}
