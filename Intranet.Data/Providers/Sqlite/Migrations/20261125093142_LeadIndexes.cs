using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LeadIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_DeletedAt_SearchKey",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_DeletedAt_Stage_Currency_ExpectedValue",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_DeletedAt_UpdatedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_DeletedAt_SearchKey",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_DeletedAt_Stage_Currency_ExpectedValue",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_Stage_DeletedAt_UpdatedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_Stage_DeletedAt_UpdatedAt",
                table: "Leads");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_DeletedAt",
                table: "Leads",
                column: "DeletedAt",
                filter: "[DeletedAt] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_SearchKey_Id_DeletedAt",
                table: "Leads",
                columns: new[] { "OwnerId", "SearchKey", "Id", "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_Stage_Currency_DeletedAt_ExpectedValue",
                table: "Leads",
                columns: new[] { "OwnerId", "Stage", "Currency", "DeletedAt", "ExpectedValue" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_Stage_UpdatedAt_Id_DeletedAt",
                table: "Leads",
                columns: new[] { "OwnerId", "Stage", "UpdatedAt", "Id", "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_SearchKey_Id_DeletedAt",
                table: "Leads",
                columns: new[] { "SearchKey", "Id", "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Stage_Currency_DeletedAt_ExpectedValue",
                table: "Leads",
                columns: new[] { "Stage", "Currency", "DeletedAt", "ExpectedValue" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Stage_UpdatedAt_Id_DeletedAt",
                table: "Leads",
                columns: new[] { "Stage", "UpdatedAt", "Id", "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_UpdatedAt_Id_DeletedAt",
                table: "Leads",
                columns: new[] { "UpdatedAt", "Id", "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_OrdersOfKam",
                table: "Interactions",
                columns: new[] { "CreditedToId", "OrderedOn", "Currency", "OrderValue" },
                filter: "[OrderedOn] IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_DeletedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_SearchKey_Id_DeletedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_Stage_Currency_DeletedAt_ExpectedValue",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_Stage_UpdatedAt_Id_DeletedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_SearchKey_Id_DeletedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_Stage_Currency_DeletedAt_ExpectedValue",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_Stage_UpdatedAt_Id_DeletedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_UpdatedAt_Id_DeletedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Interactions_OrdersOfKam",
                table: "Interactions");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_DeletedAt_SearchKey",
                table: "Leads",
                columns: new[] { "DeletedAt", "SearchKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_DeletedAt_Stage_Currency_ExpectedValue",
                table: "Leads",
                columns: new[] { "DeletedAt", "Stage", "Currency", "ExpectedValue" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_DeletedAt_UpdatedAt",
                table: "Leads",
                columns: new[] { "DeletedAt", "UpdatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_DeletedAt_SearchKey",
                table: "Leads",
                columns: new[] { "OwnerId", "DeletedAt", "SearchKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_DeletedAt_Stage_Currency_ExpectedValue",
                table: "Leads",
                columns: new[] { "OwnerId", "DeletedAt", "Stage", "Currency", "ExpectedValue" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_Stage_DeletedAt_UpdatedAt",
                table: "Leads",
                columns: new[] { "OwnerId", "Stage", "DeletedAt", "UpdatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Stage_DeletedAt_UpdatedAt",
                table: "Leads",
                columns: new[] { "Stage", "DeletedAt", "UpdatedAt" });
        }
    }
}
