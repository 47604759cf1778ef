using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ChartSums : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Users_DisplayName",
                table: "Users",
                column: "DisplayName");

            migrationBuilder.Sql(ChartSumsSql.KamWeeks);
            migrationBuilder.Sql(ChartSumsSql.Stages);
            migrationBuilder.Sql(ChartSumsSql.Owners);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Users_DisplayName",
                table: "Users");

            ChartSumsSql.Drop(migrationBuilder);
        }
    }
}
