using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DueQueue : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_DueAt",
                table: "Leads");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Queue",
                table: "Leads",
                columns: new[] { "OwnerId", "DueAt", "Id", "PastMaximumAt", "OverdueAt", "IsMain", "TimeZone", "OpeningHours" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Retries",
                table: "Leads",
                columns: new[] { "OwnerId", "DueAt", "Id", "RetryCause" },
                filter: "[RetryOn] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_Queue",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_Retries",
                table: "Leads");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_DueAt",
                table: "Leads",
                columns: new[] { "OwnerId", "DueAt" });
        }
    }
}
