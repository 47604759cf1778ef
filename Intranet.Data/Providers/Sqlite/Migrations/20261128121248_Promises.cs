using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Promises : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_Retries",
                table: "Leads");

            migrationBuilder.AddColumn<DateOnly>(
                name: "PromisedOn",
                table: "Leads",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Retries",
                table: "Leads",
                columns: new[] { "OwnerId", "DueAt", "Id", "RetryCause", "PromisedOn" },
                filter: "[RetryOn] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_Retries",
                table: "Leads");

            // As an operation SQLite would copy the table, and lose the triggers that keep sums.
            migrationBuilder.Sql("ALTER TABLE \"Leads\" DROP COLUMN \"PromisedOn\";");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Retries",
                table: "Leads",
                columns: new[] { "OwnerId", "DueAt", "Id", "RetryCause" },
                filter: "[RetryOn] IS NOT NULL");
        }
    }
}
