using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class ImportRowSubject : Migration
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

            migrationBuilder.CreateIndex(
                name: "IX_ImportRows_SubjectId",
                table: "ImportRows",
                column: "SubjectId",
                filter: "SubjectId IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
