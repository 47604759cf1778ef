using Intranet.Data.Leads;
using Intranet.Data.Settings;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Performance;

/// <summary>Accounts with orders and calls, made by the verbs that pages use.</summary>
internal static class PerformanceGiven
{
    internal static Task<int> IdOf(this RunningApp app, Person person) => app.Database(db => db.Users.Where(user => user.Email == person.Email).Select(user => user.Id).SingleAsync());

    internal static async Task<LeadViewer> ViewerAsync(this RunningApp app) => new(await app.IdOf(Cast.SalesLead), false, true, true, Cast.SalesLead.Name);

    internal static async Task<Lead> Account(this RunningApp app, Person owner, string? name = null, string city = "Berlin", Stage stage = Stage.Active, string currency = "EUR")
    {
        var (by, id) = (await app.ViewerAsync(), await app.IdOf(owner));
        return (await app.Operation<CreateLead, CreateLead.Result>(create => create.RunAsync(new Lead { Name = name ?? Given.Unique("Account"), City = city, Currency = currency }, stage, stage == Stage.Closed ? "Closed from the beginning." : null, id, new CallPlan(), by))).Lead!;
    }

    /// <summary>Orders of a value in minor units, each so many days ago.</summary>
    internal static async Task Ordered(this RunningApp app, Lead lead, long value, params int[] daysAgo)
    {
        foreach (var days in daysAgo)
            await app.LogAsync(lead, new InteractionValues(InteractionKind.Order, At: app.Clock.UtcNow.AddDays(-days), OrderValue: value));
    }

    internal static Task Called(this RunningApp app, Lead lead, CallOutcome outcome, int daysAgo = 0)
        => app.LogAsync(lead, new InteractionValues(InteractionKind.Call, outcome, app.Clock.UtcNow.AddDays(-daysAgo)));

    internal static async Task Moved(this RunningApp app, Lead lead, Stage to)
    {
        var by = await app.ViewerAsync();
        Assert.NotNull((await app.Operation<MoveStage, MoveStage.Result>(move => move.RunAsync(lead.Id, to, "because", null, by))).Move);
    }

    internal static async Task HandedOver(this RunningApp app, Lead lead, Person to)
    {
        var (by, id) = (await app.ViewerAsync(), await app.IdOf(to));
        Assert.Single((await app.Operation<ReassignLeads, ReassignLeads.Result>(reassign => reassign.RunAsync(new ReassignLeads.Request([lead.Id], null, [id]), by))).Moved);
    }

    internal static async Task TeamCanSee(this RunningApp app, bool can)
        => await app.Database(async db =>
        {
            await db.Settings.Where(setting => setting.Name == Setting.TeamCanSee).ExecuteDeleteAsync();
            db.Settings.Add(new Setting { Name = Setting.TeamCanSee, Value = can ? "true" : "false" });
            await db.SaveChangesAsync();
        });

    private static async Task LogAsync(this RunningApp app, Lead lead, InteractionValues values)
    {
        var by = await app.ViewerAsync();
        Assert.NotNull((await app.Operation<LogInteraction, LogInteraction.Result>(log => log.RunAsync(lead.Id, values, by))).Interaction);
    }
}
