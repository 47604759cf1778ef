using Intranet.Data.Settings;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

/// <summary>Leads in the search over everything: to who may see them.</summary>
public sealed class LeadSuggestionsTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task A_lead_is_found_by_name_and_city_by_who_may_see_it()
    {
        var name = Given.Unique("Osteria") + "x";
        var lead = await app.Lead(name, owner: Cast.Kam, city: "Trieste");
        var other = await app.Given.User(role: Data.Accounts.Role.Kam);
        await TeamAsync("false");

        foreach (var (person, sees) in new[] { (Cast.Kam, true), (Cast.SalesLead, true), (Cast.Administrator, true), (other, false), (Cast.Employee, false), (Cast.Steward, false) })
        {
            using var client = await app.SignedInAs(person);
            foreach (var typed in new[] { name, $"tries {name}" })
            {
                string[] expected = sees ? [$"/leads/{lead.Id}"] : [];
                Assert.Equal(expected, (await client.PageAsync("/search?q=" + typed)).MustBeOk().All("#results a.hit").Select(hit => hit.GetAttribute("href")).Where(url => url!.StartsWith("/leads", StringComparison.Ordinal)));
                Assert.Equal(expected, (await client.PageAsync("/search/suggestions?q=" + typed)).MustBeOk().All("[role=group][aria-label=Leads] [role=option]").Select(option => option.GetAttribute("href")));
            }
        }

        await TeamAsync("true");
        using var colleague = await app.SignedInAs(other);
        Assert.Contains(name, (await colleague.PageAsync("/search?q=" + name)).MustBeOk().Texts(".hit-name"));
    }

    private Task TeamAsync(string canSee) => app.Database(async db =>
    {
        await db.Settings.Where(setting => setting.Name == Setting.TeamCanSee).ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        db.Settings.Add(new Setting { Name = Setting.TeamCanSee, Value = canSee });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    });
}
