namespace Intranet.Data.Providers.Sqlite.Migrations;

/// <summary>
/// Files that mails share. By hand, because a column with a foreign key can only be dropped by making the table anew, for which EF
/// switches foreign keys off outside the transaction: a process that ends there would leave half of it, and no start would get further.
/// </summary>
internal static class LeanSubscriptionMailSql
{
    // Who refers to files comes last: nothing refers to the table that is dropped.
    internal const string SharedFiles = """
        CREATE TABLE "OutboxFilesOfMessages" AS SELECT "MessageId", "Id" AS "AttachmentId" FROM "OutboxAttachments";
        CREATE TABLE "OutboxAttachmentsAnew" (
            "Id" INTEGER NOT NULL CONSTRAINT "PK_OutboxAttachments" PRIMARY KEY AUTOINCREMENT,
            "Content" BLOB NOT NULL,
            "ContentType" TEXT NOT NULL,
            "DroppedAt" TEXT NULL,
            "FileName" TEXT NOT NULL
        );
        INSERT INTO "OutboxAttachmentsAnew" ("Id", "Content", "ContentType", "FileName") SELECT "Id", "Content", "ContentType", "FileName" FROM "OutboxAttachments";
        DROP TABLE "OutboxAttachments";
        ALTER TABLE "OutboxAttachmentsAnew" RENAME TO "OutboxAttachments";
        CREATE INDEX "IX_OutboxAttachments_DroppedAt" ON "OutboxAttachments" ("DroppedAt");
        CREATE TABLE "OutboxMessageAttachments" (
            "MessageId" INTEGER NOT NULL,
            "AttachmentId" INTEGER NOT NULL,
            CONSTRAINT "PK_OutboxMessageAttachments" PRIMARY KEY ("MessageId", "AttachmentId"),
            CONSTRAINT "FK_OutboxMessageAttachments_OutboxAttachments_AttachmentId" FOREIGN KEY ("AttachmentId") REFERENCES "OutboxAttachments" ("Id") ON DELETE RESTRICT,
            CONSTRAINT "FK_OutboxMessageAttachments_OutboxMessages_MessageId" FOREIGN KEY ("MessageId") REFERENCES "OutboxMessages" ("Id") ON DELETE RESTRICT
        );
        INSERT INTO "OutboxMessageAttachments" ("MessageId", "AttachmentId") SELECT "MessageId", "AttachmentId" FROM "OutboxFilesOfMessages";
        CREATE INDEX "IX_OutboxMessageAttachments_AttachmentId" ON "OutboxMessageAttachments" ("AttachmentId");
        DROP TABLE "OutboxFilesOfMessages";
        """;
}
