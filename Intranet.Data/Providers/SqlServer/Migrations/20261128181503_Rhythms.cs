using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Rhythms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "RhythmDays",
                table: "LeadPerformance",
                type: "float",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "RhythmSpread",
                table: "LeadPerformance",
                type: "float",
                nullable: true);

            // What is slipping by then says why until all are computed again.
            migrationBuilder.Sql("EXEC(N'UPDATE [LeadPerformance] SET [RhythmDays] = [GapDays], [RhythmSpread] = [GapSpread] WHERE [IsSlipping] = 1');");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "RhythmDays",
                table: "LeadPerformance");

            migrationBuilder.DropColumn(
                name: "RhythmSpread",
                table: "LeadPerformance");
        }
    }
}
