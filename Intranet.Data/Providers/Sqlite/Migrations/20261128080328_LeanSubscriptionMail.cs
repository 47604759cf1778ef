using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LeanSubscriptionMail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(LeanSubscriptionMailSql.SharedFiles);

            migrationBuilder.AddColumn<DateTime>(
                name: "AskedAt",
                table: "Subscriptions",
                type: "TEXT",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "StartedAt",
                table: "Subscriptions",
                type: "TEXT",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Starts",
                table: "Subscriptions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "LeftAt",
                table: "SubscriptionRecipients",
                type: "TEXT",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Sight",
                table: "OutboxMessages",
                type: "TEXT",
                maxLength: 100,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "MessageId",
                table: "OutboxAttachments",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // A file that several mails share goes back to the first of them.
            migrationBuilder.Sql("UPDATE OutboxAttachments SET MessageId = (SELECT MIN(has.MessageId) FROM OutboxMessageAttachments has WHERE has.AttachmentId = OutboxAttachments.Id);");

            migrationBuilder.DropTable(
                name: "OutboxMessageAttachments");

            migrationBuilder.DropIndex(
                name: "IX_OutboxAttachments_DroppedAt",
                table: "OutboxAttachments");

            migrationBuilder.DropColumn(
                name: "AskedAt",
                table: "Subscriptions");

            migrationBuilder.DropColumn(
                name: "StartedAt",
                table: "Subscriptions");

            migrationBuilder.DropColumn(
                name: "Starts",
                table: "Subscriptions");

            migrationBuilder.DropColumn(
                name: "LeftAt",
                table: "SubscriptionRecipients");

            migrationBuilder.DropColumn(
                name: "Sight",
                table: "OutboxMessages");

            migrationBuilder.DropColumn(
                name: "DroppedAt",
                table: "OutboxAttachments");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxAttachments_MessageId",
                table: "OutboxAttachments",
                column: "MessageId");

            migrationBuilder.AddForeignKey(
                name: "FK_OutboxAttachments_OutboxMessages_MessageId",
                table: "OutboxAttachments",
                column: "MessageId",
                principalTable: "OutboxMessages",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
