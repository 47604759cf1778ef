using System.Data.Common;
using System.Net;
using Intranet.Data.Directory;
using Intranet.Data.Providers.Sqlite;
using Intranet.Data.Providers.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Directory;

/// <summary>What happens between counting what hangs on a product or repository and removing it.</summary>
public sealed class RemoveFailureTests : IAsyncLifetime
{
    private readonly Meanwhile meanwhile = new();
    private RunningApp app = null!;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync(options => options.Services = meanwhile.Watch);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task What_somebody_named_meanwhile_stays_and_who_names_it_is_said()
    {
        var (product, repository, person) = (await app.Given.Product(), await app.Given.Repository(), await app.Given.Employee());
        using var client = await app.SignedInAs(Cast.Steward);
        foreach (var (address, assigned, says) in new (string, Func<Task>, string)[]
        {
            ($"/directory/products/edit/{product.Id}", () => app.Given.Assignment(person, product), "1 assignment names this product."),
            ($"/directory/repositories/edit/{repository.Id}", () => app.Given.Assignment(person, repository: repository), "1 assignment names this repository."),
        })
        {
            var form = (await client.PageAsync(address)).MustBeOk().Form("Remove");
            meanwhile.Act = assigned;
            Assert.Contains(says, (await form.SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_nobody_named_it_a_failure_of_the_database_is_told_as_nobodys_doing()
    {
        var (product, repository) = (await app.Given.Product(), await app.Given.Repository());
        using var client = await app.SignedInAs(Cast.Steward);
        foreach (var address in new[] { $"/directory/products/edit/{product.Id}", $"/directory/repositories/edit/{repository.Id}" })
        {
            var form = (await client.PageAsync(address)).MustBeOk().Form("Remove");
            meanwhile.Act = () => throw new DbUpdateException("database or disk is full");
            (await form.SubmitAsync()).MustBe(HttpStatusCode.InternalServerError);
        }

        Assert.True(await app.Database(db => db.Products.AnyAsync(p => p.Id == product.Id)));
    }

    /// <summary>Does something at the moment at which a product or repository is about to be removed.</summary>
    private sealed class Meanwhile : DbTransactionInterceptor
    {
        internal Func<Task>? Act { get; set; }

        internal void Watch(IServiceCollection services)
        {
            services.ConfigureDbContext<SqliteDbContext>(options => options.AddInterceptors(this));
            services.ConfigureDbContext<SqlServerDbContext>(options => options.AddInterceptors(this));
        }

        // Before the transaction: SQLite has one writer, and nobody else writes as long as it lasts.
        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            if (Act is { } act && eventData.Context!.ChangeTracker.Entries().Any(entry => entry.State == EntityState.Deleted && entry.Entity is Product or Repository))
            {
                Act = null;
                await act();
            }

            return await base.TransactionStartingAsync(connection, eventData, result, cancellationToken);
        }
    }
}
