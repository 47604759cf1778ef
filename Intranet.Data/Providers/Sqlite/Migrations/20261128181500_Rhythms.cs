using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.Sqlite.Migrations
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
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "RhythmSpread",
                table: "LeadPerformance",
                type: "REAL",
                nullable: true);

            // What is slipping by then says why until all are computed again.
            migrationBuilder.Sql("UPDATE \"LeadPerformance\" SET \"RhythmDays\" = \"GapDays\", \"RhythmSpread\" = \"GapSpread\" WHERE \"IsSlipping\";");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // As an operation SQLite would copy the table.
            migrationBuilder.Sql("ALTER TABLE \"LeadPerformance\" DROP COLUMN \"RhythmDays\";");
            migrationBuilder.Sql("ALTER TABLE \"LeadPerformance\" DROP COLUMN \"RhythmSpread\";");
        }
    }
}
