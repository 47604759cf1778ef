using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class OpenLabels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_LeadPerformance_Label_LastOrderOn",
                table: "LeadPerformance");

            migrationBuilder.DropIndex(
                name: "IX_LeadPerformance_Label_Revenue",
                table: "LeadPerformance");

            migrationBuilder.AddColumn<bool>(
                name: "IsTimeZoneChosen",
                table: "Leads",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "ListedAs",
                table: "LeadPerformance",
                type: "int",
                nullable: true);

            migrationBuilder.Sql(OpenLabelsSql.Fill);

            migrationBuilder.CreateIndex(
                name: "IX_LeadPerformance_ListedAs_LastOrderOn",
                table: "LeadPerformance",
                columns: new[] { "ListedAs", "LastOrderOn" });

            migrationBuilder.CreateIndex(
                name: "IX_LeadPerformance_ListedAs_Revenue",
                table: "LeadPerformance",
                columns: new[] { "ListedAs", "Revenue" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_LeadPerformance_ListedAs_LastOrderOn",
                table: "LeadPerformance");

            migrationBuilder.DropIndex(
                name: "IX_LeadPerformance_ListedAs_Revenue",
                table: "LeadPerformance");

            migrationBuilder.Sql(OpenLabelsSql.Return);

            migrationBuilder.DropColumn(
                name: "IsTimeZoneChosen",
                table: "Leads");

            migrationBuilder.DropColumn(
                name: "ListedAs",
                table: "LeadPerformance");

            migrationBuilder.CreateIndex(
                name: "IX_LeadPerformance_Label_LastOrderOn",
                table: "LeadPerformance",
                columns: new[] { "Label", "LastOrderOn" });

            migrationBuilder.CreateIndex(
                name: "IX_LeadPerformance_Label_Revenue",
                table: "LeadPerformance",
                columns: new[] { "Label", "Revenue" });
        }
    }
}
