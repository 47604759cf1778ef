using System.Diagnostics;
using Intranet.Data.Imports;
using Intranet.Data.Leads;
using Intranet.Seed;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Imports;

public sealed class LeadSampleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sample_shows_every_stage_every_label_and_a_queue_on_whatever_day_it_is_loaded()
    {
        await using var app = await RunningApp.StartAsync(options =>
        {
            (options.Environment, options.Settings["Demo:Accounts"], options.Settings["Demo:Load"]) = ("Development", "true", "true");
        });

        await app.Database(async db =>
        {
            var imports = await db.Imports.Where(i => i.Kind == "leads" || i.Kind == "pocs" || i.Kind == "interactions").ToListAsync(Cancellation);
            Assert.Equal(3, imports.Count);
            Assert.All(imports, import => Assert.Equal((ImportState.Applied, 0), (import.State, import.ErrorRows)));
            Assert.Equal(SampleFolder.LeadCount, await db.Leads.CountAsync(Cancellation));
            Assert.Equal(6, await db.Leads.Select(lead => lead.Stage).Distinct().CountAsync(Cancellation));
            Assert.True(await db.Leads.Select(lead => lead.TimeZone).Distinct().CountAsync(Cancellation) >= 8);
            Assert.True(await db.Leads.CountAsync(lead => lead.OpeningHours != null, Cancellation) > 60);
            var labels = await db.LeadPerformance.GroupBy(one => one.Label).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, Cancellation);
            Assert.All([PerformanceLabel.Well, PerformanceLabel.Average, PerformanceLabel.Under], label => Assert.True(labels.GetValueOrDefault(label) >= 5, $"{label}: {labels.GetValueOrDefault(label)}"));
            Assert.True(await db.LeadPerformance.CountAsync(one => one.IsSlipping, Cancellation) >= 3);
            var kam = await db.Users.Where(user => user.Email == "kam@sc1701d.example").Select(user => user.Id).SingleAsync(Cancellation);
            var due = await db.Leads.Current().Due(app.Clock.UtcNow).Where(lead => lead.OwnerId == kam).ToListAsync(Cancellation);
            Assert.InRange(due.Count, 10, 60);
            Assert.Contains(due, lead => lead.PastMaximumAt <= app.Clock.UtcNow);
            Assert.Contains(due, lead => lead.Attempts > 0);
            Assert.True(await db.Leads.Where(lead => lead.OwnerId != null).Select(lead => lead.OwnerId).Distinct().CountAsync(Cancellation) >= 2);
            Assert.True(await db.OwnershipPeriods.CountAsync(period => period.To != null, Cancellation) > 3);
        });
    }

    [Fact]
    public void The_files_are_what_the_generator_makes_and_the_same_each_time()
    {
        var file = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "sample", "leads.csv")).Skip(1).ToList();
        var leads = LeadGenerator.Leads(SampleFolder.LeadCount, LeadGenerator.SampleOwners).ToList();
        Assert.Equal(leads.Select(lead => lead.Id), file.Select(line => line.Split(',')[0]));
        Assert.Equal(leads, LeadGenerator.Leads(SampleFolder.LeadCount, LeadGenerator.SampleOwners));
    }

    [Fact]
    public void A_number_of_interactions_is_met_exactly()
    {
        var rows = LeadGenerator.Interactions(1_000, ["a@cast.example"], 25_000).ToList();
        Assert.Equal(25_000, rows.Count);
        Assert.Equal(rows.Count, rows.Select(row => (row.LeadId, row.InteractionDate, row.Kind)).Distinct().Count());
    }
}
