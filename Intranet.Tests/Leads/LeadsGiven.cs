using Intranet.Data.Accounts;
using Intranet.Data.Leads;
using Intranet.Tests.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

/// <summary>Leads for a test, made by the app's own verbs.</summary>
internal static class LeadsGiven
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static Task<int> UserId(this RunningApp app, Person person)
        => app.Database(db => db.Users.Where(user => user.Email == person.Email).Select(user => user.Id).SingleAsync(Cancellation));

    /// <summary>As the pages see somebody.</summary>
    internal static async Task<LeadViewer> Viewer(this RunningApp app, Person person, bool teamCanSee = true)
        => new(await app.UserId(person), person.Role == Role.Kam, person.Role is Role.SalesLead or Role.Administrator, teamCanSee, person.Name);

    /// <param name="owner">Karl, unless named.</param>
    /// <param name="unowned">Nobody's.</param>
    /// <param name="interval">Days of its call plan; null: not in the plan.</param>
    /// <param name="value">Expected, in cents.</param>
    internal static async Task<Lead> Lead(
        this RunningApp app, string? name = null, Person? owner = null, bool unowned = false, Stage stage = Stage.New, string city = "Berlin", string zone = "Europe/Berlin",
        int? interval = null, int? maximum = null, CallPlan? plan = null, long? value = null, string currency = "EUR", bool isMain = false, string? nextStep = null, string? hours = null, string? source = null, string address = "")
    {
        var lead = new Lead
        {
            // With an end of its own: none is the beginning of another.
            Name = name ?? $"{Given.Unique("Restaurant")}x",
            City = city,
            Address = address,
            TimeZone = zone,
            ExpectedValue = value,
            Currency = currency,
            IsMain = isMain,
            NextStep = nextStep,
            OpeningHours = hours,
            Source = source,
        };
        int? user = unowned ? null : await app.UserId(owner ?? Cast.Kam);
        var by = await app.Viewer(Cast.SalesLead);
        var result = await app.Operation<CreateLead, CreateLead.Result>(create => create.RunAsync(lead, stage, stage == Stage.Closed ? "Closed from the beginning." : null, user, plan ?? new CallPlan(interval, maximum), by, Cancellation));
        return result.Lead ?? throw new InvalidOperationException(result.Refused!.Message);
    }

    /// <summary>Writes something down about a lead.</summary>
    /// <param name="daysAgo">How long ago it happened.</param>
    /// <param name="value">Of an order, in cents.</param>
    /// <param name="by">The sales lead, unless named.</param>
    internal static async Task<Interaction> Logged(
        this RunningApp app, Lead lead, InteractionKind kind = InteractionKind.Call, CallOutcome? outcome = null, double daysAgo = 0, long? value = null, bool isOrder = false, string details = "", DateOnly? followUpOn = null, int? pocId = null, Person? by = null)
    {
        outcome ??= kind == InteractionKind.Call ? CallOutcome.Reached : null;
        var result = await app.TryLog(lead, new InteractionValues(kind, outcome, app.Clock.UtcNow.AddDays(-daysAgo), pocId, details, isOrder, value, followUpOn), by);
        return result.Interaction ?? throw new InvalidOperationException(result.Refused?.Message ?? "There is no such lead for them.");
    }

    internal static async Task<LogInteraction.Result> TryLog(this RunningApp app, Lead lead, InteractionValues values, Person? by = null)
    {
        var viewer = await app.Viewer(by ?? Cast.SalesLead);
        return await app.Operation<LogInteraction, LogInteraction.Result>(log => log.RunAsync(lead.Id, values, viewer, Cancellation));
    }

    /// <summary>The lead as it is stored now.</summary>
    internal static Task<Lead> Now(this RunningApp app, Lead lead) => app.Database(db => db.Leads.AsNoTracking().SingleAsync(one => one.Id == lead.Id, Cancellation));

    internal static Task<LeadPerformance> PerformanceOf(this RunningApp app, Lead lead) => app.Database(db => db.LeadPerformance.AsNoTracking().SingleAsync(one => one.LeadId == lead.Id, Cancellation));

    internal static Task<Interaction> Now(this RunningApp app, Interaction interaction) => app.Database(db => db.Interactions.AsNoTracking().SingleAsync(one => one.Id == interaction.Id, Cancellation));

    internal static async Task<Poc> Poc(this RunningApp app, Lead lead, string? name = null, string role = "kitchen", string? email = null, string? phone = null, bool isMain = false)
    {
        var by = await app.Viewer(Cast.SalesLead);
        var result = await app.Operation<AddPoc, AddPoc.Result>(add => add.RunAsync(new AddPoc.Request(lead.Id, role, Name: name ?? Given.Unique("Poc "), Email: email, Phone: phone, IsMain: isMain), by, Cancellation));
        return result.Poc ?? throw new InvalidOperationException(result.Refused!.Message);
    }
}
