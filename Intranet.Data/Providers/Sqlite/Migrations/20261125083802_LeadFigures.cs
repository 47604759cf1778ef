using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LeadFigures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OwnershipPeriods_OwnerId_From",
                table: "OwnershipPeriods");

            migrationBuilder.CreateIndex(
                name: "IX_OwnershipPeriods_OwnerId_From_To_LeadId",
                table: "OwnershipPeriods",
                columns: new[] { "OwnerId", "From", "To", "LeadId" });

            migrationBuilder.CreateIndex(
                name: "IX_LeadPerformance_IsSlipping_LastOrderOn",
                table: "LeadPerformance",
                columns: new[] { "IsSlipping", "LastOrderOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_CallsByDay",
                table: "Interactions",
                columns: new[] { "On", "CreditedToId", "Outcome" },
                filter: "[Kind] = 0 AND [CorrectedAt] IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OwnershipPeriods_OwnerId_From_To_LeadId",
                table: "OwnershipPeriods");

            migrationBuilder.DropIndex(
                name: "IX_LeadPerformance_IsSlipping_LastOrderOn",
                table: "LeadPerformance");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_CallsByDay",
                table: "Interactions");

            migrationBuilder.CreateIndex(
                name: "IX_OwnershipPeriods_OwnerId_From",
                table: "OwnershipPeriods",
                columns: new[] { "OwnerId", "From" });
        }
    }
}
