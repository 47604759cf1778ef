using System.Globalization;
using System.Net;
using Intranet.Data.Reports;
using Intranet.Tests.Leads;
using Intranet.Tests.Performance;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Reports;

public sealed class SubscriptionPagesTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly string[] Handlers = ["Pause", "Resume", "Send", "Delete", "Restore"];

    [Theory]
    [InlineData("/performance?show=under&city=Ber&sort=name", "Performance: underperforming, Ber")]
    [InlineData("/leads?stage=New&owner=me", "Leads: New, owner me")]
    [InlineData("/performance?show=well&city=Nowhere", "Performance: well-performing, Nowhere")]
    [InlineData("/leads?stage=Closed&place=Nowhere", "Leads: Closed, Nowhere")]
    public async Task The_button_on_a_list_carries_its_filters(string list, string words)
    {
        await app.Lead(city: "Berlin");
        using var client = await app.SignedInAs(Cast.Kam);

        var form = (await client.PageAsync((await client.PageAsync(list)).MustBeOk().All("a").Single(link => link.TextContent == "Subscribe").GetAttribute("href")!)).MustBeOk();

        Assert.Contains(words, form.Text, StringComparison.Ordinal);
        Assert.Equal((words, Cast.Kam.Email), (form.Form("Subscribe").Value("Name"), form.Form("Subscribe").Value("To")));
        Assert.Equal(list, form.All("form.card a").First(link => link.TextContent == words).GetAttribute("href")!);
    }

    [Fact]
    public async Task It_is_listed_with_when_to_whom_and_what_next_in_the_zone_of_who_subscribed()
    {
        using var client = await app.SignedInAs(Cast.OtherKam);
        client.DefaultRequestHeaders.Add("Cookie", "tz=Asia%2FCalcutta");
        var form = (await client.PageAsync(SubscriptionsGiven.Form("/leads", "stage=New"))).MustBeOk().Form("Subscribe");
        Assert.Equal("Asia/Kolkata", form.Value("Time zone"));

        var page = (await form.Fill("Name", "My <b>new</b> ones").Fill("To", "one@example.org, two@example.org\nONE@example.org").Fill("How often", "Weekly").Fill("Day of the week", "Friday").Fill("Hour", "9").Fill("The list comes", "Csv").SubmitAsync()).MustBeOk();

        var row = page.One("tbody tr").Words();
        foreach (var text in new[] { "My <b>new</b> ones", "Leads: New", "every Friday at 09:00, Asia/Kolkata", "CSV", "one@example.org", "two@example.org", "never" })
            Assert.Contains(text, row, StringComparison.Ordinal);
        var saved = await app.Database(db => db.Subscriptions.Include(s => s.Recipients).SingleAsync(s => s.Name == "My <b>new</b> ones", TestContext.Current.CancellationToken));
        Assert.Equal(new DateTime(2030, 5, 17, 3, 30, 0, DateTimeKind.Utc), saved.NextAt);
        Assert.Equal(["one@example.org", "two@example.org"], saved.Recipients.Select(recipient => recipient.Address));
        Assert.True(await app.Database(db => db.AuditEntries.AnyAsync(entry => entry.Subject == "Subscription" && entry.SubjectId == saved.Id && entry.Actor == Cast.OtherKam.Email && entry.Action == "added", TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("Name", "", "Give it a name; it is the subject of the mails.")]
    [InlineData("To", "", "Say who gets it.")]
    [InlineData("To", " , ;", "Say who gets it.")]
    [InlineData("To", "not an address", "'not' is not an e-mail address.")]
    [InlineData("To", "müller@example.org", "'müller@example.org' is not an e-mail address.")]
    [InlineData("To", "a@example.org\r\nBcc: b@example.org", "'Bcc:' is not an e-mail address.")]
    [InlineData("Time zone", "Mars/Base", "This is not the name of a time zone, such as Europe/Berlin.")]
    [InlineData("Time zone", "../../etc/passwd", "This is not the name of a time zone, such as Europe/Berlin.")]
    [InlineData("Time zone", "", "Name a time zone, such as Europe/Berlin.")]
    [InlineData("Day of the month", "32", "A day from 1 to 31.")]
    public async Task What_is_wrong_is_told_at_its_field_and_nothing_is_saved(string field, string value, string message)
    {
        using var client = await app.SignedInAs(Cast.SalesLead);
        var before = await CountAsync();

        var page = (await (await client.PageAsync(SubscriptionsGiven.Form("/leads"))).MustBeOk().Form("Subscribe").Fill(field, value).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(message, page.FieldError(field));
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("How often", "9")]
    [InlineData("How often", "Hourly")]
    [InlineData("Day of the week", "8")]
    [InlineData("Hour", "24")]
    [InlineData("The list comes", "Fax")]
    public async Task What_a_list_does_not_offer_is_refused(string field, string value)
    {
        using var client = await app.SignedInAs(Cast.SalesLead);
        var page = (await (await client.PageAsync(SubscriptionsGiven.Form("/leads"))).MustBeOk().Form("Subscribe").Forge(field, value).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.NotNull(page.FieldError(field));
    }

    [Fact]
    public async Task More_than_twenty_are_too_many()
    {
        using var client = await app.SignedInAs(Cast.SalesLead);
        var page = (await (await client.PageAsync(SubscriptionsGiven.Form("/leads"))).Form("Subscribe").Fill("To", string.Join('\n', Enumerable.Range(1, 21).Select(i => $"reader{i}@example.org"))).SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("At most 20 addresses.", page.FieldError("To"));
    }

    [Theory]
    [InlineData("/performance", "show=nonsense", "Show slipping, under, average or well.")]
    [InlineData("/performance", "stage=Gone", "A stage is one of")]
    [InlineData("/performance", "owner=x", "'x' is not a valid value here.")]
    [InlineData("/leads", "stage=Gone", "'Gone' is not a valid value here.")]
    [InlineData("/leads", "owner=everybody", "An owner is me, nobody, or the number of a user.")]
    public async Task A_list_that_its_page_would_refuse_cannot_be_subscribed_to(string list, string query, string message)
    {
        using var client = await app.SignedInAs(Cast.SalesLead);
        var page = (await client.PageAsync(SubscriptionsGiven.Form(list, query))).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains(message, page.Text, StringComparison.Ordinal);
        (await client.PageAsync($"{list}?{query}")).MustBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task An_address_that_is_too_long_is_told_in_words()
    {
        using var client = await app.SignedInAs(Cast.SalesLead);
        var page = (await client.PageAsync(SubscriptionsGiven.Form("/leads", $"q={new string('x', 3000)}"))).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("The address of this list is too long to be kept: 3002 characters, at most 2000.", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/leads", "owner {0}")]
    [InlineData("/performance", "owner user {0}")]
    public async Task An_owner_is_named_only_to_who_sees_their_leads(string list, string unnamed)
    {
        await using var own = await RunningApp.StartAsync();
        var (other, employee) = (await own.UserId(Cast.OtherKam), await own.UserId(Cast.Employee));
        await own.Lead(owner: Cast.OtherKam);
        await own.TeamCanSee(false);
        async Task<string> NameAsync(Person who, int owner)
        {
            using var client = await own.SignedInAs(who);
            return (await client.PageAsync(SubscriptionsGiven.Form(list, $"owner={owner}"))).MustBeOk().Form("Subscribe").Value("Name")!;
        }

        Assert.EndsWith(string.Format(CultureInfo.InvariantCulture, unnamed, other), await NameAsync(Cast.Kam, other), StringComparison.Ordinal);
        // One who owns no leads is nobody to anybody.
        Assert.EndsWith(string.Format(CultureInfo.InvariantCulture, unnamed, employee), await NameAsync(Cast.SalesLead, employee), StringComparison.Ordinal);
        Assert.EndsWith($"owner {Cast.OtherKam.Name}", await NameAsync(Cast.SalesLead, other), StringComparison.Ordinal);
        Assert.EndsWith($"owner {Cast.Kam.Name}", await NameAsync(Cast.Kam, await own.UserId(Cast.Kam)), StringComparison.Ordinal);
        await own.TeamCanSee(true);
        Assert.EndsWith($"owner {Cast.OtherKam.Name}", await NameAsync(Cast.Kam, other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_gets_too_long_when_it_is_written_anew_is_told_in_words()
    {
        using var client = await app.SignedInAs(Cast.SalesLead);
        // 400 letters that fit; as an address writes them each has nine.
        var query = $"q={new string('語', 150)}&place={new string('語', 100)}";
        var page = (await client.PageAsync(SubscriptionsGiven.Form("/leads", query))).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Matches("The address of this list is too long to be kept: 2[0-9]{3} characters, at most 2000.", page.Text);
    }

    [Fact]
    public async Task Where_the_list_goes_on_is_not_kept()
    {
        var saved = await app.Subscribed(Cast.SalesLead, query: "show=under&after=7&unknown=%3Cscript%3E");
        Assert.Equal("show=under", saved.Query);
    }

    [Fact]
    public async Task Who_may_not_open_the_list_may_not_subscribe_to_it()
    {
        using var client = await app.SignedInAs(Cast.Employee);
        (await client.PageAsync(SubscriptionsGiven.Form("/leads"))).MustBe(HttpStatusCode.Forbidden);
        (await client.PageAsync(SubscriptionsGiven.Form("/admin/users"))).MustBe(HttpStatusCode.NotFound);
        (await client.PageAsync("/reports/subscribe")).MustBe(HttpStatusCode.NotFound);
        Assert.Contains("No subscriptions yet", (await client.PageAsync("/reports")).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_is_not_there_for_anybody()
    {
        var saved = await app.Subscribed(Cast.Kam, fill: form => form.Fill("Name", "Karl's own"));
        foreach (var person in new[] { Cast.OtherKam, Cast.SalesLead, Cast.Administrator })
        {
            using var client = await app.SignedInAs(person);
            Assert.DoesNotContain("Karl's own", (await client.PageAsync("/reports")).MustBeOk().Text, StringComparison.Ordinal);
            (await client.PageAsync($"/reports/subscribe/{saved.Id}")).MustBe(HttpStatusCode.NotFound);
            var token = (await client.PageAsync(SubscriptionsGiven.Form("/leads"))).One("form.card input[name=__RequestVerificationToken]").GetAttribute("value")!;
            foreach (var url in Handlers.Select(handler => $"/reports?id={saved.Id}&handler={handler}").Append($"/reports/subscribe/{saved.Id}"))
            {
                using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
                using var answer = await client.PostAsync(new Uri(url, UriKind.Relative), form, TestContext.Current.CancellationToken);
                Assert.Equal((url, HttpStatusCode.NotFound), (url, answer.StatusCode));
            }
        }

        var now = await app.Now(saved);
        Assert.Equal((saved.Version, saved.NextAt), (now.Version, now.NextAt));
    }

    [Fact]
    public async Task It_is_paused_resumed_deleted_and_brought_back()
    {
        var saved = await app.Subscribed(Cast.Administrator, fill: form => form.Fill("Name", "To and fro"));
        using var client = await app.SignedInAs(Cast.Administrator);

        var page = (await (await client.PageAsync("/reports")).Form($"Pause {saved.Name}").SubmitAsync()).MustBeOk();
        Assert.Contains("paused", page.One($"#subscription-{saved.Id}").Words(), StringComparison.Ordinal);
        Assert.Null((await app.Now(saved)).NextAt);
        page = (await page.Form($"Resume: {saved.Name}").SubmitAsync()).MustBeOk();
        Assert.Equal(saved.NextAt, (await app.Now(saved)).NextAt);

        page = (await page.Form($"Delete {saved.Name}").SubmitAsync()).MustBeOk();
        Assert.Empty(page.All($"#subscription-{saved.Id}"));
        Assert.Null((await app.Now(saved)).NextAt);
        (await client.PageAsync($"/reports/subscribe/{saved.Id}")).MustBe(HttpStatusCode.NotFound);
        page = (await page.Form("Undo").SubmitAsync()).MustBeOk();
        Assert.Single(page.All($"#subscription-{saved.Id}"));
        Assert.Equal(saved.NextAt, (await app.Now(saved)).NextAt);
    }

    [Fact]
    public async Task Who_stays_when_it_is_edited_keeps_their_link_and_a_stale_form_is_refused()
    {
        var saved = await app.Subscribed(Cast.Administrator, to: "stays@example.org\nleaves@example.org");
        using var client = await app.SignedInAs(Cast.Administrator);
        var stale = await client.PageAsync($"/reports/subscribe/{saved.Id}");

        (await (await client.PageAsync($"/reports/subscribe/{saved.Id}")).MustBeOk().Form("Save").Fill("To", "new@example.org\nSTAYS@example.org").Fill("Hour", "17").SubmitAsync()).MustBeOk();

        var now = await app.Now(saved);
        Assert.Equal(saved.Recipients.Single(one => one.Address == "stays@example.org").Id, now.Recipients.Single(one => one.Address == "stays@example.org").Id);
        Assert.Equal(["new@example.org", "stays@example.org"], now.Recipients.Select(one => one.Address).Order());
        Assert.Equal((17, new DateTime(2030, 5, 15, 17, 0, 0, DateTimeKind.Utc)), (now.Hour, now.NextAt));
        var refused = (await stale.Form("Save").SubmitAsync()).MustBe(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("It has changed since this page was opened", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_asked_for_and_failed_is_tried_when_it_is_asked_for_again_and_not_promised_where_it_is_not()
    {
        await using var own = await RunningApp.StartAsync();
        await own.Lead();
        var saved = await own.Subscribed(Cast.Kam);
        using var client = await own.SignedInAs(Cast.Kam);
        async Task<string> SendAsync() => (await (await client.PageAsync("/reports")).MustBeOk().Form($"Send now: {saved.Name}").SubmitAsync()).MustBeOk().Text;
        Assert.Contains("It is sent within a minute.", await SendAsync(), StringComparison.Ordinal);
        // As after many failures: tried once a day.
        await own.Database(db => db.Subscriptions.ExecuteUpdateAsync(set => set.SetProperty(s => s.NextAt, own.Clock.UtcNow.AddDays(1)).SetProperty(s => s.Failures, Subscription.MostFailures), TestContext.Current.CancellationToken));

        Assert.Contains("It was asked for just now. It can be sent again in 10 minutes.", await SendAsync(), StringComparison.Ordinal);
        own.Clock.Advance(Subscription.AskPause);
        Assert.Contains("It is sent within a minute.", await SendAsync(), StringComparison.Ordinal);

        Assert.Single((await own.SendDueAsync()).Mails);
    }

    [Fact]
    public async Task Sent_now_is_one_list_once_in_ten_minutes_and_ten_lists_of_one_owner()
    {
        await using var own = await RunningApp.StartAsync();
        await own.Lead();
        var saved = new List<Subscription>();
        for (var i = 0; i < 12; i++)
            saved.Add(await own.Subscribed(Cast.Kam, fill: form => form.Fill("Name", $"Round {saved.Count:00}")));
        var others = await own.Subscribed(Cast.SalesLead);
        using var client = await own.SignedInAs(Cast.Kam);
        async Task<string> SendAsync(Subscription one) => (await (await client.PageAsync("/reports")).Form($"Send now: {one.Name}").SubmitAsync()).MustBeOk().Text;

        // Pressed twice it is sent once.
        Assert.Contains("It is sent within a minute.", await SendAsync(saved[0]), StringComparison.Ordinal);
        Assert.Contains("It is sent within a minute.", await SendAsync(saved[0]), StringComparison.Ordinal);
        Assert.Single((await own.SendDueAsync()).Mails);
        own.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Contains("It was sent just now. It can be sent again in 6 minutes.", await SendAsync(saved[0]), StringComparison.Ordinal);
        Assert.Empty((await own.SendDueAsync()).Mails);

        foreach (var one in saved[1..10])
            Assert.Contains("It is sent within a minute.", await SendAsync(one), StringComparison.Ordinal);
        Assert.Contains("You have sent 10 lists just now. Wait a few minutes.", await SendAsync(saved[10]), StringComparison.Ordinal);
        Assert.Equal(9, (await own.SendDueAsync()).Mails.Count);
        using var lead = await own.SignedInAs(Cast.SalesLead);
        Assert.Contains("It is sent within a minute.", (await (await lead.PageAsync("/reports")).Form($"Send now: {others.Name}").SubmitAsync()).MustBeOk().Text, StringComparison.Ordinal);

        own.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Contains("It is sent within a minute.", await SendAsync(saved[0]), StringComparison.Ordinal);
    }

    private Task<int> CountAsync() => app.Database(db => db.Subscriptions.CountAsync(TestContext.Current.CancellationToken));
}
