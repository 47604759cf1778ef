using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class LeadSpeed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(LeadSpeedSql.LabelTotals);
            migrationBuilder.Sql(LeadSpeedSql.DueTotals);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP VIEW [DueTotals];");
            migrationBuilder.Sql("DROP VIEW [LabelTotals];");
        }
    }
}
