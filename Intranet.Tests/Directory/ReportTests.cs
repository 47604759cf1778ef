using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ClosedXML.Excel;
using Intranet.Data.Directory;
using Intranet.Data.Mail;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Directory;

/// <summary>The points of contact by mail, from the form to the file that would be sent.</summary>
public sealed partial class ReportTests(RunningApp app) : IClassFixture<RunningApp>
{
    private Given Given => app.Given;

    [Fact]
    public async Task The_form_names_the_stakeholders_and_the_report_goes_out_with_its_workbook()
    {
        var product = await Given.Product(stakeholders: ["one@sc1701d.example", "two@sc1701d.example"]);
        await Given.Assignment(await Given.Employee("Olga", "O'Ham", email: "olga@sc1701d.example", chat: "olga"), product);
        await Given.Assignment(await Given.Employee("Bo", "<b>", title: null, chat: ""), product, role: AssignmentRole.Backup);
        using var client = await app.SignedInAs(Cast.Employee);
        var link = (await client.PageAsync($"/directory?product={product.Name}")).All("#results a").Select(a => a.GetAttribute("href")!).Single(href => href.StartsWith("/directory/report", StringComparison.Ordinal));
        var form = (await client.PageAsync(link)).MustBeOk().Form("Send");
        Assert.Equal((product.Name, "one@sc1701d.example\ntwo@sc1701d.example", ""), (form.Value("Product"), form.Value("To"), form.Value("Copy")));

        var page = await form.Fill("Copy", "three@sc1701d.example").Fill("Message", "Please check.\nThank you & <bye>").SubmitAsync();

        Assert.Matches("^/directory/reports/[0-9a-f-]{36}$", page.MustBeOk().Path);
        Assert.Equal("Under way …", page.One("#steps [role=status]").Words());
        Assert.Equal(["Query", "Workbook", "Mail"], page.Texts(".step-name"));
        Assert.Equal(["Done", "Done", "Waiting"], page.All(".step [aria-label]").Select(icon => icon.GetAttribute("aria-label")));
        Assert.Equal("2 people", page.Texts(".step-detail")[0]);
        Assert.Matches("^2 people, [0-9]+ KB$", page.Texts(".step-detail")[1]);
        Assert.Equal("Waits in the outbox.", page.Texts(".step-detail")[2]);
        // It looks for itself while something may change.
        Assert.Equal("every 1s", page.One("#steps").GetAttribute("hx-trigger"));
        Assert.Equal(page.Path, page.One("#steps").GetAttribute("hx-get"));

        app.Clock.Advance(TimeSpan.FromSeconds(3));
        await SendAsync();

        var sent = (await client.PageAsync(page.Path)).MustBeOk();
        Assert.Equal("Sent.", sent.One("#steps [role=status]").Words());
        Assert.Equal(("Sent.", "3.0 s"), (sent.Texts(".step-detail")[2], sent.Texts(".step-time")[2]));
        Assert.Null(sent.One("#steps").GetAttribute("hx-trigger"));
        var mail = Mail(product.Name);
        Assert.Contains($"Subject: Points of contact for {product.Name}", mail, StringComparison.Ordinal);
        Assert.Matches("(?m)^To: \"?one@sc1701d.example\"?,\\s+\"?two@sc1701d.example", mail);
        Assert.Matches("(?m)^Cc: .*three@sc1701d.example", mail);
        Assert.Matches($"(?m)^Reply-To: .*{Cast.Employee.Email}", mail);
        using var book = Attachment(mail, $"{product.Name}-contacts.xlsx");
        var sheet = book.Worksheet(1);
        Assert.Equal($"{product.Name}, asked on 2030-05-15 10:00 UTC by Emma Employee", sheet.Cell(1, 1).GetString());
        Assert.Equal(["EmpId", "First Name", "Last Name", "Title", "Email ID", "Chat User Name", "Region", "City"], sheet.Row(2).CellsUsed().Select(cell => cell.GetString()));
        Assert.Equal(["Bo", "Olga"], sheet.Rows(3, 4).Select(row => row.Cell(2).GetString()));
        Assert.Equal("olga@sc1701d.example", sheet.Cell(4, 5).GetString());
    }

    [Fact]
    public async Task The_mail_says_it_in_text_and_in_markup_that_names_cannot_break()
    {
        var product = await Given.Product();
        await Given.Assignment(await Given.Employee("Bo", "<script>", title: null, chat: ""), product);
        for (var i = 0; i < 26; i++)
            await Given.Assignment(await Given.Employee("Zed", $"Person{i:00}"), product, role: AssignmentRole.Member);
        await Posted(Cast.Employee, product, message: "Please check.\n<i>Thank you</i>");

        var message = await app.Database(db => db.OutboxMessages.OrderByDescending(m => m.Id).FirstAsync());

        Assert.StartsWith($"Points of contact for {product.Name}\n\nPlease check.\n<i>Thank you</i>\n\nBo <script>, no title, Berlin (EMEA)\n", message.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("… and 2 more in the workbook.", message.Text, StringComparison.Ordinal);
        Assert.Contains("asked on 2030-05-15", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", message.Html, StringComparison.Ordinal);
        Assert.Contains("Bo &lt;script&gt;", message.Html, StringComparison.Ordinal);
        Assert.Contains("<p>Please check.</p>", message.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;Thank you&lt;/i&gt;", message.Html, StringComparison.Ordinal);
        Assert.Equal(25, Regex.Count(message.Html, "mailto:"));
        Assert.Contains("and 2 more in the workbook.", message.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_names_ask_for_the_same_assignment_and_both_stakeholders_get_it()
    {
        var product = await Given.Product(stakeholders: ["p@sc1701d.example", "both@sc1701d.example"]);
        var repository = await Given.Repository(stakeholders: ["BOTH@sc1701d.example", "r@sc1701d.example"]);
        await Given.Assignment(await Given.Employee("Both"), product, repository);
        await Given.Assignment(await Given.Employee("Only"), product);
        using var client = await app.SignedInAs(Cast.Employee);

        var form = (await client.PageAsync($"/directory/report?product={product.Name}&repository={repository.Name}")).MustBeOk().Form("Send");
        Assert.Equal("p@sc1701d.example\nboth@sc1701d.example\nr@sc1701d.example", form.Value("To"));
        var page = (await form.SubmitAsync()).MustBeOk();

        Assert.Equal($"Report for {product.Name}, {repository.Name}", page.One("h1").Words());
        Assert.Equal("1 person", page.Texts(".step-detail")[0]);
    }

    [Fact]
    public async Task Nobody_assigned_sends_nothing_and_says_so()
    {
        var product = await Given.Product();
        await Given.Assignment(await Given.Employee(leftOn: app.Clock.Today), product);
        var before = await Outbox();

        var page = await Posted(Cast.Employee, product);

        Assert.Equal("Nothing was sent.", page.One("#steps [role=status]").Words());
        Assert.Equal(["Nobody answers for it. Nothing was sent.", "Not reached.", "Not reached."], page.Texts(".step-detail"));
        Assert.Equal(["Done", "Skipped", "Skipped"], page.All(".step [aria-label]").Select(icon => icon.GetAttribute("aria-label")));
        Assert.Null(page.One("#steps").GetAttribute("hx-trigger"));
        Assert.Equal(before, await Outbox());
    }

    [Theory]
    [InlineData("To", "", "Say who gets it.")]
    [InlineData("To", "  ", "Say who gets it.")]
    [InlineData("To", "nonsense", "'nonsense' is not an e-mail address.")]
    [InlineData("To", "a@sc1701d.example\nb@", "'b@' is not an e-mail address.")]
    [InlineData("To", "a@sc1701d.example%0ABcc:x@evil.example", "'a@sc1701d.example%0ABcc:x@evil.example' is not an e-mail address.")]
    [InlineData("To", "many", "At most 20 addresses.")]
    [InlineData("Copy", "<script>", "'<script>' is not an e-mail address.")]
    [InlineData("Product", "No such thing", "There is no product of that name.")]
    [InlineData("Product", "", "Name a product, a repository, or both.")]
    [InlineData("Product", "x*101", "A product's name has at most 100 characters.")]
    [InlineData("Repository", "No such thing", "There is no repository of that name.")]
    [InlineData("Message", "x*4001", "At most 4,000 characters.")]
    public async Task Bad_input_is_told_at_its_field_and_nothing_is_sent(string field, string value, string message)
    {
        var product = await Given.Product(stakeholders: ["s@sc1701d.example"]);
        await Given.Assignment(product: product);
        var before = await Outbox();
        using var client = await app.SignedInAs(Cast.Employee);
        var typed = value.StartsWith("x*", StringComparison.Ordinal) ? new string('x', int.Parse(value[2..], null))
            : value == "many" ? string.Join('\n', Enumerable.Range(0, 21).Select(i => $"p{i}@sc1701d.example")) : value;
        var other = field == "Message" ? "Copy" : "Message";

        var page = (await (await client.PageAsync($"/directory/report?product={product.Name}")).Form("Send").Fill(other, other == "Copy" ? "c@sc1701d.example" : "Typed").Fill(field, typed).SubmitAsync())
            .MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Equal(message, page.FieldError(field));
        Assert.Equal(typed, page.Form("Send").Value(field).ReplaceLineEndings("\n"));
        Assert.Equal(other == "Copy" ? "c@sc1701d.example" : "Typed", page.Form("Send").Value(other));
        Assert.Contains("Nothing was sent yet.", page.Text, StringComparison.Ordinal);
        Assert.Equal(before, await Outbox());
        Assert.False(await app.Database(db => db.PocReports.AnyAsync(r => r.ProductName == product.Name)));
    }

    [Fact]
    public async Task A_product_without_stakeholders_says_so()
    {
        var product = await Given.Product();
        using var client = await app.SignedInAs(Cast.Employee);

        var page = (await client.PageAsync($"/directory/report?product={product.Name}")).MustBeOk();

        Assert.Contains("No stakeholders are named on its page.", page.Text, StringComparison.Ordinal);
        Assert.Equal("", page.Form("Send").Value("To"));
    }

    [Fact]
    public async Task A_double_click_sends_once_and_both_clicks_see_the_same_report()
    {
        var product = await Given.Product(stakeholders: ["s@sc1701d.example"]);
        await Given.Assignment(product: product);
        var before = await Outbox();
        using var client = await app.SignedInAs(Cast.Employee);
        var form = (await client.PageAsync($"/directory/report?product={product.Name}")).Form("Send");

        var answers = await Task.WhenAll(form.SubmitAsync(follow: false), form.SubmitAsync(follow: false));
        var late = await form.SubmitAsync(follow: false);

        Assert.Single(answers.Append(late).Select(answer => answer.MustBe(HttpStatusCode.Redirect).RedirectsTo).Distinct());
        Assert.Equal(before + 1, await Outbox());
        Assert.Equal(1, await app.Database(db => db.PocReports.CountAsync(r => r.ProductName == product.Name)));
        // Asked again on purpose, it is sent again.
        (await (await client.PageAsync($"/directory/report?product={product.Name}")).Form("Send").SubmitAsync()).MustBeOk();
        Assert.Equal(before + 2, await Outbox());
    }

    [Fact]
    public async Task A_report_is_seen_by_who_asked_and_by_administrators()
    {
        var product = await Given.Product();
        await Given.Assignment(product: product);
        var path = (await Posted(Cast.Employee, product)).Path;
        foreach (var (person, status) in new[] { (Cast.Employee, HttpStatusCode.OK), (Cast.Administrator, HttpStatusCode.OK), (Cast.Steward, HttpStatusCode.NotFound), (Cast.Kam, HttpStatusCode.NotFound) })
        {
            using var client = await app.SignedInAs(person);
            (await client.PageAsync(path)).MustBe(status);
        }

        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync(path, follow: false)).RedirectsTo, StringComparison.Ordinal);
        using var emma = await app.SignedInAs(Cast.Employee);
        (await emma.PageAsync($"/directory/reports/{Guid.NewGuid()}")).MustBe(HttpStatusCode.NotFound);
        (await emma.PageAsync("/directory/reports/1")).MustBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Somebody_elses_form_number_sends_nothing_of_theirs_and_shows_nothing()
    {
        var product = await Given.Product(stakeholders: ["s@sc1701d.example"]);
        await Given.Assignment(product: product);
        using var emma = await app.SignedInAs(Cast.Employee);
        var page = await emma.PageAsync($"/directory/report?product={product.Name}");
        var id = page.One("[name='Input.Id']").GetAttribute("value")!;
        (await page.Form("Send").SubmitAsync()).MustBeOk();
        var before = await Outbox();

        using var karl = await app.SignedInAs(Cast.Kam);
        var theirs = await karl.PageAsync($"/directory/report?product={product.Name}");
        theirs.One("[name='Input.Id']").SetAttribute("value", id);
        (await theirs.Form("Send").SubmitAsync()).MustBe(HttpStatusCode.NotFound);

        Assert.Equal(before, await Outbox());
    }

    [Fact]
    public async Task A_failing_step_names_itself_and_ends_the_report()
    {
        await using var own = await RunningApp.StartAsync();
        var product = await own.Given.Product();
        await own.Given.Assignment(product: product);
        await HideTable(own, "Titles");

        var page = await Posted(own, Cast.Employee, product);

        Assert.Equal("A step failed.", page.One("#steps [role=status]").Words());
        Assert.Equal(["Failed", "Skipped", "Skipped"], page.All(".step [aria-label]").Select(icon => icon.GetAttribute("aria-label")));
        var id = page.Path.Split('/')[^1];
        Assert.Equal($"The query failed. An administrator finds the reason in the log under {id}.", page.Texts(".step-detail")[0]);
        Assert.Contains(own.Log.Lines, line => line.Text.Contains(id, StringComparison.Ordinal) && line.Text.Contains("query", StringComparison.Ordinal));
        Assert.Equal(0, await own.Database(db => db.OutboxMessages.CountAsync()));
    }

    [Fact]
    public async Task Report_and_mail_are_saved_together_or_not_at_all()
    {
        await using var own = await RunningApp.StartAsync();
        var product = await own.Given.Product();
        await own.Given.Assignment(product: product);
        await HideTable(own, "OutboxAttachments");

        await Posted(own, Cast.Employee, product, HttpStatusCode.InternalServerError);

        Assert.Equal((0, 0), (await own.Database(db => db.PocReports.CountAsync()), await own.Database(db => db.OutboxMessages.CountAsync())));
        Assert.False(await own.Database(db => db.AuditEntries.AnyAsync(entry => entry.Action == "report mailed")));
    }

    [Fact]
    public async Task A_mail_that_cannot_leave_is_tried_again_and_the_page_says_so()
    {
        await using var own = await RunningApp.StartAsync();
        var product = await own.Given.Product();
        await own.Given.Assignment(product: product);
        using var client = await own.SignedInAs(Cast.Employee);
        var path = (await Posted(own, Cast.Employee, product)).Path;
        // A file where the folder should be.
        var folder = Path.Combine(own.Folder, "mail");
        await File.WriteAllTextAsync(folder, "", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<Intranet.Web.Infrastructure.JobFailedException>(() => SendAsync(own));

        var page = (await client.PageAsync(path)).MustBeOk();
        Assert.Equal("Under way …", page.One("#steps [role=status]").Words());
        Assert.StartsWith("Not sent yet, after 1 attempt: The mail folder can't be written", page.Texts(".step-detail")[2], StringComparison.Ordinal);
        Assert.EndsWith("It is tried again by itself.", page.Texts(".step-detail")[2], StringComparison.Ordinal);
        Assert.Equal("every 1s", page.One("#steps").GetAttribute("hx-trigger"));

        File.Delete(folder);
        await SendAsync(own);
        Assert.Equal("Under way …", (await client.PageAsync(path)).One("#steps [role=status]").Words());
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        await SendAsync(own);
        Assert.Equal("Sent.", (await client.PageAsync(path)).One("#steps [role=status]").Words());
        Assert.Single(System.IO.Directory.GetFiles(folder, "*.eml"));
    }

    [Fact]
    public async Task Who_asked_and_who_got_it_is_in_the_audit()
    {
        var product = await Given.Product();
        await Given.Assignment(product: product);
        await Posted(Cast.Kam, product);

        var entry = await app.Database(db => db.AuditEntries.OrderByDescending(e => e.Id).FirstAsync(e => e.Action == "report mailed"));

        Assert.Equal((Cast.Kam.Email, $"{product.Name} to to@sc1701d.example"), (entry.Actor, entry.Details));
    }

    private Task<Page> Posted(Person person, Product product, string message = "") => Posted(app, person, product, HttpStatusCode.OK, message);

    private static async Task<Page> Posted(RunningApp app, Person person, Product product, HttpStatusCode status = HttpStatusCode.OK, string message = "")
    {
        var client = await app.SignedInAs(person);
        return (await (await client.PageAsync($"/directory/report?product={product.Name}")).Form("Send").Fill("To", "to@sc1701d.example").Fill("Message", message).SubmitAsync()).MustBe(status);
    }

    private Task<int> Outbox() => app.Database(db => db.OutboxMessages.CountAsync());

    private Task SendAsync() => SendAsync(app);

    // What the job does.
    private static async Task SendAsync(RunningApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SendMail>().RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task<int> HideTable(RunningApp app, string table)
        => app.Database(db => db.Database.ExecuteSqlRawAsync(TestDatabase.Server is null ? $"ALTER TABLE {table} RENAME TO Hidden" : $"EXEC sp_rename '{table}', 'Hidden'"));

    private string Mail(string about)
        => System.IO.Directory.GetFiles(Path.Combine(app.Folder, "mail"), "*.eml").Select(File.ReadAllText).Single(mail => mail.Contains($"Points of contact for {about}", StringComparison.Ordinal));

    private static XLWorkbook Attachment(string mail, string fileName)
    {
        var part = BoundaryLine().Split(mail).Single(text => text.Contains("Content-Disposition: attachment", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(fileName, part, StringComparison.Ordinal);
        Assert.Contains("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", part, StringComparison.Ordinal);
        var body = part.ReplaceLineEndings("\n");
        return new XLWorkbook(new MemoryStream(Convert.FromBase64String(body[(body.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Trim())));
    }

    [GeneratedRegex("(?m)^--[^\r\n]*\r?$")]
    private static partial Regex BoundaryLine();
}
