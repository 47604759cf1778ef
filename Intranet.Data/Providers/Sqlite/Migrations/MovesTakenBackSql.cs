namespace Intranet.Data.Providers.Sqlite.Migrations;

/// <summary>
/// What <see cref="MovesTakenBack"/> does beside column and indexes: marks what was taken back before, and makes the sums of
/// <see cref="ChartSumsSql.Stages"/> and their triggers anew, without it.
/// </summary>
internal static class MovesTakenBackSql
{
    /// <summary>Before moves are marked: else each would be subtracted from sums that hold its return as well.</summary>
    internal const string DropTriggers = """
        DROP TRIGGER "StageDays_Enter";
        DROP TRIGGER "StageDays_Exit";
        DROP TRIGGER "StageStays_Insert";
        """;

    /// <summary>
    /// A return says so, leads from where a move of the same user had led, and began no stay: the lead is in its stage since it
    /// had come there before. Who typed the same words for a move of their own began one.
    /// </summary>
    internal const string Mark = $"""
        UPDATE "StageMoves" SET "IsTakenBack" = 1 WHERE "Id" IN (
            SELECT r."Id" FROM "StageMoves" AS r WHERE r."Reason" = 'Taken back.' AND EXISTS (SELECT 1 FROM "StageMoves" AS m WHERE {IsMoveOf})
            AND NOT EXISTS (SELECT 1 FROM "StageMoves" AS n WHERE n."LeadId" = r."LeadId" AND n."At" >= r."At" AND n."From" = r."To" AND n."FromSince" = r."At")
            AND NOT EXISTS (SELECT 1 FROM "Leads" AS l WHERE l."Id" = r."LeadId" AND l."StageSince" = r."At"));
        UPDATE "StageMoves" SET "IsTakenBack" = 1 WHERE "Id" IN (
            SELECT (SELECT MAX(m."Id") FROM "StageMoves" AS m WHERE {IsMoveOf}) FROM "StageMoves" AS r WHERE r."IsTakenBack" = 1);
        """;

    internal const string Fill = $"""
        DELETE FROM "StageDays";
        INSERT INTO "StageDays" SELECT date("At"), "To", COUNT(*), 0, 0, 0 FROM "StageMoves" WHERE "IsTakenBack" = 0 GROUP BY 1, 2;
        INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, {ChartSumsSql.BecameOf} FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x WHERE {IsExit} GROUP BY 1, 2 {ChartSumsSql.AddedUp};
        DELETE FROM "StageStays";
        INSERT INTO "StageStays" SELECT "From", (unixepoch("At") - unixepoch("FromSince")) / 86400, date("At", 'weekday 0', '-6 days'), COUNT(*)
            FROM "StageMoves" WHERE "From" IS NOT NULL AND "FromSince" IS NOT NULL AND "IsTakenBack" = 0 GROUP BY 1, 2, 3;
        """;

    /// <summary>
    /// A move is added when it is written, and subtracted when it is taken back: as an entry with what became of it, and as the
    /// exit of those that it ended, of which an earlier one may count again. A return is never added.
    /// </summary>
    internal const string Triggers = $"""
        CREATE TRIGGER "StageDays_Enter" AFTER INSERT ON "StageMoves" WHEN NEW."IsTakenBack" = 0 BEGIN
            INSERT INTO "StageDays" VALUES (date(NEW."At"), NEW."To", 1, 0, 0, 0) {ChartSumsSql.AddedUp}; END;
        CREATE TRIGGER "StageDays_Exit" AFTER INSERT ON "StageMoves" WHEN NEW."IsTakenBack" = 0 BEGIN
            INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, {ChartSumsSql.BecameOf} FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x
                WHERE x."Id" = NEW."Id" AND e."LeadId" = NEW."LeadId" AND e."At" = NEW."FromSince" AND e."Id" <> NEW."Id" AND {IsExit} GROUP BY 1, 2 {ChartSumsSql.AddedUp};
            INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, {ChartSumsSql.WasOf} FROM "StageMoves" AS x CROSS JOIN "StageMoves" AS e
                WHERE x."Id" = (SELECT MAX(p."Id") FROM "StageMoves" AS p WHERE p."LeadId" = NEW."LeadId" AND p."At" >= NEW."FromSince" AND p."From" = NEW."From" AND p."FromSince" = NEW."FromSince" AND p."IsTakenBack" = 0 AND p."Id" < NEW."Id")
                AND e."LeadId" = NEW."LeadId" AND e."At" = NEW."FromSince" AND e."Id" <> x."Id" AND e."IsTakenBack" = 0 AND {ChartSumsSql.Ends} GROUP BY 1, 2 {ChartSumsSql.AddedUp};
            INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, {ChartSumsSql.BecameOf} FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x
                WHERE e."Id" = NEW."Id" AND x."LeadId" = NEW."LeadId" AND x."At" >= NEW."At" AND {IsExit} GROUP BY 1, 2 {ChartSumsSql.AddedUp}; END;
        CREATE TRIGGER "StageDays_TakeBack" AFTER UPDATE OF "IsTakenBack" ON "StageMoves" WHEN OLD."IsTakenBack" = 0 AND NEW."IsTakenBack" = 1 BEGIN
            INSERT INTO "StageDays" VALUES (date(NEW."At"), NEW."To", -1, 0, 0, 0) {ChartSumsSql.AddedUp};
            INSERT INTO "StageDays" SELECT date(NEW."At"), NEW."To", 0, {ChartSumsSql.WasOf} FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x
                WHERE e."Id" = NEW."Id" AND x."LeadId" = NEW."LeadId" AND x."At" >= NEW."At" AND {ChartSumsSql.Ends} AND {IsLast} GROUP BY 1, 2 {ChartSumsSql.AddedUp};
            INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, {ChartSumsSql.WasOf} FROM "StageMoves" AS x CROSS JOIN "StageMoves" AS e
                WHERE x."Id" = NEW."Id" AND e."LeadId" = NEW."LeadId" AND e."At" = NEW."FromSince" AND e."IsTakenBack" = 0 AND {ChartSumsSql.Ends} AND NOT {HasLater} GROUP BY 1, 2 {ChartSumsSql.AddedUp};
            INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, {ChartSumsSql.BecameOf} FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x
                WHERE e."LeadId" = NEW."LeadId" AND e."At" = NEW."FromSince" AND e."To" = NEW."From" AND x."LeadId" = NEW."LeadId" AND x."At" >= NEW."FromSince" AND x."Id" < NEW."Id" AND {IsExit} GROUP BY 1, 2 {ChartSumsSql.AddedUp}; END;
        CREATE TRIGGER "StageStays_Insert" AFTER INSERT ON "StageMoves" WHEN NEW."IsTakenBack" = 0 AND NEW."From" IS NOT NULL AND NEW."FromSince" IS NOT NULL BEGIN
            INSERT INTO "StageStays" VALUES (NEW."From", (unixepoch(NEW."At") - unixepoch(NEW."FromSince")) / 86400, date(NEW."At", 'weekday 0', '-6 days'), 1)
                ON CONFLICT ("Stage", "Days", "Week") DO UPDATE SET "Leads" = "Leads" + 1; END;
        CREATE TRIGGER "StageStays_TakeBack" AFTER UPDATE OF "IsTakenBack" ON "StageMoves"
            WHEN OLD."IsTakenBack" = 0 AND NEW."IsTakenBack" = 1 AND NEW."From" IS NOT NULL AND NEW."FromSince" IS NOT NULL BEGIN
            UPDATE "StageStays" SET "Leads" = "Leads" - 1 WHERE {IsStay};
            DELETE FROM "StageStays" WHERE {IsStay} AND "Leads" = 0; END;
        """;

    /// <summary>As they were. Dropped by a migration's operation, SQLite would copy the table, and lose the triggers that keep sums.</summary>
    internal const string Drop = """
        DROP TRIGGER "StageDays_Enter";
        DROP TRIGGER "StageDays_Exit";
        DROP TRIGGER "StageDays_TakeBack";
        DROP TRIGGER "StageStays_Insert";
        DROP TRIGGER "StageStays_TakeBack";
        DROP TABLE "StageDays";
        DROP TABLE "StageStays";
        ALTER TABLE "StageMoves" DROP COLUMN "IsTakenBack";
        """;

    // Where several are of one instant, the last.
    private const string IsMoveOf = """m."LeadId" = r."LeadId" AND m."At" = r."FromSince" AND m."From" = r."To" AND m."To" = r."From" AND m."ById" = r."ById" AND m."Id" < r."Id" """;

    private const string HasLater = """
        EXISTS (SELECT 1 FROM "StageMoves" AS l WHERE l."LeadId" = x."LeadId" AND l."At" >= x."FromSince" AND l."From" = x."From" AND l."FromSince" = x."FromSince" AND l."IsTakenBack" = 0 AND l."Id" > x."Id")
        """;

    private const string IsLast = $"""x."IsTakenBack" = 0 AND NOT {HasLater}""";

    // Of several stays that began at one instant there are several ends: the last counts.
    private const string IsExit = $"""{ChartSumsSql.Ends} AND e."IsTakenBack" = 0 AND {IsLast}""";

    private const string IsStay = """
        "Stage" = NEW."From" AND "Days" = (unixepoch(NEW."At") - unixepoch(NEW."FromSince")) / 86400 AND "Week" = date(NEW."At", 'weekday 0', '-6 days')
        """;
}
