using System.Net;
using System.Text.Json;

namespace Intranet.Tests.Leads;

public sealed class PerformanceApiTests(RunningApp app) : IClassFixture<RunningApp>, IAsyncLifetime
{
    private ApiCaller kam = null!, lead = null!;

    public async ValueTask InitializeAsync() => (kam, lead) = (await ApiCaller.OfAsync(app, Cast.Kam), await ApiCaller.OfAsync(app, Cast.SalesLead));

    public ValueTask DisposeAsync()
    {
        kam.Dispose();
        lead.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Leads_are_listed_by_label_and_those_without_orders_too()
    {
        var (well, none) = (await kam.Lead(), await kam.Lead());
        for (var ago = 1; ago <= 36; ago += 6)
            await kam.Post("/api/interactions", new { lead_id = well.Id(), kind = "order", interaction_date = app.Clock.Today.AddDays(-ago), order_value = 1000 });

        var listed = (await kam.Get("/api/performance/well_performing/?pageSize=1000")).EnumerateArray().Single(row => row.GetProperty("lead_id").GetInt32() == well.Id());

        Assert.Equal(("Well-performing", "6", "6 orders in 90 days, the last one yesterday", "6000"), (listed.Text("performance_status"), listed.Text("order_frequency"), listed.Text("sentence"), listed.Text("revenue")));
        Assert.Equal(13, listed.GetProperty("weekly_orders").GetArrayLength());
        Assert.Contains(none.Id(), (await kam.Get("/api/performance/underperforming?pageSize=1000")).Ids("lead_id"));
        Assert.Equal(("Underperforming", "no order yet", null), (await kam.Get($"/api/performance/{none.Id()}") is var read ? (read.Text("performance_status"), read.Text("sentence"), read.Text("last_order_date")) : default));
    }

    [Fact]
    public async Task A_sales_lead_sets_a_label_by_hand_and_takes_it_back()
    {
        var one = await kam.Lead();
        var address = $"/api/performance/{one.Id()}";
        var until = app.Clock.Today.AddDays(10);

        var set = await lead.Put(address, new { performance_status = "Well-performing", reason = "Opens a second house", until });

        Assert.Equal(("Well-performing", "under", "Opens a second house", Cast.SalesLead.Name), (set.Text("performance_status"), set.Text("rule_label"), set.Text("manual_reason"), set.Text("manual_by")));
        Assert.Contains(one.Id(), (await kam.Get("/api/performance/well_performing?pageSize=1000")).Ids("lead_id"));
        // What was read is sent back whole, with another label.
        var body = System.Text.Json.Nodes.JsonNode.Parse((await lead.Get(address)).ToString())!.AsObject();
        (body["performance_status"], body["reason"], body["until"]) = ("Average", "As the others", $"{until:yyyy-MM-dd}");
        Assert.Equal(("average", "As the others"), (await lead.Put(address, body) is var whole ? (whole.Text("manual_label"), whole.Text("manual_reason")) : default));
        Assert.Equal("Underperforming", (await lead.Put(address, new { performance_status = (string?)null })).Text("performance_status"));
        await kam.Put(address, new { performance_status = "well", reason = "x", until }, HttpStatusCode.Forbidden);
        await lead.Put("/api/performance/2147483647", new { performance_status = "well", reason = "x", until }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back_and_changes_nothing()
    {
        var one = await kam.Lead();
        var address = $"/api/performance/{one.Id()}";
        var (until, later) = (app.Clock.Today.AddDays(10), app.Clock.Today.AddDays(20));

        Assert.Null((await lead.Put(address, await lead.Get(address))).Text("manual_label"));
        // Numbers are what they are.
        Assert.Equal("0", (await lead.Put(address, new { order_frequency = 3 })).Text("order_frequency"));
        await lead.Put(address, new { performance_status = "well", reason = "Opens a second house", until });
        using var other = await ApiCaller.OfAsync(app, Cast.Administrator);
        // It stays the word of who set it.
        Assert.Equal(Cast.SalesLead.Name, (await other.Put(address, await other.Get(address))).Text("manual_by"));
        Assert.Equal(Cast.SalesLead.Name, (await other.Put(address, new { performance_status = "well" })).Text("manual_by"));
        var body = System.Text.Json.Nodes.JsonNode.Parse((await lead.Get(address)).ToString())!.AsObject();
        body["manual_until"] = $"{later:yyyy-MM-dd}";
        Assert.Equal(($"{later:yyyy-MM-dd}", Cast.Administrator.Name), await other.Put(address, body) is var set ? (set.Text("manual_until"), set.Text("manual_by")) : default);
    }

    [Theory]
    [InlineData("""{"performance_status":"great","reason":"x","until":"2030-06-01"}""", "performance_status", "Use well, average or under.")]
    [InlineData("""{"performance_status":"well","until":"2030-06-01"}""", "reason", "Say why.")]
    [InlineData("""{"performance_status":"well","reason":"x"}""", "until", "Give the last day on which it holds, from today on.")]
    [InlineData("""{"performance_status":"well","reason":"x","until":"2030-05-01"}""", "until", "Give the last day on which it holds, from today on.")]
    [InlineData("""{"reason":"x"}""", "performance_status", "Use well, average or under, or null to take a label back.")]
    public async Task A_wrong_label_is_told_at_its_field(string body, string field, string message)
    {
        var one = await kam.Lead();
        Assert.Equal(message, (await lead.Put($"/api/performance/{one.Id()}", JsonSerializer.Deserialize<JsonElement>(body), HttpStatusCode.BadRequest)).Error(field));
        Assert.Null((await kam.Get($"/api/performance/{one.Id()}")).Text("manual_label"));
    }

    [Fact]
    public async Task A_server_without_jobs_says_so()
        => await lead.Post("/api/performance/recalculate", null, HttpStatusCode.ServiceUnavailable);

    [Fact]
    public async Task Recalculating_is_a_job_that_can_be_followed()
    {
        await using var working = await RunningApp.StartAsync(options => options.Settings["Jobs:Enabled"] = "true");
        using var caller = await ApiCaller.OfAsync(working, Cast.SalesLead);
        var one = await caller.Lead();

        using var answer = await caller.Answer("POST", "/api/performance/recalculate/");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var run = answer.Headers.Location!.ToString();
        Assert.StartsWith("/api/jobs/", run, StringComparison.Ordinal);
        await Eventually.Is(async () => (await caller.Get(run)).Text("state") == "done", "the job to be done");
        Assert.Equal("1 lead computed.", (await caller.Get(run)).Text("summary"));
        Assert.Equal("Underperforming", (await caller.Get($"/api/performance/{one.Id()}")).Text("performance_status"));
    }
}
