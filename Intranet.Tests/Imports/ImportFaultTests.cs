using System.Net;
using System.Text;
using Intranet.Data.Directory;
using Intranet.Data.Imports;
using Intranet.Data.Providers.Sqlite;
using Intranet.Data.Providers.SqlServer;
using Intranet.Web.Pages.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Imports;

/// <summary>Stopped in the middle: by the user, by a stop, by a kill.</summary>
public sealed class ImportFaultTests
{
    private const int Many = 9_000;

    private static string ManyRows(string place) => ImportsApp.Csv([.. Enumerable.Range(1, Many).Select(i => ImportsApp.Row($"K{i}", place, last: $"Kay{i}"))]);

    [Fact]
    public async Task Cancelled_while_it_is_applied_nothing_is_written_and_the_preview_is_there_again()
    {
        var gate = new Gate();
        await using var app = new GatedApp(gate);
        await app.InitializeAsync();
        var preview = await app.PreviewAsync(ImportsApp.Csv([.. Enumerable.Range(1, 100).Select(i => ImportsApp.Row($"C{i}", "BER1"))]).Replace("BER1", await app.PlaceAsync(), StringComparison.Ordinal));
        await preview.Form("Apply").SubmitAsync();
        gate.Close();
        var work = Task.Run(app.WorkAsync, TestContext.Current.CancellationToken);
        await gate.Reached;

        var applying = (await preview.Client.PageAsync(preview.Path)).MustBeOk();
        Assert.Equal("Applying", applying.State());
        Assert.Contains("The rows are being applied, some thousands at a time.", applying.Text, StringComparison.Ordinal);
        Assert.Contains("can't be discarded any more", (await preview.Form("Discard").SubmitAsync()).MustBeRefused().Text, StringComparison.Ordinal);
        await applying.Form("Cancel").SubmitAsync();
        gate.Open();
        await work;

        var after = (await preview.Client.PageAsync(preview.Path)).MustBeOk();
        Assert.Equal("To decide", after.State());
        Assert.Equal("100 Rows, 100 New, 0 Updated, 0 Same, 0 Errors", after.Counts());
        Assert.Equal(50, after.All(".import-rows tbody tr").Count);
        Assert.Equal(0, await app.Database(db => db.Employees.CountAsync()));
        Assert.Equal("Applied", (await app.ApplyAsync(after)).State());
        Assert.Equal(100, await app.Database(db => db.Employees.CountAsync()));
    }

    [Fact]
    public async Task Discarded_while_it_is_read_it_stays_discarded_and_leaves_no_rows()
    {
        var gate = new Gate();
        await using var app = new GatedApp(gate);
        await app.InitializeAsync();
        var page = await app.UploadAsync(ManyRows(await app.PlaceAsync()));
        gate.Close();
        var work = Task.Run(app.WorkAsync, TestContext.Current.CancellationToken);
        await gate.Reached;

        await (await page.Client.PageAsync(page.Path)).Form("Cancel").SubmitAsync();
        gate.Open();
        await work;

        Assert.Equal(ImportState.Discarded, (await app.StateAsync(page)).State);
        Assert.Equal(0, await app.Database(db => db.ImportRows.CountAsync()));
        Assert.Empty(System.IO.Directory.GetFiles(Path.Combine(app.Folder, "uploads")));
    }

    [Fact]
    public async Task Killed_in_the_middle_it_goes_on_after_the_last_batch_when_it_is_started_again()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Demo__Accounts"] = "true",
            ["DOTNET_GCHeapHardLimit"] = "0x40000000",
        });
        using var steward = await SignedInAsync(app);
        await ImportAsync(steward, "locations", "LocationCode,City,Region,Country,TimeZone\nBER,Berlin,EMEA,Germany,Europe/Berlin");
        var people = await UploadAsync(steward, "employees", ManyRows("BER"));
        var preview = await UntilAsync(steward, people, page => page.All("#apply").Count == 1);

        await WithoutEndAsync(app.Folder);
        await preview.Form("Apply").SubmitAsync();
        var written = await KilledInTheMiddleAsync(app, steward, people);

        Assert.InRange(written, 1, Many - 1);
        await OnAsync(app.Folder, "DROP TRIGGER LastRow");
        await app.RestartAsync();
        var applied = await UntilAsync(steward, people, page => page.State() == "Applied");
        Assert.Equal("9,000 Rows, 9,000 New, 0 Updated, 0 Same, 0 Errors", applied.Counts());
        await using (var db = Open(app.Folder))
        {
            Assert.Equal((Many, Many), await WithWordsAsync(db));
            Assert.Equal(Many, await db.ImportRows.CountAsync(row => db.Imports.Any(import => import.Id == row.ImportId && import.Kind == "employees"), TestContext.Current.CancellationToken));
        }

        // And the same file once more brings nothing.
        var again = await UploadAsync(steward, "employees", ManyRows("BER"));
        Assert.Equal("9,000 Rows, 0 New, 0 Updated, 9,000 Same, 0 Errors", (await UntilAsync(steward, again, page => page.State() == "To decide")).Counts());
    }

    [Fact]
    public async Task Killed_while_it_is_read_it_is_read_again_after_the_restart()
    {
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Demo__Accounts"] = "true",
            ["DOTNET_GCHeapHardLimit"] = "0x40000000",
        });
        using var steward = await SignedInAsync(app);
        var people = await UploadAsync(steward, "employees", ManyRows("NOWHERE"));
        await app.KillAsync();

        await app.RestartAsync();
        var preview = await UntilAsync(steward, people, page => page.State() == "To decide");

        Assert.Equal("9,000 Rows, 0 New, 0 Updated, 0 Same, 9,000 Errors", preview.Counts());
    }

    private static async Task<HttpClient> SignedInAsync(AppProcess app)
    {
        var client = app.Anonymous();
        var page = await client.PageAsync("/account/sign-in");
        (await page.Form("Sign in").Fill("E-mail address", "steward@sc1701d.example").Fill("Password", "Engage-1701-D!").SubmitAsync(follow: false)).MustBe(HttpStatusCode.Redirect);
        return client;
    }

    private static async Task<string> UploadAsync(HttpClient client, string kind, string content)
        => (await (await client.PageAsync("/imports")).Form("Upload").Fill("Kind", kind).Attach("File", "file.csv", Encoding.UTF8.GetBytes(content)).SubmitAsync()).MustBeOk().Path;

    private static async Task ImportAsync(HttpClient client, string kind, string content)
    {
        var url = await UploadAsync(client, kind, content);
        await (await UntilAsync(client, url, page => page.All("#apply").Count == 1)).Form("Apply").SubmitAsync();
        await UntilAsync(client, url, page => page.State() == "Applied");
    }

    private static Task<Page> UntilAsync(HttpClient client, string url, Func<Page, bool> reached)
        => Eventually.Is(async () => (await client.PageAsync(url)).MustBeOk(), reached, "that state");

    // The statement that brings the last row goes on until its process ends, so that there is a middle to be killed in.
    private static async Task WithoutEndAsync(string folder)
    {
        await OnAsync(folder, "CREATE VIEW Numbers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");
        await OnAsync(folder, $"CREATE TRIGGER LastRow AFTER INSERT ON Employees WHEN NEW.LastName = 'Kay{Many}' BEGIN SELECT max(i) FROM Numbers; END");
    }

    private static async Task OnAsync(string folder, string sql)
    {
        await using var db = Open(folder);
        await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
    }

    private static async Task<int> KilledInTheMiddleAsync(AppProcess app, HttpClient steward, string people)
    {
        await UntilAsync(steward, people, page => page.State() == "Applying");
        await using var db = Open(app.Folder);
        await Eventually.Is(() => db.Imports.AsNoTracking().SingleAsync(import => import.Kind == "employees", TestContext.Current.CancellationToken), import => import.Position > 0, "a batch to be written");
        await app.KillAsync();

        // Its rows lie without a gap below the header, with all that belongs to them.
        var import = await db.Imports.AsNoTracking().SingleAsync(import => import.Kind == "employees", TestContext.Current.CancellationToken);
        Assert.Equal((ImportState.Applying, import.Position - 1, import.Position - 1), (import.State, import.Written, import.Progress));
        Assert.Equal((import.Written, import.Written), await WithWordsAsync(db));
        return import.Written;
    }

    private static SqliteDbContext Open(string folder)
        => new(new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite($"Data Source={Path.Combine(folder, "intranet.db")};Pooling=False").AddInterceptors(new SqlitePragmas()).Options);

    private static async Task<(int People, int Found)> WithWordsAsync(SqliteDbContext db)
        => (await db.Employees.CountAsync(TestContext.Current.CancellationToken),
            await db.SearchWords.Where(word => word.Kind == SearchKind.Employee).Select(word => word.TargetId).Distinct().CountAsync(TestContext.Current.CancellationToken));

    [Fact]
    public async Task What_the_database_never_answers_in_time_is_given_up_and_told()
    {
        var gate = new Gate();
        await using var app = new GatedApp(gate);
        await app.InitializeAsync();
        var preview = await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row("T1", await app.PlaceAsync())));
        await preview.Form("Apply").SubmitAsync();
        gate.Timeouts = ImportProgress.MostTimesLeft;

        for (var time = 1; time <= ImportProgress.MostTimesLeft; time++)
        {
            Assert.NotEqual(ImportState.Failed, (await app.StateAsync(preview)).State);
            // As if its worker were gone for long.
            await app.Database(db => db.Imports.ExecuteUpdateAsync(set => set.SetProperty(one => one.AliveAt, (DateTime?)null)));
            await app.WorkAsync();
        }

        Assert.Contains($"The database was busy or didn't answer in time, {ImportProgress.MostTimesLeft} times in a row.", (await preview.Client.PageAsync(preview.Path)).MustBeOk().Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.Database(db => db.Employees.CountAsync()));
    }

    private sealed class GatedApp(Gate gate) : ImportsApp(options => options.Services = gate.Listen);

    /// <summary>Holds the first statement that clears the rows of an import, which is the worker's, so that a test can look meanwhile.</summary>
    private sealed class Gate : DbCommandInterceptor
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int closed;

        internal Task Reached => reached.Task.WaitAsync(TimeSpan.FromMinutes(2));

        /// <summary>How many more of those statements are not answered in time.</summary>
        internal int Timeouts { get; set; }

        internal void Close() => closed = 1;

        internal void Open() => open.TrySetResult();

        internal void Listen(IServiceCollection services)
        {
            services.ConfigureDbContext<SqliteDbContext>(options => options.AddInterceptors(this));
            services.ConfigureDbContext<SqlServerDbContext>(options => options.AddInterceptors(this));
        }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            System.Data.Common.DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            var clears = command.CommandText.Contains("ImportRows", StringComparison.Ordinal) && command.CommandText.Contains("DELETE", StringComparison.Ordinal);
            if (clears && Timeouts-- > 0)
                throw new TimeoutException("Not in time.");
            if (clears && Interlocked.Exchange(ref closed, 0) == 1)
            {
                reached.TrySetResult();
                await open.Task;
            }

            return result;
        }
    }
}
