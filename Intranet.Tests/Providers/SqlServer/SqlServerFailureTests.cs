using System.Reflection;
using System.Text.RegularExpressions;
using Intranet.Data.Providers.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Providers.SqlServer;

/// <summary>What a server's errors are taken for, in the wrappings they come in. Needs no server.</summary>
public sealed class SqlServerFailureTests
{
    // What is saved comes twice wrapped where EF Core thinks that another try could help.
    private static readonly Func<Exception, Exception>[] Wrappings =
    [
        error => error,
        error => new InvalidOperationException("An exception has been raised that is likely due to a transient failure.", error),
        error => new InvalidOperationException("An exception has been raised that is likely due to a transient failure.", new DbUpdateException("While saving.", error)),
    ];

    [Theory]
    [InlineData(1205, 13, true, true)]
    [InlineData(1222, 16, true, false)]
    [InlineData(-2, 11, true, false)]
    [InlineData(10054, 20, true, false)]
    [InlineData(2601, 14, false, false)]
    [InlineData(547, 16, false, false)]
    public void An_error_is_known_in_each_wrapping(int number, byte severity, bool isPassing, bool isDeadlock)
    {
        using var db = new SqlServerDbContext(new DbContextOptionsBuilder<SqlServerDbContext>().UseSqlServer("Server=none").Options);
        Assert.All(Wrappings, wrap =>
        {
            var failure = wrap(Error(number, severity));
            Assert.Equal((isPassing, isDeadlock, number == 2601), (db.IsPassing(failure), SqlServerDbContext.IsDeadlock(failure), db.IsUniqueViolation(failure)));
        });
    }

    [Fact]
    public void What_takes_too_long_passes_unless_it_is_a_pattern()
    {
        using var db = new SqlServerDbContext(new DbContextOptionsBuilder<SqlServerDbContext>().UseSqlServer("Server=none").Options);
        Assert.True(db.IsPassing(new TimeoutException()));
        Assert.False(db.IsPassing(new RegexMatchTimeoutException()));
        Assert.False(db.IsPassing(new InvalidOperationException("Something else.")));
    }

    // The client makes them itself and offers no way to.
    private static SqlException Error(int number, byte severity)
    {
        const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;
        var make = typeof(SqlError).GetConstructors(Hidden).OrderBy(one => one.GetParameters().Length).First(one => one.GetParameters() is [{ Name: "infoNumber" }, ..]);
        var error = make.Invoke([.. make.GetParameters().Select(parameter => parameter.Name switch
        {
            "infoNumber" => (object?)number,
            "errorClass" => severity,
            _ => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : parameter.ParameterType == typeof(string) ? "" : null,
        })]);
        var errors = Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [error]);
        var create = typeof(SqlException).GetMethods(Hidden).First(one => one.Name == "CreateException" && one.GetParameters() is [_, { ParameterType.Name: "String" }]);
        return (SqlException)create.Invoke(null, [errors, ""])!;
    }
}
