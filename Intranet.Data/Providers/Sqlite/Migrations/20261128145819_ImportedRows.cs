using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ImportedRows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ImportKey",
                table: "Interactions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_ChangedImports",
                table: "Interactions",
                column: "LeadId",
                filter: "[ImportKey] IS NOT NULL AND [UpdatedAt] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Interactions_ChangedImports",
                table: "Interactions");

            migrationBuilder.DropColumn(
                name: "ImportKey",
                table: "Interactions");
        }
    }
}
