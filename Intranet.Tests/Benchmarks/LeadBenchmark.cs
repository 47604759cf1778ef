using System.Diagnostics;
using System.Globalization;
using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Intranet.Tests.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Benchmarks;

/// <summary>
/// <c>INTRANET_LEADS</c> (200,000) leads with 25 interactions each: computing all of them, and what pages ask. Not part of the suite; run it in Release:
/// <c>dotnet run -c Release --project Intranet.Tests -- -explicit only -class Intranet.Tests.Benchmarks.LeadBenchmark -showliveoutput</c>.
/// </summary>
public sealed class LeadBenchmark
{
    private const int Each = 25;
    private const int Kams = 100;

    private static readonly string[] Cities = ["Berlin", "Mumbai", "London", "New York", "Tokyo", "Paris", "São Paulo", "Sydney"];
    private static readonly string[] First = ["Golden", "Blue", "Old", "Royal", "Little", "Green", "Silver", "Grand", "Lucky", "Happy"];
    private static readonly string[] Second = ["Lotus", "Dragon", "Garden", "Kitchen", "Table", "Spoon", "Harbour", "Lantern", "Olive", "Pepper"];

    [Fact(Explicit = true)]
    public async Task At_full_size()
    {
        var leads = int.Parse(Environment.GetEnvironmentVariable("INTRANET_LEADS") ?? "200000", CultureInfo.InvariantCulture);
        await using var app = await RunningApp.StartAsync();
        var owners = new List<int>();
        for (var i = 0; i < Kams; i++)
            owners.Add(await app.UserId(await app.Given.User(role: Data.Accounts.Role.Kam)));
        var watch = Stopwatch.StartNew();
        await app.Database(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await FillAsync(db, leads, owners, app.Clock.UtcNow);
            await transaction.CommitAsync();
        });
        Print($"{leads:N0} leads and {leads * Each:N0} interactions inserted in {watch.Elapsed.TotalSeconds:F1} s");
        foreach (var withTouches in new[] { true, false, false })
        {
            watch.Restart();
            var count = await app.Operation<RecomputePerformance, int>(recompute => recompute.RunAsync(withTouches: withTouches));
            Print($"{count:N0} computed {(withTouches ? "with" : "without")} touches in {watch.Elapsed.TotalSeconds:F1} s; peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        }

        var (now, owner, random) = (app.Clock.UtcNow, owners[7], new Random(1));
        var today = DateOnly.FromDateTime(now);
        await MeasureAsync("due of one KAM", db => db.Leads.Where(lead => lead.OwnerId == owner).Due(now).OrderBy(lead => lead.DueAt).Take(200).Select(lead => new { lead.Id, lead.Name, lead.NextDueOn, lead.PastMaximumAt, lead.IsMain }).ToListAsync());
        await MeasureAsync("due of all, first 50", db => db.Leads.Due(now).OrderBy(lead => lead.DueAt).Take(50).Select(lead => new { lead.Id, lead.Name }).ToListAsync());
        await MeasureAsync("due of all, count", db => db.Leads.Due(now).CountAsync());
        await MeasureAsync("sums of the board, all", db => db.Leads.Current().GroupBy(lead => new { lead.Stage, lead.Currency }).Select(group => new { group.Key, Count = group.Count(), Sum = group.Sum(lead => lead.ExpectedValue) }).ToListAsync());
        await MeasureAsync("sums of the board, one KAM", db => db.Leads.Current().Where(lead => lead.OwnerId == owner).GroupBy(lead => new { lead.Stage, lead.Currency }).Select(group => new { group.Key, Count = group.Count(), Sum = group.Sum(lead => lead.ExpectedValue) }).ToListAsync());
        await MeasureAsync("a column of the board", db => db.Leads.Current().Where(lead => lead.Stage == Stage.Qualified).OrderByDescending(lead => lead.UpdatedAt).ThenByDescending(lead => lead.Id).Take(50).Select(lead => new { lead.Id, lead.Name, lead.Owner!.DisplayName }).ToListAsync());
        foreach (var text in new[] { "pepper", "gol lot", "g", "g l", "berlin", "nowhere", "no123" })
            await MeasureAsync($"search '{text}', first 50", async db => await (await db.SearchLeadsAsync(text)).Found.Current().OrderBy(lead => lead.SearchKey).ThenBy(lead => lead.Id).Take(50).Select(lead => new { lead.Id, lead.Name }).ToListAsync());
        await MeasureAsync("timeline", db => Timeline(db, random.Next(leads) + 1).ToListAsync());
        await MeasureAsync("well-performing, first 50", db => db.LeadPerformance.Where(one => one.Label == PerformanceLabel.Well && one.Lead!.DeletedAt == null).OrderByDescending(one => one.Revenue).Take(50).Select(one => new { one.Lead!.Name, one.Revenue }).ToListAsync());
        await MeasureAsync("well-performing of one KAM", db => db.LeadPerformance.Where(one => one.Label == PerformanceLabel.Well && one.Lead!.DeletedAt == null && one.Lead.OwnerId == owner).OrderByDescending(one => one.Revenue).Take(50).Select(one => new { one.Lead!.Name, one.Revenue }).ToListAsync());
        await MeasureAsync("counts by label", db => db.LeadPerformance.GroupBy(one => one.Label).Select(group => new { group.Key, Count = group.Count() }).ToListAsync());
        await MeasureAsync("revenue by day, 90 days", db => db.Interactions.Where(one => one.OrderedOn >= today.AddDays(-90)).GroupBy(one => one.OrderedOn).Select(group => new { group.Key, Orders = group.Count(), Revenue = group.Sum(one => one.OrderValue) }).ToListAsync(), 10);
        await MeasureAsync("revenue by KAM, 90 days", db => db.Interactions.Where(one => one.OrderedOn >= today.AddDays(-90)).GroupBy(one => one.CreditedToId).Select(group => new { group.Key, Orders = group.Count(), Revenue = group.Sum(one => one.OrderValue) }).ToListAsync(), 10);
        await MeasureAsync("revenue of one KAM by day, 90 days", db => db.Interactions.Where(one => one.OrderedOn >= today.AddDays(-90) && one.CreditedToId == owner).GroupBy(one => one.OrderedOn).Select(group => new { group.Key, Orders = group.Count(), Revenue = group.Sum(one => one.OrderValue) }).ToListAsync(), 10);
        watch.Restart();
        await app.Operation<PreviewLabels, IReadOnlyList<PreviewLabels.Move>>(preview => preview.RunAsync(new LeadSettings(WellMinimumOrders: 3)));
        Print($"preview of labels in {watch.Elapsed.TotalMilliseconds:F0} ms");
        var by = await app.Viewer(Cast.SalesLead);
        for (var i = 0; i < 3; i++)
        {
            watch.Restart();
            await app.Operation<LogInteraction, LogInteraction.Result>(log => log.RunAsync(random.Next(leads) + 1, new InteractionValues(InteractionKind.Order, OrderValue: 1), by));
            Print($"an order written down in {watch.Elapsed.TotalMilliseconds:F1} ms");
        }

        watch.Restart();
        var moved = await app.Operation<ReassignLeads, ReassignLeads.Result>(reassign => reassign.RunAsync(new(null, owner, [owners[1], owners[2]], "Left", today), by));
        Print($"{moved.Moved.Count:N0} leads reassigned with a note in {watch.Elapsed.TotalSeconds:F1} s");

        async Task MeasureAsync<T>(string what, Func<IntranetDbContext, Task<T>> ask, int times = 40)
        {
            var took = new List<double>();
            for (var i = 0; i < times; i++)
            {
                await app.Database(async db =>
                {
                    var start = Stopwatch.GetTimestamp();
                    await ask(db);
                    took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                });
            }

            took.Sort();
            Print(string.Create(CultureInfo.InvariantCulture, $"{what,-40} p50 {took[took.Count / 2],8:F2} ms   most {took[^1],8:F2} ms"));
        }
    }

    private static IQueryable<object> Timeline(IntranetDbContext db, int lead)
        => db.Interactions.Where(one => one.LeadId == lead).OrderByDescending(one => one.At).ThenByDescending(one => one.Id).Take(50).Select(one => new { one.At, one.Kind, one.Details, one.Author!.DisplayName });

    private static async Task FillAsync(IntranetDbContext db, int leads, List<int> owners, DateTime now)
    {
        var random = new Random(4711);
        var today = DateOnly.FromDateTime(now);
        var words = new List<Lead>();
        await db.InsertManyAsync(Enumerable.Range(1, leads).Select(i =>
        {
            var created = now.AddDays(-random.Next(1, 1000));
            var lead = new Lead
            {
                Name = $"{First[random.Next(10)]} {Second[random.Next(10)]} No{i}",
                City = Cities[random.Next(Cities.Length)],
                TimeZone = "Europe/Berlin",
                ExpectedValue = random.Next(1_000_000),
                Stage = (Stage)random.Next(6),
                StageSince = created,
                OwnerId = owners[random.Next(owners.Count)],
                CreatedAt = created,
                UpdatedAt = created,
            };
            lead.SetPlan(new CallPlan(random.Next(7, 60), 90));
            return lead;
        }));
        foreach (var lead in await db.Leads.AsNoTracking().Select(lead => new { lead.Id, lead.Name, lead.City, lead.OwnerId, lead.CreatedAt }).ToListAsync())
        {
            words.Add(new Lead { Name = lead.Name, City = lead.City, ExternalId = lead.Id.ToString(CultureInfo.InvariantCulture) });
            if (words.Count % 50_000 == 0)
                Print($"{words.Count:N0} words");
        }

        await db.InsertManyAsync(words.SelectMany(lead => LeadWord.Of(lead).Select(word => new LeadWord { Word = word.Word, LeadId = int.Parse(lead.ExternalId!, CultureInfo.InvariantCulture) })));
        await db.InsertManyAsync(Enumerable.Range(1, leads).Select(i => new OwnershipPeriod { LeadId = i, OwnerId = owners[i % owners.Count], From = now.AddDays(-1000) }));
        // In the order of time, as they come.
        await db.InsertManyAsync(Enumerable.Range(0, leads * Each).Select(i =>
        {
            var at = now.AddDays(-1000.0 + (1000.0 * i / (leads * Each)));
            var isOrder = random.Next(5) == 0;
            var interaction = new Interaction { LeadId = random.Next(leads) + 1, AuthorId = owners[random.Next(owners.Count)], CreatedAt = at };
            (interaction.Kind, interaction.At, interaction.On, interaction.CreditedToId) = (isOrder ? InteractionKind.Order : (InteractionKind)random.Next(3), at, DateOnly.FromDateTime(at), interaction.AuthorId);
            interaction.Outcome = interaction.Kind == InteractionKind.Call ? (CallOutcome)random.Next(4) : null;
            interaction.Details = "Spoke about the menu of next month and the delivery times.";
            if (isOrder)
                (interaction.IsOrder, interaction.OrderedOn, interaction.OrderValue, interaction.Currency) = (true, interaction.On, random.Next(100_000), "EUR");
            return interaction;
        }));
    }

    private static void Print(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
