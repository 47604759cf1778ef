using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Duplicates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "CancelledBy",
                table: "JobRuns",
                type: "nvarchar(256)",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Percent",
                table: "JobRuns",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Stage",
                table: "JobRuns",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "DecisionId",
                table: "FieldChoices",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Evidence",
                table: "DuplicatePairs",
                type: "nvarchar(48)",
                maxLength: 48,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(max)",
                oldNullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ClaimedBy",
                table: "DuplicatePairs",
                type: "nvarchar(256)",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ClaimedUntil",
                table: "DuplicatePairs",
                type: "datetime2(6)",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "DecisionId",
                table: "DuplicatePairs",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "LinkId",
                table: "DuplicatePairs",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ContactWords",
                columns: table => new
                {
                    Word = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ContactId = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactWords", x => new { x.Word, x.ContactId });
                    table.ForeignKey(
                        name: "FK_ContactWords_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "EstimatedModels",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    EstimatedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    Contacts = table.Column<int>(type: "int", nullable: false),
                    Json = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EstimatedModels", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_FieldChoices_DecisionId",
                table: "FieldChoices",
                column: "DecisionId");

            migrationBuilder.CreateIndex(
                name: "IX_DuplicatePairs_DecisionId",
                table: "DuplicatePairs",
                column: "DecisionId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactWords_ContactId",
                table: "ContactWords",
                column: "ContactId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ContactWords");

            migrationBuilder.DropTable(
                name: "EstimatedModels");

            migrationBuilder.DropIndex(
                name: "IX_FieldChoices_DecisionId",
                table: "FieldChoices");

            migrationBuilder.DropIndex(
                name: "IX_DuplicatePairs_DecisionId",
                table: "DuplicatePairs");

            migrationBuilder.DropColumn(
                name: "CancelledBy",
                table: "JobRuns");

            migrationBuilder.DropColumn(
                name: "Percent",
                table: "JobRuns");

            migrationBuilder.DropColumn(
                name: "Stage",
                table: "JobRuns");

            migrationBuilder.DropColumn(
                name: "DecisionId",
                table: "FieldChoices");

            migrationBuilder.DropColumn(
                name: "ClaimedBy",
                table: "DuplicatePairs");

            migrationBuilder.DropColumn(
                name: "ClaimedUntil",
                table: "DuplicatePairs");

            migrationBuilder.DropColumn(
                name: "DecisionId",
                table: "DuplicatePairs");

            migrationBuilder.DropColumn(
                name: "LinkId",
                table: "DuplicatePairs");

            migrationBuilder.AlterColumn<string>(
                name: "Evidence",
                table: "DuplicatePairs",
                type: "nvarchar(max)",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(48)",
                oldMaxLength: 48,
                oldNullable: true);
        }
    }
}
