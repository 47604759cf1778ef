using System.Net;
using System.Text.Json;
using Intranet.Data.Accounts;
using Intranet.Data.Settings;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Leads;

/// <summary>
/// Who may do what with somebody's lead: the one table. A page or endpoint that leads or performance gain needs a line here;
/// without one, <see cref="Every_page_and_endpoint_of_leads_is_in_the_table"/> names it.
/// </summary>
public sealed class LeadRightsTests(RunningApp app) : IClassFixture<RunningApp>
{
    /// <param name="Key">As in <see cref="Access.Table"/>; without a method, a page that is read.</param>
    /// <param name="Rights">What is answered to each, see below.</param>
    /// <param name="Body">JSON with LEAD, POC and OTHER (the user id of the other KAM).</param>
    public sealed record Row(string Key, Rights Rights, string? Body = null)
    {
        public override string ToString() => Key;
    }

    /// <param name="Owner">The KAM whose lead it is.</param>
    /// <param name="Team">Another KAM while the team can see.</param>
    /// <param name="Outsider">Another KAM while it can't.</param>
    /// <param name="SalesLead">And an administrator.</param>
    public sealed record Rights(int Owner, int Team, int Outsider, int SalesLead);

    // Employees and stewards are told 403 everywhere, strangers are asked to sign in.
    private static readonly Rights
        Read = new(200, 200, 404, 200),
        Change = new(200, 404, 404, 200),
        Everybody = new(200, 200, 200, 200),
        SalesLeadsOnly = new(403, 403, 403, 200);

    private static readonly Row[] Table =
    [
        new("/Leads", Everybody),
        new("/Leads/Board", Everybody),
        new("/Leads/Due", Everybody),
        new("/Leads/{id:int}", Read),
        new("/Leads/Edit/{id:int?}", Change),
        new("/Leads/Hand-Over", SalesLeadsOnly),
        new("/Leads/Settings", SalesLeadsOnly),
        new("/Performance", Everybody),
        new("/Performance/Charts", Everybody),
        new("GET /api/leads", Everybody),
        new("POST /api/leads", Everybody, """{"restaurant_name":"New"}"""),
        new("GET /api/leads/due_today", Everybody),
        new("GET /api/leads/{id:int}", Read),
        new("PUT /api/leads/{id:int}", Change, """{"address":"Elsewhere"}"""),
        new("DELETE /api/leads/{id:int}", Change),
        new("POST /api/leads/{id:int}/restore", Change),
        new("POST /api/leads/{id:int}/stage", Change, """{"stage":"contacted"}"""),
        // Answers how many leads there were for the caller; see below.
        new("POST /api/leads/reassign", Everybody, """{"lead_ids":[LEAD],"owner_ids":[OTHER]}"""),
        new("GET /api/pocs", Everybody),
        new("POST /api/pocs", Change, """{"lead_id":LEAD,"name":"Somebody New"}"""),
        new("GET /api/pocs/{id:int}", Read),
        new("DELETE /api/pocs/{id:int}", Change),
        new("POST /api/pocs/{id:int}/restore", Change),
        new("GET /api/interactions", Everybody),
        new("POST /api/interactions", Change, """{"lead_id":LEAD}"""),
        new("GET /api/interactions/{leadId:int}", Read),
        // 503: jobs don't run in tests.
        new("POST /api/performance/recalculate", SalesLeadsOnly with { SalesLead = 503 }),
        new("GET /api/performance/well_performing", Everybody),
        new("GET /api/performance/underperforming", Everybody),
        new("GET /api/performance/{leadId:int}", Read),
        new("PUT /api/performance/{leadId:int}", SalesLeadsOnly, """{"performance_status":null}"""),
    ];

    public static TheoryData<string> Keys => [.. Table.Select(row => row.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Everybody_is_answered_as_the_table_says(string key)
    {
        var row = Table.Single(row => row.Key == key);
        var wrong = new List<string>();
        foreach (var (who, person, teamCanSee, expected) in await AskingAsync(row))
        {
            await TeamAsync(teamCanSee);
            var status = await AskAsync(row, person);
            if (status != expected)
                wrong.Add($"{key} answered {status} to {who}, not {expected}.");
        }

        Check.None(wrong);
    }

    [Fact]
    public void Every_page_and_endpoint_of_leads_is_in_the_table()
    {
        string[] areas = ["/leads", "/performance", "/api/leads", "/api/pocs", "/api/interactions", "/api/performance"];
        Check.None(Access.Table.Keys.Where(key => areas.Any(area => key.Split(' ')[^1].StartsWith(area, StringComparison.OrdinalIgnoreCase)))
            .Except(Table.Select(row => row.Key), StringComparer.OrdinalIgnoreCase).Select(key => $"{key} has no row in {nameof(LeadRightsTests)}.{nameof(Table)}."));
    }

    [Theory]
    [InlineData("/api/leads", "id")]
    [InlineData("/api/leads/due_today?owner_id=OWNER", "id")]
    [InlineData("/api/pocs", "lead_id")]
    [InlineData("/api/interactions", "lead_id")]
    [InlineData("/api/performance/underperforming", "lead_id")]
    public async Task Lists_hold_what_their_reader_may_see(string list, string field)
    {
        var (owner, other) = (Cast.Kam, await OtherAsync());
        var (lead, _) = await LeadAsync(owner);
        var wrong = new List<string>();
        foreach (var (who, person, teamCanSee, shows) in new[] { ("the owner", owner, false, true), ("the team", other, true, true), ("an outsider", other, false, false), ("a sales lead", Cast.SalesLead, false, true), ("an administrator", Cast.Administrator, false, true) })
        {
            await TeamAsync(teamCanSee);
            using var caller = await ApiCaller.OfAsync(app, person);
            var address = list.Replace("OWNER", $"{await UserId(owner)}", StringComparison.Ordinal);
            if ((await caller.Get($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}pageSize=1000")).Ids(field).Contains(lead) != shows)
                wrong.Add($"{list} {(shows ? "hides" : "shows")} the lead to {who}.");
        }

        Check.None(wrong);
    }

    [Fact]
    public async Task Nobody_gives_away_what_is_not_theirs()
    {
        var (owner, other) = (Cast.Kam, await OtherAsync());
        var (lead, _) = await LeadAsync(owner);
        using var caller = await ApiCaller.OfAsync(app, other);
        var answer = await caller.Post("/api/leads/reassign", new { lead_ids = new[] { lead }, owner_ids = new[] { await UserId(other) } }, HttpStatusCode.OK);
        Assert.Equal(("0", "1"), (answer.Text("reassigned"), answer.Text("missing")));
        Assert.Equal(await UserId(owner), await app.Database(db => db.Leads.Where(one => one.Id == lead).Select(one => one.OwnerId!.Value).SingleAsync(TestContext.Current.CancellationToken)));
    }

    private async Task<(string Who, Person Person, bool TeamCanSee, int Expected)[]> AskingAsync(Row row)
    {
        var (owner, other) = (Cast.Kam, await OtherAsync());
        return
        [
            ("the owner", owner, true, row.Rights.Owner), ("the owner without a team", owner, false, row.Rights.Owner),
            ("the team", other, true, row.Rights.Team), ("an outsider", other, false, row.Rights.Outsider),
            ("a sales lead", Cast.SalesLead, false, row.Rights.SalesLead), ("an administrator", Cast.Administrator, false, row.Rights.SalesLead),
            ("an employee", Cast.Employee, true, 403), ("a steward", Cast.Steward, true, 403), ("a stranger", Cast.Stranger, true, IsApi(row) ? 401 : 302),
        ];
    }

    // A lead of its own for each, so that nobody finds what another left.
    private async Task<int> AskAsync(Row row, Person person)
    {
        var (lead, poc) = await LeadAsync(Cast.Kam);
        var (method, pattern) = row.Key.Split(' ') is [var verb, var path] ? (verb, path) : ("GET", row.Key);
        var id = pattern.Contains("/pocs/", StringComparison.OrdinalIgnoreCase) ? poc : lead;
        var address = System.Text.RegularExpressions.Regex.Replace(pattern, @"\{\w+(:int)?\??\}", $"{id}").ToLowerInvariant();
        var body = row.Body?.Replace("LEAD", $"{lead}", StringComparison.Ordinal).Replace("POC", $"{poc}", StringComparison.Ordinal).Replace("OTHER", $"{await UserId(await OtherAsync())}", StringComparison.Ordinal);
        if (!IsApi(row))
        {
            using var client = await app.SignedInAs(person);
            return (int)(await client.PageAsync(address, follow: false)).Status;
        }

        using var caller = await ApiCaller.OfAsync(app, person);
        using var answer = await caller.Answer(method, address, body is null ? null : JsonSerializer.Deserialize<JsonElement>(body));
        // Created and deleted are as good.
        return answer.IsSuccessStatusCode ? 200 : (int)answer.StatusCode;
    }

    private static bool IsApi(Row row) => row.Key.Contains("/api/", StringComparison.OrdinalIgnoreCase);

    private Person? other;

    private async Task<Person> OtherAsync() => other ??= await app.Given.User(role: Role.Kam);

    private async Task<(int Lead, int Poc)> LeadAsync(Person owner)
    {
        using var caller = await ApiCaller.OfAsync(app, owner);
        var lead = (await caller.Lead(frequency: 5)).Id();
        var poc = (await caller.Post("/api/pocs", new { lead_id = lead, name = Given.Unique("Poc ") })).Id();
        await caller.Post("/api/interactions", new { lead_id = lead, outcome = "no_answer", interaction_date = app.Clock.Today.AddDays(-5) });
        return (lead, poc);
    }

    private Task TeamAsync(bool canSee) => app.Database(async db =>
    {
        await db.Settings.Where(setting => setting.Name == Setting.TeamCanSee).ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        db.Settings.Add(new Setting { Name = Setting.TeamCanSee, Value = canSee ? "true" : "false" });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    });

    private Task<int> UserId(Person person) => app.Database(db => db.Users.Where(user => user.Email == person.Email).Select(user => user.Id).SingleAsync(TestContext.Current.CancellationToken));
}
