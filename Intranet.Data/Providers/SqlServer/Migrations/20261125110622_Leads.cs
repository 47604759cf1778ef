using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Intranet.Data.Providers.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Leads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "SubjectId",
                table: "ImportRows",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PutOffAt",
                table: "DuplicatePairs",
                type: "datetime2(6)",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PutOffBy",
                table: "DuplicatePairs",
                type: "nvarchar(256)",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "PutOffDecisionId",
                table: "DuplicatePairs",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ImportId",
                table: "Contacts",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ImportLine",
                table: "Contacts",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AllowedMoves",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    From = table.Column<int>(type: "int", nullable: false),
                    To = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AllowedMoves", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Leads",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ExternalId = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    Address = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false),
                    City = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    SearchKey = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    TimeZone = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    OpeningHours = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    Source = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    ExpectedValue = table.Column<long>(type: "bigint", nullable: true),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false),
                    NextStep = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    IsMain = table.Column<bool>(type: "bit", nullable: false),
                    Stage = table.Column<int>(type: "int", nullable: false),
                    StageSince = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    OwnerId = table.Column<int>(type: "int", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    DeletedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    IntervalDays = table.Column<int>(type: "int", nullable: true),
                    MaximumDays = table.Column<int>(type: "int", nullable: true),
                    PreferredDays = table.Column<int>(type: "int", nullable: false),
                    PreferredFrom = table.Column<TimeOnly>(type: "time", nullable: true),
                    PreferredTo = table.Column<TimeOnly>(type: "time", nullable: true),
                    PausedUntil = table.Column<DateOnly>(type: "date", nullable: true),
                    LastTouchAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    LastTouchOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    LastAttemptOn = table.Column<DateOnly>(type: "date", nullable: true),
                    RetryOn = table.Column<DateOnly>(type: "date", nullable: true),
                    RetryCause = table.Column<int>(type: "int", nullable: true),
                    NextDueOn = table.Column<DateOnly>(type: "date", nullable: true),
                    DueAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    PastMaximumAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Leads", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Leads_Users_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SavedLists",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Page = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Query = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    OwnerId = table.Column<int>(type: "int", nullable: false),
                    IsShared = table.Column<bool>(type: "bit", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedLists", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SavedLists_Users_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LeadPerformance",
                columns: table => new
                {
                    LeadId = table.Column<int>(type: "int", nullable: false),
                    Orders = table.Column<int>(type: "int", nullable: false),
                    Revenue = table.Column<long>(type: "bigint", nullable: false),
                    AverageValue = table.Column<long>(type: "bigint", nullable: false),
                    GapDays = table.Column<double>(type: "float", nullable: true),
                    GapSpread = table.Column<double>(type: "float", nullable: true),
                    LastOrderOn = table.Column<DateOnly>(type: "date", nullable: true),
                    UsualWeekday = table.Column<int>(type: "int", nullable: true),
                    RecentOrders = table.Column<int>(type: "int", nullable: false),
                    RecentRevenue = table.Column<long>(type: "bigint", nullable: false),
                    EarlierOrders = table.Column<int>(type: "int", nullable: false),
                    EarlierRevenue = table.Column<long>(type: "bigint", nullable: false),
                    Label = table.Column<int>(type: "int", nullable: false),
                    RuleLabel = table.Column<int>(type: "int", nullable: false),
                    IsSlipping = table.Column<bool>(type: "bit", nullable: false),
                    ManualLabel = table.Column<int>(type: "int", nullable: true),
                    ManualReason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    ManualUntil = table.Column<DateOnly>(type: "date", nullable: true),
                    ManualBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    Weeks = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    ComputedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    ComputedFor = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LeadPerformance", x => x.LeadId);
                    table.ForeignKey(
                        name: "FK_LeadPerformance_Leads_LeadId",
                        column: x => x.LeadId,
                        principalTable: "Leads",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LeadWords",
                columns: table => new
                {
                    Word = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    LeadId = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LeadWords", x => new { x.Word, x.LeadId });
                    table.ForeignKey(
                        name: "FK_LeadWords_Leads_LeadId",
                        column: x => x.LeadId,
                        principalTable: "Leads",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OwnershipPeriods",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    LeadId = table.Column<int>(type: "int", nullable: false),
                    OwnerId = table.Column<int>(type: "int", nullable: false),
                    From = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    To = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OwnershipPeriods", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OwnershipPeriods_Leads_LeadId",
                        column: x => x.LeadId,
                        principalTable: "Leads",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_OwnershipPeriods_Users_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Pocs",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    LeadId = table.Column<int>(type: "int", nullable: false),
                    ContactId = table.Column<int>(type: "int", nullable: false),
                    Role = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    IsMain = table.Column<bool>(type: "bit", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    RemovedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pocs", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Pocs_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Pocs_Leads_LeadId",
                        column: x => x.LeadId,
                        principalTable: "Leads",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StageMoves",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    LeadId = table.Column<int>(type: "int", nullable: false),
                    From = table.Column<int>(type: "int", nullable: true),
                    FromSince = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    To = table.Column<int>(type: "int", nullable: false),
                    At = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    ById = table.Column<int>(type: "int", nullable: true),
                    ByName = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    Reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StageMoves", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StageMoves_Leads_LeadId",
                        column: x => x.LeadId,
                        principalTable: "Leads",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Interactions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Version = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    LeadId = table.Column<int>(type: "int", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    Outcome = table.Column<int>(type: "int", nullable: true),
                    At = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    On = table.Column<DateOnly>(type: "date", nullable: false),
                    PocId = table.Column<int>(type: "int", nullable: true),
                    Details = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    IsOrder = table.Column<bool>(type: "bit", nullable: false),
                    OrderedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    OrderValue = table.Column<long>(type: "bigint", nullable: true),
                    Currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: true),
                    AuthorId = table.Column<int>(type: "int", nullable: true),
                    CreditedToId = table.Column<int>(type: "int", nullable: true),
                    FollowUpOn = table.Column<DateOnly>(type: "date", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    CorrectsId = table.Column<int>(type: "int", nullable: true),
                    CorrectedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Interactions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Interactions_Interactions_CorrectsId",
                        column: x => x.CorrectsId,
                        principalTable: "Interactions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Interactions_Leads_LeadId",
                        column: x => x.LeadId,
                        principalTable: "Leads",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Interactions_Pocs_PocId",
                        column: x => x.PocId,
                        principalTable: "Pocs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Interactions_Users_AuthorId",
                        column: x => x.AuthorId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Interactions_Users_CreditedToId",
                        column: x => x.CreditedToId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "AllowedMoves",
                columns: new[] { "Id", "From", "To" },
                values: new object[,]
                {
                    { 1, 0, 1 },
                    { 2, 0, 5 },
                    { 3, 1, 0 },
                    { 4, 1, 2 },
                    { 5, 1, 5 },
                    { 6, 2, 1 },
                    { 7, 2, 3 },
                    { 8, 2, 5 },
                    { 9, 3, 2 },
                    { 10, 3, 4 },
                    { 11, 3, 5 },
                    { 12, 4, 3 },
                    { 13, 4, 5 },
                    { 14, 5, 0 },
                    { 15, 5, 1 },
                    { 16, 5, 2 }
                });

            migrationBuilder.CreateIndex(
                name: "IX_ImportRows_SubjectId",
                table: "ImportRows",
                column: "SubjectId",
                filter: "SubjectId IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AllowedMoves_From_To",
                table: "AllowedMoves",
                columns: new[] { "From", "To" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_At",
                table: "Interactions",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_AuthorId_CreatedAt",
                table: "Interactions",
                columns: new[] { "AuthorId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_CallsByDay",
                table: "Interactions",
                columns: new[] { "On", "CreditedToId", "Outcome", "Kind", "CorrectedAt" },
                filter: "[Kind] = 0 AND [CorrectedAt] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_CorrectsId",
                table: "Interactions",
                column: "CorrectsId",
                filter: "[CorrectsId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_CreditedToId_At",
                table: "Interactions",
                columns: new[] { "CreditedToId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_LeadId_At",
                table: "Interactions",
                columns: new[] { "LeadId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_OrdersByDay",
                table: "Interactions",
                columns: new[] { "OrderedOn", "CreditedToId", "Currency", "OrderValue", "LeadId" },
                filter: "[OrderedOn] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_OrdersOfKam",
                table: "Interactions",
                columns: new[] { "CreditedToId", "OrderedOn", "Currency", "OrderValue" },
                filter: "[OrderedOn] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_OrdersOfLead",
                table: "Interactions",
                columns: new[] { "LeadId", "OrderedOn", "Currency", "OrderValue" },
                filter: "[OrderedOn] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interactions_PocId",
                table: "Interactions",
                column: "PocId",
                filter: "[PocId] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_LeadPerformance_IsSlipping_LastOrderOn",
                table: "LeadPerformance",
                columns: new[] { "IsSlipping", "LastOrderOn" });

            migrationBuilder.CreateIndex(
                name: "IX_LeadPerformance_IsSlipping_Revenue",
                table: "LeadPerformance",
                columns: new[] { "IsSlipping", "Revenue" });

            migrationBuilder.CreateIndex(
                name: "IX_LeadPerformance_Label_LastOrderOn",
                table: "LeadPerformance",
                columns: new[] { "Label", "LastOrderOn" });

            migrationBuilder.CreateIndex(
                name: "IX_LeadPerformance_Label_Revenue",
                table: "LeadPerformance",
                columns: new[] { "Label", "Revenue" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_DeletedAt",
                table: "Leads",
                column: "DeletedAt",
                filter: "[DeletedAt] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_DueAt",
                table: "Leads",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_ExternalId",
                table: "Leads",
                column: "ExternalId");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_DueAt",
                table: "Leads",
                columns: new[] { "OwnerId", "DueAt" });

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
                name: "IX_Leads_Stage_UpdatedAt_Id_DeletedAt",
                table: "Leads",
                columns: new[] { "Stage", "UpdatedAt", "Id", "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_UpdatedAt_Id_DeletedAt",
                table: "Leads",
                columns: new[] { "UpdatedAt", "Id", "DeletedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_LeadWords_LeadId",
                table: "LeadWords",
                column: "LeadId");

            migrationBuilder.CreateIndex(
                name: "IX_OwnershipPeriods_LeadId_From",
                table: "OwnershipPeriods",
                columns: new[] { "LeadId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_OwnershipPeriods_Open",
                table: "OwnershipPeriods",
                column: "LeadId",
                unique: true,
                filter: "[To] IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OwnershipPeriods_OwnerId_From_To_LeadId",
                table: "OwnershipPeriods",
                columns: new[] { "OwnerId", "From", "To", "LeadId" });

            migrationBuilder.CreateIndex(
                name: "IX_Pocs_ContactId",
                table: "Pocs",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_Pocs_LeadId",
                table: "Pocs",
                column: "LeadId");

            migrationBuilder.CreateIndex(
                name: "IX_SavedLists_OwnerId_Page_Name",
                table: "SavedLists",
                columns: new[] { "OwnerId", "Page", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SavedLists_Page_IsShared",
                table: "SavedLists",
                columns: new[] { "Page", "IsShared" });

            migrationBuilder.CreateIndex(
                name: "IX_StageMoves_At_From_To_FromSince_LeadId",
                table: "StageMoves",
                columns: new[] { "At", "From", "To", "FromSince", "LeadId" });

            migrationBuilder.CreateIndex(
                name: "IX_StageMoves_LeadId_At",
                table: "StageMoves",
                columns: new[] { "LeadId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AllowedMoves");

            migrationBuilder.DropTable(
                name: "Interactions");

            migrationBuilder.DropTable(
                name: "LeadPerformance");

            migrationBuilder.DropTable(
                name: "LeadWords");

            migrationBuilder.DropTable(
                name: "OwnershipPeriods");

            migrationBuilder.DropTable(
                name: "SavedLists");

            migrationBuilder.DropTable(
                name: "StageMoves");

            migrationBuilder.DropTable(
                name: "Pocs");

            migrationBuilder.DropTable(
                name: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_ImportRows_SubjectId",
                table: "ImportRows");

            migrationBuilder.DropColumn(
                name: "SubjectId",
                table: "ImportRows");

            migrationBuilder.DropColumn(
                name: "PutOffAt",
                table: "DuplicatePairs");

            migrationBuilder.DropColumn(
                name: "PutOffBy",
                table: "DuplicatePairs");

            migrationBuilder.DropColumn(
                name: "PutOffDecisionId",
                table: "DuplicatePairs");

            migrationBuilder.DropColumn(
                name: "ImportId",
                table: "Contacts");

            migrationBuilder.DropColumn(
                name: "ImportLine",
                table: "Contacts");
        }
    }
}
