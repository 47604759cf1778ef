using Intranet.Data.Providers.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Support;

public sealed class AlsoOnSqlServerTests
{
    [Fact]
    public void A_query_that_only_SQLite_can_answer_is_refused()
    {
        using var db = new SqliteDbContext(new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite(new SqliteConnection("Data Source=:memory:")).Options);

        AlsoOnSqlServer.Translate(db.Contacts.Where(contact => contact.Id > 3).Expression);
        var failure = Assert.Throws<InvalidOperationException>(() => AlsoOnSqlServer.Translate(
            db.Contacts.Where(contact => EF.Functions.Glob(contact.FamilyName!, "A*")).Expression));

        Assert.StartsWith("SQL Server can't answer what SQLite was asked.", failure.Message, StringComparison.Ordinal);
    }
}
