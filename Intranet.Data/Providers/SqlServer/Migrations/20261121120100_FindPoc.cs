using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Intranet.Data.Providers.SqlServer.Migrations;

/// <summary>
/// The procedure behind <see cref="SqlServerDbContext.FindPocAsync"/>, callable by hand:
/// <c>EXECUTE FindPOC @ProductName = 'securityscanapi'</c>. On SQLite the same answer comes from LINQ.
/// </summary>
[DbContext(typeof(SqlServerDbContext))]
[Migration("20261121120100_FindPoc")]
public sealed class FindPoc : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
        // Inside EXEC, because CREATE PROCEDURE must stand alone in its batch and idempotent scripts wrap it in an IF.
        => migrationBuilder.Sql("""
            EXEC(N'CREATE PROCEDURE FindPOC
                @ProductName nvarchar(100) = NULL,
                @RepositoryName nvarchar(100) = NULL,
                @Today date = NULL
            AS
            BEGIN
                SET NOCOUNT ON;
                DECLARE @Day date = COALESCE(@Today, CAST(SYSUTCDATETIME() AS date));
                DECLARE @ProductKey nvarchar(100) = LOWER(LTRIM(RTRIM(@ProductName)));
                DECLARE @RepositoryKey nvarchar(100) = LOWER(LTRIM(RTRIM(@RepositoryName)));

                IF @ProductKey IS NULL AND @RepositoryKey IS NULL
                BEGIN
                    RAISERROR(''FindPOC needs @ProductName, @RepositoryName or both.'', 16, 1);
                    RETURN;
                END

                DECLARE @ProductId int;
                DECLARE @RepositoryId int;
                SELECT @ProductId = Id FROM Products WHERE NameKey = @ProductKey;
                SELECT @RepositoryId = Id FROM Repositories WHERE NameKey = @RepositoryKey;

                SELECT e.EmpId, e.FirstName, e.LastName, t.Name AS Title, e.EmailId AS [Email ID],
                    e.ChatUserName AS [Chat User Name], l.Region, l.City
                FROM Employees AS e
                INNER JOIN Locations AS l ON l.Id = e.LocationId
                LEFT JOIN Titles AS t ON t.Id = e.TitleId
                WHERE (e.LeftOn IS NULL OR e.LeftOn > @Day)
                    AND e.Id IN (
                        SELECT a.EmployeeId FROM Assignments AS a
                        WHERE a.ProductId = @ProductId
                            AND (@RepositoryKey IS NULL OR a.RepositoryId = @RepositoryId)
                        UNION ALL
                        SELECT a.EmployeeId FROM Assignments AS a
                        WHERE @ProductKey IS NULL AND a.RepositoryId = @RepositoryId)
                ORDER BY e.FirstNameKey, e.LastNameKey, e.EmpIdKey;
            END');
            """);

    protected override void Down(MigrationBuilder migrationBuilder)
        => migrationBuilder.Sql("DROP PROCEDURE FindPOC;");
}
