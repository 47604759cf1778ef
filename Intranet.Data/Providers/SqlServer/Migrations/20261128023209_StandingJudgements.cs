using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Intranet.Data.Providers.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class StandingJudgements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "LastContactId",
                table: "EstimatedModels",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "StoredAt",
                table: "EstimatedModels",
                type: "datetime2(6)",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ModelId",
                table: "DuplicatePairs",
                type: "int",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "LastContactId",
                table: "EstimatedModels");

            migrationBuilder.DropColumn(
                name: "StoredAt",
                table: "EstimatedModels");

            migrationBuilder.DropColumn(
                name: "ModelId",
                table: "DuplicatePairs");
        }
    }
}
