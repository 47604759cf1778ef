using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using Intranet.Data.Imports;
using Intranet.Data.Providers.Sqlite;
using Intranet.Data.Providers.SqlServer;
using Intranet.Tests.Contacts.Duplicates;
using Intranet.Web.Pages.Imports;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Imports;

/// <summary>A file of many batches: left in the middle, stopped, gone on with, beside others who write.</summary>
public sealed class ImportBatchTests
{
    private static readonly ImportPace OneBatch = new();
    private static readonly ImportPace SmallBatches = new() { FirstBatch = 7, LargestBatch = 7, Pause = TimeSpan.Zero };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("employees")]
    [InlineData("contacts")]
    [InlineData("leads")]
    [InlineData("pocs")]
    [InlineData("interactions")]
    [InlineData("title-rules")]
    public async Task However_small_its_batches_and_wherever_it_is_left_a_file_brings_the_same(string kind)
    {
        await using var whole = await BatchApp.StartAsync(OneBatch);
        await PrepareAsync(whole);
        var expected = await whole.ToldAsync(await whole.ImportAsync(BatchFiles.Of(kind), kind: kind));
        Assert.Contains(expected, line => line.StartsWith("line ", StringComparison.Ordinal) && line.Contains("Error", StringComparison.Ordinal));

        var breaks = new Breaker();
        await using var app = await BatchApp.StartAsync(SmallBatches, breaks.Listen);
        await PrepareAsync(app);
        var preview = await app.PreviewAsync(BatchFiles.Of(kind), kind: kind);
        await preview.Form("Apply").SubmitAsync();
        var passes = await LeaveAndGoOnAsync(app, breaks);

        Assert.True(passes > 6, $"It was left {passes} times only.");
        Assert.Equal(expected, await app.ToldAsync(preview));
        var again = await app.StateAsync(await app.PreviewAsync(BatchFiles.Of(kind), kind: kind));
        Assert.Equal((0, 0), (again.NewRows, again.UpdatedRows));
    }

    // As a stop of the process does: whatever the last transaction was about to write is lost, the rest is there.
    private static async Task<int> LeaveAndGoOnAsync(BatchApp app, Breaker breaks)
    {
        for (var passes = 0; ; passes++)
        {
            Assert.True(passes < 200, "It doesn't get on.");
            using var stop = new CancellationTokenSource();
            // Now and then even the first transaction of a pass is lost.
            breaks.After(passes % 3 == 2 ? 0 : 1, stop);
            await using var scope = app.Services.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<ClaimImport>().RunAsync(DateTime.MinValue, Cancellation) is not { } import)
                return passes;
            try
            {
                await scope.ServiceProvider.GetRequiredService<WorkOnImport>().RunAsync(import, stop.Token);
            }
            catch (OperationCanceledException)
            {
                app.Clock.Advance(TimeSpan.FromMinutes(3));
            }
        }
    }

    [Fact]
    public async Task Others_write_between_two_batches()
    {
        var turnstile = new Turnstile(before: 4);
        await using var app = await BatchApp.StartAsync(SmallBatches, turnstile.Listen);
        await PrepareAsync(app);
        using var program = await app.ApiAsync(Cast.Steward);
        var preview = await app.PreviewAsync(BatchFiles.Of("contacts"), kind: "contacts");
        await preview.Form("Apply").SubmitAsync();
        var work = turnstile.WatchAsync(app.WorkAsync);
        await turnstile.Reached;

        // An identify, and a sign-in with its audit.
        using var answer = await program.PostAsJsonAsync("/api/identify", new { email = "f3@file.example", phoneNumber = (string?)null }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var employee = await app.SignedInAs(Cast.Employee);
        var state = await app.StateAsync(preview);
        Assert.Equal(ImportState.Applying, state.State);
        Assert.InRange(state.Position, 2, 30);
        var page = (await preview.Client.PageAsync(preview.Path)).MustBeOk();
        Assert.Contains($"{state.Progress} of {state.Total} rows", page.Text, StringComparison.Ordinal);
        turnstile.Open();
        await work;

        Assert.Equal(ImportState.Applied, (await app.StateAsync(preview)).State);
        // Whom identify made meanwhile is linked with the row that came later.
        Assert.Equal(1, await app.Database(db => db.Contacts.Where(c => c.EmailKey == "f3@file.example").Select(c => c.LinkedId ?? c.Id).Distinct().CountAsync(Cancellation)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelled_in_the_middle_it_says_what_is_written_and_can_go_on(bool fromAnotherNode)
    {
        var turnstile = new Turnstile(before: 4);
        await using var app = await BatchApp.StartAsync(SmallBatches, turnstile.Listen);
        await PrepareAsync(app);
        await using var other = await RunningApp.BesideAsync(app);
        var preview = await app.PreviewAsync(BatchFiles.Of("contacts"), kind: "contacts");
        await preview.Form("Apply").SubmitAsync();
        var work = turnstile.WatchAsync(app.WorkAsync);
        await turnstile.Reached;

        using var client = fromAnotherNode ? await other.SignedInAs(Cast.Steward) : await app.SignedInAs(Cast.Steward);
        var asked = (await (await client.PageAsync(preview.Path)).Form("Cancel").SubmitAsync()).MustBeOk();
        Assert.Contains("It is being stopped", asked.Text, StringComparison.Ordinal);
        turnstile.Open();
        await work;

        var stopped = (await preview.Client.PageAsync(preview.Path)).MustBeOk();
        Assert.Equal("Stopped", stopped.State());
        var state = await app.StateAsync(preview);
        var there = await app.Database(db => db.Contacts.CountAsync(c => c.ImportId == state.Id, Cancellation));
        Assert.True(there is > 0 and < 30, $"{there} contacts are there.");
        Assert.Contains($"Stopped by {Cast.Steward.Name} after {state.Progress} of {state.Total} rows. {state.Written} rows are written and complete; of the rest, nothing is written.", stopped.Text, StringComparison.Ordinal);
        Assert.Equal($"{state.Total} Rows", stopped.Texts(".tally")[0]);
        Assert.Contains("not written yet", stopped.Line(state.Position + 1), StringComparison.Ordinal);
        Assert.DoesNotContain("not written yet", stopped.Line(state.Position), StringComparison.Ordinal);
        // Who is in is also linked.
        Assert.NotEqual(0, await app.Database(db => db.Links.CountAsync(Cancellation)));
        Assert.Equal(1, await app.Database(db => db.AuditEntries.CountAsync(entry => entry.Subject == "Import" && entry.SubjectId == state.Id && entry.Action == "stopped", Cancellation)));

        await stopped.Form("Go on").SubmitAsync();
        await app.WorkAsync();

        await using var whole = await BatchApp.StartAsync(OneBatch);
        await PrepareAsync(whole);
        Assert.Equal(Clusters(await whole.ToldAsync(await whole.ImportAsync(BatchFiles.Of("contacts"), kind: "contacts"))), Clusters(await app.ToldAsync(preview)));

        // In two parts another link may join the same people, and with it how many there are.
        static IEnumerable<string> Clusters(List<string> told)
            => told.Skip(1).Where(line => !line.Contains("Reason =", StringComparison.Ordinal) && !line.Contains("Cause =", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_rest_of_what_was_stopped_can_be_discarded_and_what_is_written_stays()
    {
        var turnstile = new Turnstile(before: 4);
        await using var app = await BatchApp.StartAsync(SmallBatches, turnstile.Listen);
        await PrepareAsync(app);
        var preview = await app.PreviewAsync(BatchFiles.Of("contacts"), kind: "contacts");
        await preview.Form("Apply").SubmitAsync();
        var work = turnstile.WatchAsync(app.WorkAsync);
        await turnstile.Reached;
        await (await preview.Client.PageAsync(preview.Path)).Form("Cancel").SubmitAsync();
        turnstile.Open();
        await work;
        var stored = await app.StateAsync(preview);

        var list = await (await preview.Client.PageAsync(preview.Path)).Form("Discard the rest").SubmitAsync();

        Assert.Contains($"was discarded. {stored.Written} rows are written.", list.Text, StringComparison.Ordinal);
        Assert.Contains($"The rest of this file was discarded. {stored.Written} rows are written.", (await preview.Client.PageAsync(preview.Path)).Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(app.Folder, "uploads", stored.StoredName)));
        Assert.Equal(stored.Position, await app.Database(db => db.ImportRows.Where(row => row.ImportId == stored.Id).MaxAsync(row => row.Line, Cancellation)));
        Assert.Contains("not waiting to be applied any more", (await preview.Form("Apply").SubmitAsync()).MustBeRefused().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taken_over_by_another_node_it_is_written_once()
    {
        var turnstile = new Turnstile(before: 4);
        await using var app = await BatchApp.StartAsync(SmallBatches, turnstile.Listen);
        await PrepareAsync(app);
        await using var other = await RunningApp.BesideAsync(app);
        var preview = await app.PreviewAsync(BatchFiles.Of("contacts"), kind: "contacts");
        await preview.Form("Apply").SubmitAsync();
        var work = turnstile.WatchAsync(app.WorkAsync);
        await turnstile.Reached;
        Assert.Null(await ClaimedAsync(other));
        other.Clock.Advance(TimeSpan.FromMinutes(3));

        await using (var scope = other.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<WorkOnImport>().RunAsync((await ClaimedAsync(other))!, Cancellation);
        var applied = await app.StateAsync(preview);
        Assert.Equal(ImportState.Applied, applied.State);
        var before = await app.ToldAsync(preview);
        turnstile.Open();
        await work;

        Assert.Equal(before, await app.ToldAsync(preview));
        Assert.Equal(applied.Version, (await app.StateAsync(preview)).Version);
    }

    [Fact]
    public async Task Two_nodes_that_look_for_work_at_once_write_a_file_once()
    {
        await using var app = await BatchApp.StartAsync(SmallBatches);
        await PrepareAsync(app);
        await using var other = await BatchApp.BesideAsync(app);
        var preview = await app.PreviewAsync(BatchFiles.Of("contacts"), kind: "contacts");
        await preview.Form("Apply").SubmitAsync();

        await Task.WhenAll(Task.Run(app.WorkAsync, Cancellation), Task.Run(() => WorkAsync(other), Cancellation));

        await using var whole = await BatchApp.StartAsync(OneBatch);
        await PrepareAsync(whole);
        Assert.Equal(await whole.ToldAsync(await whole.ImportAsync(BatchFiles.Of("contacts"), kind: "contacts")), await app.ToldAsync(preview));
    }

    [Fact]
    public async Task What_fails_in_the_middle_stops_there_and_can_be_tried_again()
    {
        var breaks = new Breaker();
        await using var app = await BatchApp.StartAsync(SmallBatches, breaks.Listen);
        await PrepareAsync(app);
        var preview = await app.PreviewAsync(BatchFiles.Of("contacts"), kind: "contacts");
        await preview.Form("Apply").SubmitAsync();
        breaks.After(2, null);
        await app.WorkAsync();

        var stopped = (await preview.Client.PageAsync(preview.Path)).MustBeOk();
        Assert.Equal("Stopped", stopped.State());
        var state = await app.StateAsync(preview);
        Assert.Contains("Something went wrong on our side.", stopped.Text, StringComparison.Ordinal);
        Assert.Contains($"Stopped after {state.Progress} of {state.Total} rows.", stopped.Text, StringComparison.Ordinal);
        Assert.Equal(14, state.Progress);
        await stopped.Form("Go on").SubmitAsync();
        await app.WorkAsync();
        Assert.Equal("Applied", (await preview.Client.PageAsync(preview.Path)).State());
    }

    [Fact]
    public async Task What_the_database_can_not_do_right_now_is_left_for_later_and_then_goes_on()
    {
        var breaks = new Breaker { Failure = new SqliteException("database is locked", 5) };
        if (TestDatabase.Server is not null)
            breaks.Failure = new TimeoutException();
        await using var app = await BatchApp.StartAsync(SmallBatches, breaks.Listen);
        await PrepareAsync(app);
        var preview = await app.PreviewAsync(BatchFiles.Of("contacts"), kind: "contacts");
        await preview.Form("Apply").SubmitAsync();
        breaks.After(2, null);
        await app.WorkAsync();

        var left = await app.StateAsync(preview);
        Assert.Equal((ImportState.Applying, null), (left.State, left.Error));
        // Who looks for work in the same moment doesn't take it up again and again.
        await app.WorkAsync();
        Assert.Equal(left.Position, (await app.StateAsync(preview)).Position);
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await app.WorkAsync();
        Assert.Equal("Applied", (await preview.Client.PageAsync(preview.Path)).State());
        await using var whole = await BatchApp.StartAsync(OneBatch);
        await PrepareAsync(whole);
        Assert.Equal(await whole.ToldAsync(await whole.ImportAsync(BatchFiles.Of("contacts"), kind: "contacts")), await app.ToldAsync(preview));
    }

    private static async Task WorkAsync(RunningApp app)
    {
        while (await ClaimedAsync(app) is { } import)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<WorkOnImport>().RunAsync(import, Cancellation);
        }
    }

    private static async Task<Import?> ClaimedAsync(RunningApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ClaimImport>().RunAsync(DateTime.MinValue, Cancellation);
    }

    private static async Task PrepareAsync(ImportsApp app)
    {
        await app.Given.Location(code: "FILE", city: "Filetown");
        foreach (var (kind, before) in BatchFiles.Before)
            Assert.Equal("Applied", (await app.ImportAsync(before, kind: kind)).State());
    }

    private sealed class BatchApp(ImportPace pace, Action<IServiceCollection>? listen) : ImportsApp(options => options.Services = services =>
    {
        services.AddSingleton(pace);
        listen?.Invoke(services);
    })
    {
        internal static async Task<BatchApp> StartAsync(ImportPace pace, Action<IServiceCollection>? listen = null)
        {
            var app = new BatchApp(pace, listen);
            await app.InitializeAsync();
            return app;
        }

        internal static Task<RunningApp> BesideAsync(RunningApp first)
            => RunningApp.BesideAsync(first, options => options.Services = services => services.AddSingleton(SmallBatches));

        /// <summary>All that an import leaves behind, without what depends on clock and chance.</summary>
        internal Task<List<string>> ToldAsync(Page page) => Database(async db =>
        {
            var id = Id(page);
            var told = new List<string>();
            var import = await db.Imports.SingleAsync(i => i.Id == id, Cancellation);
            told.Add($"{import.State}: {import.NewRows} new {import.UpdatedRows} updated {import.SameRows} same {import.ErrorRows} errors; {import.Written} written, {import.Progress} of {import.Total}; {string.Join(" ", import.Warnings)}");
            told.AddRange((await db.ImportRows.Where(row => row.ImportId == id).OrderBy(row => row.Line).ToListAsync(Cancellation))
                .Select(row => $"line {row.Line} {row.Kind} {row.Label} {row.Changes} {row.Column} {row.Raw} {row.Problem}"));
            told.AddRange((await db.Employees.OrderBy(e => e.EmpId).Select(e => new { e.EmpId, e.FirstName, e.LastName, e.ManagerEmpId, e.OriginalTitle, Title = e.Title!.Name, Words = db.SearchWords.Count(word => word.Kind == Data.Directory.SearchKind.Employee && word.TargetId == e.Id) }).ToListAsync(Cancellation)).Select(e => $"{e}"));
            told.AddRange((await db.Contacts.OrderBy(c => c.ExternalId).ThenBy(c => c.Email).ThenBy(c => c.ImportLine)
                .Select(c => new { c.ExternalId, c.FullName, c.GivenName, c.Email, c.Phone, c.BirthDateAsTyped, c.Source, c.ImportLine, Primary = db.Contacts.Where(p => p.Id == c.LinkedId).Select(p => p.ImportLine).FirstOrDefault(), IsPrimary = c.LinkedId == null, Words = db.ContactWords.Count(word => word.ContactId == c.Id) }).ToListAsync(Cancellation)).Select(c => $"{c}"));
            told.AddRange((await db.Links.Select(l => new { First = l.First!.ImportLine, Second = l.Second!.ImportLine, l.Reason, l.Detail, l.CreatedBy }).ToListAsync(Cancellation)).Select(l => $"{l}").Order(StringComparer.Ordinal));
            told.AddRange((await db.DuplicatePairs.Select(p => new { First = p.First!.ImportLine, Second = p.Second!.ImportLine, p.Cause, p.State }).ToListAsync(Cancellation)).Select(p => $"{p}").Order(StringComparer.Ordinal));
            told.AddRange((await db.Leads.OrderBy(l => l.ExternalId).ThenBy(l => l.Name).Select(l => new { l.ExternalId, l.Name, l.City, l.Stage, Owner = l.Owner!.Email, l.LastTouchOn, l.NextDueOn, Words = db.LeadWords.Count(word => word.LeadId == l.Id), Moves = db.StageMoves.Count(move => move.LeadId == l.Id), Owned = db.OwnershipPeriods.Count(period => period.LeadId == l.Id), Orders = db.LeadPerformance.Where(one => one.LeadId == l.Id).Select(one => (int?)one.Orders).FirstOrDefault() }).ToListAsync(Cancellation)).Select(l => $"{l}"));
            told.AddRange((await db.Pocs.Select(p => new { Lead = p.Lead!.ExternalId, p.Contact!.FullName, p.Contact.Email, p.Contact.Phone, p.Role, p.IsMain }).ToListAsync(Cancellation)).Select(p => $"{p}").Order(StringComparer.Ordinal));
            told.AddRange((await db.Interactions.Select(i => new { Lead = i.Lead!.ExternalId, i.At, i.Kind, i.Outcome, i.Details, i.OrderValue }).ToListAsync(Cancellation)).Select(i => $"{i}").Order(StringComparer.Ordinal));
            told.AddRange((await db.TitleMappings.Select(m => new { m.Original, m.Position, Title = m.Title!.Name }).ToListAsync(Cancellation)).Select(m => $"{m}").Order(StringComparer.Ordinal));
            return told;
        });
    }

    /// <summary>Lets some batches be committed, then ends the work as late as can be: when all but the commit is done.</summary>
    private sealed class Breaker : DbCommandInterceptor
    {
        private int left = int.MaxValue;
        private CancellationTokenSource? stop;

        /// <param name="batches">How many are committed before.</param>
        /// <param name="source">Cancelled then; null for a failure.</param>
        internal void After(int batches, CancellationTokenSource? source) => (left, stop) = (batches, source);

        /// <summary>How a failure looks.</summary>
        internal Exception Failure { get; set; } = new InvalidOperationException("This batch can't be written.");

        internal void Listen(IServiceCollection services)
        {
            services.ConfigureDbContext<SqliteDbContext>(options => options.AddInterceptors(this));
            services.ConfigureDbContext<SqlServerDbContext>(options => options.AddInterceptors(this));
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Look(command);
            return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Look(command);
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        private void Look(DbCommand command)
        {
            if (!command.CommandText.Contains("UPDATE", StringComparison.Ordinal) || !command.CommandText.Contains("Position", StringComparison.Ordinal) || !command.CommandText.Contains("Imports", StringComparison.Ordinal) || left-- > 0)
                return;
            left = int.MaxValue;
            if (stop is null)
                throw Failure;
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Holds the worker between two of its transactions, so that a test can do something meanwhile.</summary>
    private sealed class Turnstile(int before) : DbTransactionInterceptor
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously), open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly AsyncLocal<bool> isWorker = new();
        private int begun;

        internal Task Reached => reached.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        internal void Open() => open.TrySetResult();

        internal Task WatchAsync(Func<Task> work) => Task.Run(() =>
        {
            isWorker.Value = true;
            return work();
        }, Cancellation);

        internal void Listen(IServiceCollection services)
        {
            services.ConfigureDbContext<SqliteDbContext>(options => options.AddInterceptors(this));
            services.ConfigureDbContext<SqlServerDbContext>(options => options.AddInterceptors(this));
        }

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            if (isWorker.Value && Interlocked.Increment(ref begun) == before)
            {
                reached.TrySetResult();
                await open.Task;
            }

            return result;
        }
    }
}
