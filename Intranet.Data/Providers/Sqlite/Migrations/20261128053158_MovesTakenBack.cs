using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class MovesTakenBack : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_StageMoves_At_From_To_FromSince_LeadId",
                table: "StageMoves");

            migrationBuilder.DropIndex(
                name: "IX_StageMoves_LeadId_At_From_FromSince_To",
                table: "StageMoves");

            migrationBuilder.AddColumn<bool>(
                name: "IsTakenBack",
                table: "StageMoves",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_StageMoves_At_From_To_FromSince_LeadId_IsTakenBack",
                table: "StageMoves",
                columns: new[] { "At", "From", "To", "FromSince", "LeadId", "IsTakenBack" });

            migrationBuilder.CreateIndex(
                name: "IX_StageMoves_LeadId_At_From_FromSince_To_IsTakenBack",
                table: "StageMoves",
                columns: new[] { "LeadId", "At", "From", "FromSince", "To", "IsTakenBack" });

            migrationBuilder.Sql(MovesTakenBackSql.DropTriggers);
            migrationBuilder.Sql(MovesTakenBackSql.Mark);
            migrationBuilder.Sql(MovesTakenBackSql.Fill);
            migrationBuilder.Sql(MovesTakenBackSql.Triggers);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_StageMoves_At_From_To_FromSince_LeadId_IsTakenBack",
                table: "StageMoves");

            migrationBuilder.DropIndex(
                name: "IX_StageMoves_LeadId_At_From_FromSince_To_IsTakenBack",
                table: "StageMoves");

            migrationBuilder.Sql(MovesTakenBackSql.Drop);

            migrationBuilder.CreateIndex(
                name: "IX_StageMoves_At_From_To_FromSince_LeadId",
                table: "StageMoves",
                columns: new[] { "At", "From", "To", "FromSince", "LeadId" });

            migrationBuilder.CreateIndex(
                name: "IX_StageMoves_LeadId_At_From_FromSince_To",
                table: "StageMoves",
                columns: new[] { "LeadId", "At", "From", "FromSince", "To" });

            migrationBuilder.Sql(ChartSumsSql.Stages);
        }
    }
}
