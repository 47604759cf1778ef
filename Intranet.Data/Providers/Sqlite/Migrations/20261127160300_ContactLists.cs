using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ContactLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ContactWords_ContactId",
                table: "ContactWords");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_ExternalId",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_LinkedId",
                table: "Contacts");

            migrationBuilder.CreateIndex(
                name: "IX_ContactWords_ContactId_Word",
                table: "ContactWords",
                columns: new[] { "ContactId", "Word" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_Deleted",
                table: "Contacts",
                column: "Id",
                filter: "\"DeletedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_ExternalId",
                table: "Contacts",
                column: "ExternalId",
                filter: "\"ExternalId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_LinkedId_CreatedAt",
                table: "Contacts",
                columns: new[] { "LinkedId", "CreatedAt" },
                filter: "\"LinkedId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_Source",
                table: "Contacts",
                column: "Source");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ContactWords_ContactId_Word",
                table: "ContactWords");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_Deleted",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_ExternalId",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_LinkedId_CreatedAt",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_Source",
                table: "Contacts");

            migrationBuilder.CreateIndex(
                name: "IX_ContactWords_ContactId",
                table: "ContactWords",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_ExternalId",
                table: "Contacts",
                column: "ExternalId");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_LinkedId",
                table: "Contacts",
                column: "LinkedId");
        }
    }
}
