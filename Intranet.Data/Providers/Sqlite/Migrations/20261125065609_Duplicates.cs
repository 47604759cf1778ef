using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.Sqlite.Migrations
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
                type: "TEXT",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Percent",
                table: "JobRuns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Stage",
                table: "JobRuns",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "DecisionId",
                table: "FieldChoices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ClaimedBy",
                table: "DuplicatePairs",
                type: "TEXT",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ClaimedUntil",
                table: "DuplicatePairs",
                type: "TEXT",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "DecisionId",
                table: "DuplicatePairs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "LinkId",
                table: "DuplicatePairs",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ContactWords",
                columns: table => new
                {
                    Word = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    ContactId = table.Column<int>(type: "INTEGER", nullable: false)
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
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    EstimatedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    Contacts = table.Column<int>(type: "INTEGER", nullable: false),
                    Json = table.Column<string>(type: "TEXT", nullable: false)
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
        }
    }
}
