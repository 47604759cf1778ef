using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LeadLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_StageMoves_LeadId_At",
                table: "StageMoves");

            migrationBuilder.DropIndex(
                name: "IX_LeadWords_LeadId",
                table: "LeadWords");

            migrationBuilder.DropIndex(
                name: "IX_Leads_DueAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_SearchKey_Id_DeletedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_PastMaximumAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_SearchKey_Id_DeletedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_Stage_Currency_DeletedAt_ExpectedValue",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_UpdatedAt_Id_DeletedAt",
                table: "Leads");

            migrationBuilder.AddColumn<string>(
                name: "SearchKey",
                table: "LeadWords",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "CityKey",
                table: "Leads",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "IsSlipping",
                table: "Leads",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Label",
                table: "Leads",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql(LeadListsSql.Keys);

            migrationBuilder.CreateIndex(
                name: "IX_StageMoves_LeadId_At_From_FromSince_To",
                table: "StageMoves",
                columns: new[] { "LeadId", "At", "From", "FromSince", "To" });

            migrationBuilder.CreateIndex(
                name: "IX_LeadWords_LeadId_Word",
                table: "LeadWords",
                columns: new[] { "LeadId", "Word" });

            migrationBuilder.CreateIndex(
                name: "IX_LeadWords_Word_SearchKey_LeadId",
                table: "LeadWords",
                columns: new[] { "Word", "SearchKey", "LeadId" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_ByDue",
                table: "Leads",
                columns: new[] { "DueAt", "Id", "PastMaximumAt", "IsMain", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_ByName",
                table: "Leads",
                columns: new[] { "SearchKey", "Id", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping", "TimeZone", "Source" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_CityKey_SearchKey_Id_DeletedAt_OwnerId_Stage_Label_IsSlipping",
                table: "Leads",
                columns: new[] { "CityKey", "SearchKey", "Id", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_ExpectedValue_Id_DeletedAt_OwnerId_Stage_Label_IsSlipping",
                table: "Leads",
                columns: new[] { "ExpectedValue", "Id", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_IsSlipping_SearchKey_Id_DeletedAt_OwnerId_Stage_Label",
                table: "Leads",
                columns: new[] { "IsSlipping", "SearchKey", "Id", "DeletedAt", "OwnerId", "Stage", "Label" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Label_SearchKey_Id_DeletedAt",
                table: "Leads",
                columns: new[] { "Label", "SearchKey", "Id", "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Label_Stage_SearchKey_Id_DeletedAt_OwnerId_IsSlipping",
                table: "Leads",
                columns: new[] { "Label", "Stage", "SearchKey", "Id", "DeletedAt", "OwnerId", "IsSlipping" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_SearchKey_Id_DeletedAt_Stage_Label_IsSlipping",
                table: "Leads",
                columns: new[] { "OwnerId", "SearchKey", "Id", "DeletedAt", "Stage", "Label", "IsSlipping" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_PastMaximumAt_DueAt_Id_OwnerId",
                table: "Leads",
                columns: new[] { "PastMaximumAt", "DueAt", "Id", "OwnerId" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Stage_Id_DeletedAt_OwnerId_Label_IsSlipping",
                table: "Leads",
                columns: new[] { "Stage", "Id", "DeletedAt", "OwnerId", "Label", "IsSlipping" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Stage_SearchKey_Id_DeletedAt_OwnerId_Label_IsSlipping",
                table: "Leads",
                columns: new[] { "Stage", "SearchKey", "Id", "DeletedAt", "OwnerId", "Label", "IsSlipping" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_UpdatedAt_Id_DeletedAt_OwnerId_Stage_Label_IsSlipping",
                table: "Leads",
                columns: new[] { "UpdatedAt", "Id", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping" });

            migrationBuilder.Sql(LeadListsSql.LeadTotals);
            migrationBuilder.Sql(LeadListsSql.KamDays);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            LeadListsSql.DropSums(migrationBuilder);

            migrationBuilder.DropIndex(
                name: "IX_StageMoves_LeadId_At_From_FromSince_To",
                table: "StageMoves");

            migrationBuilder.DropIndex(
                name: "IX_LeadWords_LeadId_Word",
                table: "LeadWords");

            migrationBuilder.DropIndex(
                name: "IX_LeadWords_Word_SearchKey_LeadId",
                table: "LeadWords");

            migrationBuilder.DropIndex(
                name: "IX_Leads_ByDue",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_ByName",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_CityKey_SearchKey_Id_DeletedAt_OwnerId_Stage_Label_IsSlipping",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_ExpectedValue_Id_DeletedAt_OwnerId_Stage_Label_IsSlipping",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_IsSlipping_SearchKey_Id_DeletedAt_OwnerId_Stage_Label",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_Label_SearchKey_Id_DeletedAt",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_Label_Stage_SearchKey_Id_DeletedAt_OwnerId_IsSlipping",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_SearchKey_Id_DeletedAt_Stage_Label_IsSlipping",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_PastMaximumAt_DueAt_Id_OwnerId",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_Stage_Id_DeletedAt_OwnerId_Label_IsSlipping",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_Stage_SearchKey_Id_DeletedAt_OwnerId_Label_IsSlipping",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_UpdatedAt_Id_DeletedAt_OwnerId_Stage_Label_IsSlipping",
                table: "Leads");

            migrationBuilder.DropColumn(
                name: "SearchKey",
                table: "LeadWords");

            migrationBuilder.DropColumn(
                name: "CityKey",
                table: "Leads");

            migrationBuilder.DropColumn(
                name: "IsSlipping",
                table: "Leads");

            migrationBuilder.DropColumn(
                name: "Label",
                table: "Leads");

            migrationBuilder.CreateIndex(
                name: "IX_StageMoves_LeadId_At",
                table: "StageMoves",
                columns: new[] { "LeadId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_LeadWords_LeadId",
                table: "LeadWords",
                column: "LeadId");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_DueAt",
                table: "Leads",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_SearchKey_Id_DeletedAt",
                table: "Leads",
                columns: new[] { "OwnerId", "SearchKey", "Id", "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_PastMaximumAt",
                table: "Leads",
                column: "PastMaximumAt");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_SearchKey_Id_DeletedAt",
                table: "Leads",
                columns: new[] { "SearchKey", "Id", "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Stage_Currency_DeletedAt_ExpectedValue",
                table: "Leads",
                columns: new[] { "Stage", "Currency", "DeletedAt", "ExpectedValue" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_UpdatedAt_Id_DeletedAt",
                table: "Leads",
                columns: new[] { "UpdatedAt", "Id", "DeletedAt" });
        }
    }
}
