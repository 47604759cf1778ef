using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class LeadOverdueAndGiver : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_ByDue",
                table: "Leads");

            migrationBuilder.AddColumn<int>(
                name: "ById",
                table: "OwnershipPeriods",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "OverdueAt",
                table: "Leads",
                type: "datetime2(6)",
                precision: 6,
                nullable: true);

            migrationBuilder.Sql(LeadOverdueAndGiverSql.Fill);

            migrationBuilder.CreateIndex(
                name: "IX_Leads_ByDue",
                table: "Leads",
                columns: new[] { "DueAt", "Id", "PastMaximumAt", "OverdueAt", "IsMain", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OverdueAt_DueAt_Id_OwnerId",
                table: "Leads",
                columns: new[] { "OverdueAt", "DueAt", "Id", "OwnerId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_ByDue",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OverdueAt_DueAt_Id_OwnerId",
                table: "Leads");

            migrationBuilder.DropColumn(
                name: "ById",
                table: "OwnershipPeriods");

            migrationBuilder.DropColumn(
                name: "OverdueAt",
                table: "Leads");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_ByDue",
                table: "Leads",
                columns: new[] { "DueAt", "Id", "PastMaximumAt", "IsMain", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping" });
        }
    }
}
