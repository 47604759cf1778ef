using Microsoft.EntityFrameworkCore.Migrations;

namespace Intranet.Data.Providers.Sqlite.Migrations;

/// <summary>
/// What <see cref="ChartSums"/> does beside the index: tables of sums that charts of all KAMs are read from, kept by triggers
/// as <see cref="LeadListsSql"/> keeps its own. Days and weeks of moves and of owners are UTC's. A later migration that makes
/// SQLite copy Leads, StageMoves or OwnershipPeriods must drop the triggers of all three before, because those of one read another, and create them again.
/// </summary>
internal static class ChartSumsSql
{
    /// <summary><c>KamDays</c> once more by weeks, in the order in which weeks are added up.</summary>
    internal const string KamWeeks = """
        CREATE TABLE "KamWeeks" (
            "Week" TEXT NOT NULL, "Currency" TEXT NOT NULL, "KamId" INTEGER NOT NULL, "Orders" INTEGER NOT NULL, "Revenue" INTEGER NOT NULL, "Calls" INTEGER NOT NULL, "Reached" INTEGER NOT NULL,
            PRIMARY KEY ("Week", "Currency", "KamId")) WITHOUT ROWID;
        INSERT INTO "KamWeeks" SELECT date("Day", 'weekday 0', '-6 days'), "Currency", "KamId", SUM("Orders"), SUM("Revenue"), SUM("Calls"), SUM("Reached") FROM "KamDays" GROUP BY 1, 2, 3;
        CREATE TRIGGER "KamWeeks_Insert" AFTER INSERT ON "KamDays" BEGIN
            INSERT INTO "KamWeeks" VALUES (date(NEW."Day", 'weekday 0', '-6 days'), NEW."Currency", NEW."KamId", NEW."Orders", NEW."Revenue", NEW."Calls", NEW."Reached")
                ON CONFLICT ("Week", "Currency", "KamId") DO UPDATE SET
                    "Orders" = "Orders" + excluded."Orders", "Revenue" = "Revenue" + excluded."Revenue", "Calls" = "Calls" + excluded."Calls", "Reached" = "Reached" + excluded."Reached"; END;
        CREATE TRIGGER "KamWeeks_Update" AFTER UPDATE ON "KamDays" BEGIN
            UPDATE "KamWeeks" SET "Orders" = "Orders" + NEW."Orders" - OLD."Orders", "Revenue" = "Revenue" + NEW."Revenue" - OLD."Revenue", "Calls" = "Calls" + NEW."Calls" - OLD."Calls", "Reached" = "Reached" + NEW."Reached" - OLD."Reached"
                WHERE "Week" = date(NEW."Day", 'weekday 0', '-6 days') AND "Currency" = NEW."Currency" AND "KamId" = NEW."KamId"; END;
        """;

    /// <summary>Of the moves that entered a stage on a day: how many, and what became of them; and how long those that left in a week had stayed.</summary>
    internal const string Stages = $"""
        CREATE TABLE "StageDays" (
            "Day" TEXT NOT NULL, "Stage" INTEGER NOT NULL, "Entered" INTEGER NOT NULL, "Onward" INTEGER NOT NULL, "Back" INTEGER NOT NULL, "Closed" INTEGER NOT NULL,
            PRIMARY KEY ("Day", "Stage")) WITHOUT ROWID;
        INSERT INTO "StageDays" SELECT date("At"), "To", COUNT(*), 0, 0, 0 FROM "StageMoves" GROUP BY 1, 2;
        INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, {BecameOf} FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x WHERE {IsExit} GROUP BY 1, 2 {AddedUp};
        CREATE TRIGGER "StageDays_Enter" AFTER INSERT ON "StageMoves" BEGIN
            INSERT INTO "StageDays" VALUES (date(NEW."At"), NEW."To", 1, 0, 0, 0) {AddedUp}; END;
        CREATE TRIGGER "StageDays_Exit" AFTER INSERT ON "StageMoves" BEGIN
            INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, {BecameOf} FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x
                WHERE x."Id" = NEW."Id" AND e."LeadId" = NEW."LeadId" AND e."At" = NEW."FromSince" AND e."Id" <> NEW."Id" AND {IsExit} GROUP BY 1, 2 {AddedUp};
            INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, {WasOf} FROM "StageMoves" AS x CROSS JOIN "StageMoves" AS e
                WHERE x."Id" = (SELECT MAX(p."Id") FROM "StageMoves" AS p WHERE p."LeadId" = NEW."LeadId" AND p."At" >= NEW."FromSince" AND p."From" = NEW."From" AND p."FromSince" = NEW."FromSince" AND p."Id" < NEW."Id")
                AND e."LeadId" = NEW."LeadId" AND e."At" = NEW."FromSince" AND e."Id" <> x."Id" AND {Ends} GROUP BY 1, 2 {AddedUp};
            INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, {BecameOf} FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x
                WHERE e."Id" = NEW."Id" AND x."LeadId" = NEW."LeadId" AND x."At" >= NEW."At" AND {IsExit} GROUP BY 1, 2 {AddedUp}; END;
        CREATE TABLE "StageStays" (
            "Stage" INTEGER NOT NULL, "Days" INTEGER NOT NULL, "Week" TEXT NOT NULL, "Leads" INTEGER NOT NULL,
            PRIMARY KEY ("Stage", "Days", "Week")) WITHOUT ROWID;
        INSERT INTO "StageStays" SELECT "From", (unixepoch("At") - unixepoch("FromSince")) / 86400, date("At", 'weekday 0', '-6 days'), COUNT(*)
            FROM "StageMoves" WHERE "From" IS NOT NULL AND "FromSince" IS NOT NULL GROUP BY 1, 2, 3;
        CREATE TRIGGER "StageStays_Insert" AFTER INSERT ON "StageMoves" WHEN NEW."From" IS NOT NULL AND NEW."FromSince" IS NOT NULL BEGIN
            INSERT INTO "StageStays" VALUES (NEW."From", (unixepoch(NEW."At") - unixepoch(NEW."FromSince")) / 86400, date(NEW."At", 'weekday 0', '-6 days'), 1)
                ON CONFLICT ("Stage", "Days", "Week") DO UPDATE SET "Leads" = "Leads" + 1; END;
        """;

    /// <summary>How many owners' times began and ended on a day, of leads that are not deleted; and who owned a lead more than once. Each owner's in a row, as they are added up.</summary>
    internal const string Owners = $"""
        CREATE TABLE "OwnerDays" ("OwnerId" INTEGER NOT NULL, "Day" TEXT NOT NULL, "Began" INTEGER NOT NULL, "Ended" INTEGER NOT NULL, PRIMARY KEY ("OwnerId", "Day")) WITHOUT ROWID;
        INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."From"), COUNT(*), 0 FROM "OwnershipPeriods" AS p WHERE {IsCurrent} GROUP BY 1, 2;
        INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."To"), 0, COUNT(*) FROM "OwnershipPeriods" AS p WHERE p."To" IS NOT NULL AND {IsCurrent} GROUP BY 1, 2 {Turned};
        CREATE TABLE "OwnerReturns" ("OwnerId" INTEGER NOT NULL, "LeadId" INTEGER NOT NULL, PRIMARY KEY ("OwnerId", "LeadId")) WITHOUT ROWID;
        INSERT INTO "OwnerReturns" SELECT "OwnerId", "LeadId" FROM "OwnershipPeriods" GROUP BY 1, 2 HAVING COUNT(*) > 1;
        CREATE TRIGGER "OwnerDays_Insert" AFTER INSERT ON "OwnershipPeriods" BEGIN
            {Begin} {End}
            INSERT OR IGNORE INTO "OwnerReturns" SELECT p."OwnerId", p."LeadId" FROM "OwnershipPeriods" AS p WHERE p."LeadId" = NEW."LeadId" AND p."OwnerId" = NEW."OwnerId" AND p."Id" <> NEW."Id"; END;
        CREATE TRIGGER "OwnerDays_End" AFTER UPDATE OF "To" ON "OwnershipPeriods" BEGIN {TakeEnd} {End} END;
        CREATE TRIGGER "OwnerDays_Leads" AFTER UPDATE OF "DeletedAt" ON "Leads" WHEN (OLD."DeletedAt" IS NULL) <> (NEW."DeletedAt" IS NULL) BEGIN
            INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."From"), CASE WHEN NEW."DeletedAt" IS NULL THEN COUNT(*) ELSE -COUNT(*) END, 0
                FROM "OwnershipPeriods" AS p WHERE p."LeadId" = NEW."Id" GROUP BY 1, 2 {Turned};
            INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."To"), 0, CASE WHEN NEW."DeletedAt" IS NULL THEN COUNT(*) ELSE -COUNT(*) END
                FROM "OwnershipPeriods" AS p WHERE p."LeadId" = NEW."Id" AND p."To" IS NOT NULL GROUP BY 1, 2 {Turned}; END;
        """;

    // The move that ended a stay in a stage says when that had begun. 5: closed.
    internal const string Ends = """x."LeadId" = e."LeadId" AND x."At" >= e."At" AND x."From" = e."To" AND x."FromSince" = e."At" """;

    // After one that was taken back there may be another: the last counts.
    private const string IsExit = $"""
        {Ends} AND NOT EXISTS (SELECT 1 FROM "StageMoves" AS l WHERE l."LeadId" = x."LeadId" AND l."At" >= x."FromSince" AND l."From" = x."From" AND l."FromSince" = x."FromSince" AND l."Id" > x."Id")
        """;

    internal const string WasOf = """-SUM(x."To" > e."To" AND x."To" <> 5), -SUM(x."To" < e."To"), -SUM(x."To" = 5)""";

    internal const string BecameOf = """SUM(x."To" > e."To" AND x."To" <> 5), SUM(x."To" < e."To"), SUM(x."To" = 5)""";

    internal const string AddedUp = """
        ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed"
        """;

    private const string IsCurrent = """EXISTS (SELECT 1 FROM "Leads" AS l WHERE l."Id" = p."LeadId" AND l."DeletedAt" IS NULL)""";

    private const string Turned = """ON CONFLICT ("OwnerId", "Day") DO UPDATE SET "Began" = "Began" + excluded."Began", "Ended" = "Ended" + excluded."Ended" """;

    // A SELECT before ON CONFLICT needs a condition, or SQLite takes the ON for a join's.
    private const string Begin = $"""INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."From"), 1, 0 FROM "OwnershipPeriods" AS p WHERE p."Id" = NEW."Id" AND {IsCurrent} {Turned};""";

    private const string End = $"""INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."To"), 0, 1 FROM "OwnershipPeriods" AS p WHERE p."Id" = NEW."Id" AND p."To" IS NOT NULL AND {IsCurrent} {Turned};""";

    private const string TakeEnd = $"""INSERT INTO "OwnerDays" SELECT p."OwnerId", date(OLD."To"), 0, -1 FROM "OwnershipPeriods" AS p WHERE p."Id" = OLD."Id" AND OLD."To" IS NOT NULL AND {IsCurrent} {Turned};""";

    internal static void Drop(MigrationBuilder migration)
    {
        foreach (var trigger in new[] { "KamWeeks_Insert", "KamWeeks_Update", "StageDays_Enter", "StageDays_Exit", "StageStays_Insert", "OwnerDays_Insert", "OwnerDays_End", "OwnerDays_Leads" })
            migration.Sql($"DROP TRIGGER \"{trigger}\";");
        foreach (var table in new[] { "KamWeeks", "StageDays", "StageStays", "OwnerDays", "OwnerReturns" })
            migration.Sql($"DROP TABLE \"{table}\";");
    }
}
