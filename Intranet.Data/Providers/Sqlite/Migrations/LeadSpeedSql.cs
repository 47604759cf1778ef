namespace Intranet.Data.Providers.Sqlite.Migrations;

/// <summary>
/// Two more tables of sums that triggers keep, as those of <see cref="LeadListsSql"/>. Who computes leads anew writes all of their
/// columns: what stays the same in them moves nothing.
/// </summary>
internal static class LeadSpeedSql
{
    internal const string LabelTotals = $"""
        CREATE TABLE "LabelTotals" (
            "OwnerId" INTEGER NOT NULL, "Label" INTEGER NOT NULL, "IsSlipping" INTEGER NOT NULL, "Leads" INTEGER NOT NULL,
            PRIMARY KEY ("OwnerId", "Label", "IsSlipping")) WITHOUT ROWID;
        INSERT INTO "LabelTotals" SELECT COALESCE("OwnerId", 0), "Label", "IsSlipping", COUNT(*) FROM "Leads" WHERE "DeletedAt" IS NULL AND "Label" IS NOT NULL GROUP BY 1, 2, 3;
        CREATE TRIGGER "LabelTotals_Insert" AFTER INSERT ON "Leads" WHEN NEW."DeletedAt" IS NULL AND NEW."Label" IS NOT NULL BEGIN {AddLabel}; END;
        CREATE TRIGGER "LabelTotals_Delete" AFTER DELETE ON "Leads" WHEN OLD."DeletedAt" IS NULL AND OLD."Label" IS NOT NULL BEGIN {TakeLabel}; END;
        CREATE TRIGGER "LabelTotals_Leave" AFTER UPDATE OF "OwnerId", "Label", "IsSlipping", "DeletedAt" ON "Leads" WHEN OLD."DeletedAt" IS NULL AND OLD."Label" IS NOT NULL AND {LabelChanged} BEGIN {TakeLabel}; END;
        CREATE TRIGGER "LabelTotals_Enter" AFTER UPDATE OF "OwnerId", "Label", "IsSlipping", "DeletedAt" ON "Leads" WHEN NEW."DeletedAt" IS NULL AND NEW."Label" IS NOT NULL AND {LabelChanged} BEGIN {AddLabel}; END;
        """;

    // Moments that are over would stay for ever: what adds up to nothing goes.
    internal const string DueTotals = $"""
        CREATE TABLE "DueTotals" ("DueAt" TEXT NOT NULL PRIMARY KEY, "Leads" INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO "DueTotals" SELECT "DueAt", COUNT(*) FROM "Leads" WHERE "DueAt" IS NOT NULL GROUP BY 1;
        CREATE TRIGGER "DueTotals_Insert" AFTER INSERT ON "Leads" WHEN NEW."DueAt" IS NOT NULL BEGIN {AddDue}; END;
        CREATE TRIGGER "DueTotals_Delete" AFTER DELETE ON "Leads" WHEN OLD."DueAt" IS NOT NULL BEGIN {TakeDue}; END;
        CREATE TRIGGER "DueTotals_Leave" AFTER UPDATE OF "DueAt" ON "Leads" WHEN OLD."DueAt" IS NOT NULL AND OLD."DueAt" IS NOT NEW."DueAt" BEGIN {TakeDue}; END;
        CREATE TRIGGER "DueTotals_Enter" AFTER UPDATE OF "DueAt" ON "Leads" WHEN NEW."DueAt" IS NOT NULL AND OLD."DueAt" IS NOT NEW."DueAt" BEGIN {AddDue}; END;
        """;

    // The triggers of a table that stays don't go with the table they write to.
    internal const string Drop = """
        DROP TRIGGER "LabelTotals_Insert"; DROP TRIGGER "LabelTotals_Delete"; DROP TRIGGER "LabelTotals_Leave"; DROP TRIGGER "LabelTotals_Enter"; DROP TABLE "LabelTotals";
        DROP TRIGGER "DueTotals_Insert"; DROP TRIGGER "DueTotals_Delete"; DROP TRIGGER "DueTotals_Leave"; DROP TRIGGER "DueTotals_Enter"; DROP TABLE "DueTotals";
        """;

    private const string LabelChanged = """
        (OLD."OwnerId" IS NOT NEW."OwnerId" OR OLD."Label" IS NOT NEW."Label" OR OLD."IsSlipping" <> NEW."IsSlipping" OR (OLD."DeletedAt" IS NULL) <> (NEW."DeletedAt" IS NULL))
        """;

    private const string AddLabel = """
        INSERT INTO "LabelTotals" VALUES (COALESCE(NEW."OwnerId", 0), NEW."Label", NEW."IsSlipping", 1)
            ON CONFLICT ("OwnerId", "Label", "IsSlipping") DO UPDATE SET "Leads" = "Leads" + 1
        """;

    private const string TakeLabel = """
        UPDATE "LabelTotals" SET "Leads" = "Leads" - 1
            WHERE "OwnerId" = COALESCE(OLD."OwnerId", 0) AND "Label" = OLD."Label" AND "IsSlipping" = OLD."IsSlipping"
        """;

    private const string AddDue = """INSERT INTO "DueTotals" VALUES (NEW."DueAt", 1) ON CONFLICT ("DueAt") DO UPDATE SET "Leads" = "Leads" + 1""";

    private const string TakeDue = """
        UPDATE "DueTotals" SET "Leads" = "Leads" - 1 WHERE "DueAt" = OLD."DueAt";
            DELETE FROM "DueTotals" WHERE "DueAt" = OLD."DueAt" AND "Leads" = 0
        """;
}
