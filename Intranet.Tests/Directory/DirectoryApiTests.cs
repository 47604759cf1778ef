using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ClosedXML.Excel;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Directory;

public sealed class DirectoryApiTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly string[] Somebody = ["a@sc1701d.example"];
    private static readonly string[] Copy = ["c@sc1701d.example"];

    private Given Given => app.Given;

    [Theory]
    [InlineData("/api/poc?product_name={0}")]
    [InlineData("/api/poc/?product_name={0}")]
    [InlineData("/api/poc?productName={0}&format=json")]
    [InlineData("/API/POC?PRODUCT_NAME={0}")]
    [InlineData("/api/poc?product_name=&productName={0}")]
    public async Task FindPOC_answers_with_contacts_whom_to_ask_and_steps(string url)
    {
        var product = await Given.Product();
        await Given.Assignment(await Given.Employee("Olga", "Owner", "000123" + Given.Unique(""), "olga@sc1701d.example", "olga"), product);
        await Given.Assignment(await Given.Employee("Bo", title: null), product, role: AssignmentRole.Backup);

        var (answer, json) = await Get(string.Format(CultureInfo.InvariantCulture, url, product.Name.ToUpperInvariant()));

        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal((product.Name, JsonValueKind.Null), (json.GetProperty("product").GetString(), json.GetProperty("repository").ValueKind));
        var contacts = json.GetProperty("contacts").EnumerateArray().ToList();
        Assert.Equal(["empId", "firstName", "lastName", "title", "emailId", "chatUserName", "region", "city"], contacts[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(["Bo", "Olga"], contacts.Select(contact => contact.GetProperty("firstName").GetString()));
        Assert.Equal(JsonValueKind.Null, contacts[0].GetProperty("title").ValueKind);
        Assert.Equal("Olga Owner", json.GetProperty("askNow").GetProperty("name").GetString());
        Assert.Contains("is the owner and at work", json.GetProperty("askNow").GetProperty("why").GetString(), StringComparison.Ordinal);
        var step = Assert.Single(json.GetProperty("steps").EnumerateArray());
        Assert.Equal(("query", "done"), (step.GetProperty("name").GetString(), step.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task FindPOC_takes_a_repository_or_both()
    {
        var product = await Given.Product();
        var repository = await Given.Repository();
        await Given.Assignment(await Given.Employee("Both"), product, repository);
        await Given.Assignment(await Given.Employee("Only"), repository: repository);

        Assert.Equal(["Both", "Only"], Names((await Get($"/api/poc?repository_name={repository.Name}")).Json));
        Assert.Equal(["Both"], Names((await Get($"/api/poc?product_name={product.Name}&repositoryName={repository.Name}")).Json));
    }

    [Fact]
    public async Task Who_starts_later_is_told_with_a_UTC_time()
    {
        var product = await Given.Product();
        await Given.Assignment(await Given.Employee(location: await Given.Location(timeZone: "America/New_York", city: "New York")), product);

        var ask = (await Get($"/api/poc?product_name={product.Name}")).Json.GetProperty("askNow");

        Assert.Equal("2030-05-15T13:00:00Z", ask.GetProperty("from").GetString());
        Assert.EndsWith("today at 09:00 in New York.", ask.GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_assigned_is_an_empty_list_and_nobody_to_ask()
    {
        var product = await Given.Product();
        var (_, json) = await Get($"/api/poc?product_name={product.Name}");

        Assert.Equal((0, JsonValueKind.Null), (json.GetProperty("contacts").GetArrayLength(), json.GetProperty("askNow").ValueKind));
    }

    [Theory]
    [InlineData("/api/poc", "product_name", "Name a product (product_name), a repository (repository_name), or both.")]
    [InlineData("/api/poc?product_name=&repository_name=%20", "product_name", "Name a product (product_name), a repository (repository_name), or both.")]
    [InlineData("/api/poc?product_name=x&format=pdf", "format", "Use json, csv or xlsx.")]
    [InlineData("/api/poc?product_name=x&pageSize=1001", "pageSize", "Use a number from 1 to 1000.")]
    [InlineData("/api/poc?product_name=x&pageNumber=0", "pageNumber", "Use a number from 1 to 1000000.")]
    [InlineData("/api/poc?product_name=x&pageNumber=-1", "pageNumber", "Use a number from 1 to 1000000.")]
    [InlineData("/api/poc?product_name=LONG", "product_name", "A product's name has at most 100 characters.")]
    [InlineData("/api/poc?repository_name=LONG", "repository_name", "A repository's name has at most 100 characters.")]
    [InlineData("/api/directory?q=LONG", "q", "Search for at most 200 characters.")]
    [InlineData("/api/directory?pageSize=abc", "pageSize", "Use a number from 1 to 1000.")]
    [InlineData("/api/directory?pageNumber=99999999999", "pageNumber", "Use a number from 1 to 1000000.")]
    public async Task Bad_input_is_a_400_problem_with_the_field(string url, string field, string message)
    {
        using var client = await app.SignedInAs(Cast.Employee);
        using var answer = await client.GetAsync(new Uri(url.Replace("LONG", new string('x', 7_500), StringComparison.Ordinal), UriKind.Relative), TestContext.Current.CancellationToken);

        var problem = await Problem(answer, HttpStatusCode.BadRequest);
        Assert.Equal([message], problem.GetProperty("errors").GetProperty(field).EnumerateArray().Select(error => error.GetString()));
    }

    [Fact]
    public async Task An_unknown_name_is_a_404_problem_with_suggestions()
    {
        var name = Given.Unique("Analytics") + "Board";
        await Given.Product(name);
        using var client = await app.SignedInAs(Cast.Employee);

        using var near = await client.GetAsync(new Uri($"/api/poc?product_name={name.Replace("Ana", "Anna", StringComparison.Ordinal)}", UriKind.Relative), TestContext.Current.CancellationToken);
        var problem = await Problem(near, HttpStatusCode.NotFound);
        Assert.Equal($"There is no product of that name. Did you mean {name}?", problem.GetProperty("detail").GetString());
        Assert.Equal([name], problem.GetProperty("suggestions").EnumerateArray().Select(suggestion => suggestion.GetString()));

        foreach (var nasty in new[] { "zzqqxxwwkk", "' OR 1=1 --", "<script>alert(1)</script>", "%", "\0", "😀" })
        {
            using var far = await client.GetAsync(new Uri($"/api/poc?repository_name={Uri.EscapeDataString(nasty)}", UriKind.Relative), TestContext.Current.CancellationToken);
            problem = await Problem(far, HttpStatusCode.NotFound);
            Assert.Equal("There is no repository of that name.", problem.GetProperty("detail").GetString());
            Assert.Equal(0, problem.GetProperty("suggestions").GetArrayLength());
        }
    }

    [Fact]
    public async Task FindPOC_comes_as_CSV_and_as_workbook()
    {
        var product = await Given.Product(Given.Unique("History / Größe"));
        await Given.Assignment(await Given.Employee("Olga", "=1+1", "000321" + Given.Unique("")), product);
        using var client = await app.SignedInAs(Cast.Employee);

        using var csv = await client.GetAsync(new Uri($"/api/poc?product_name={Uri.EscapeDataString(product.Name)}&format=csv", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(await csv.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("\uFEFFEmpId,First Name,Last Name,Title,Email ID,Chat User Name,Region,City\r\n000321", text, StringComparison.Ordinal);
        Assert.Contains(",Olga,\"'=1+1\",", text, StringComparison.Ordinal);
        Assert.EndsWith(".csv", csv.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);

        using var xlsx = await client.GetAsync(new Uri($"/api/poc?product_name={Uri.EscapeDataString(product.Name)}&format=xlsx", UriKind.Relative), TestContext.Current.CancellationToken);
        using var book = new XLWorkbook(await xlsx.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(product.Name.Replace('/', '-'), book.Worksheet(1).Name);
        Assert.Equal("=1+1", book.Worksheet(1).Cell(3, 3).GetString());
        Assert.Equal($"{product.Name}, asked on 2030-05-15 10:00 UTC by Emma Employee", book.Worksheet(1).Cell(1, 1).GetString());
    }

    [Fact]
    public async Task Lists_are_paged_and_say_how_many_there_are()
    {
        var product = await Given.Product();
        var word = Given.Unique("Pagey") + "x";
        for (var i = 0; i < 7; i++)
            await Given.Assignment(await Given.Employee(word, $"P{i}"), product, role: AssignmentRole.Member);

        foreach (var url in new[] { $"/api/poc?product_name={product.Name}", $"/api/directory?q={word}" })
        {
            var seen = new List<string?>();
            string? next = $"{url}&pageSize=3";
            while (next is not null)
            {
                var (answer, json) = await Get(next);
                Assert.Equal("7", Assert.Single(answer.Headers.GetValues("X-Total-Count")));
                var links = Assert.Single(answer.Headers.GetValues("Link")).Split(", ").ToDictionary(link => link.Split("rel=\"")[1].TrimEnd('"'), link => link[1..link.IndexOf('>', StringComparison.Ordinal)]);
                Assert.EndsWith("pageNumber=3&pageSize=3", links["last"], StringComparison.Ordinal);
                Assert.EndsWith("pageNumber=1&pageSize=3", links["first"], StringComparison.Ordinal);
                Assert.Equal(seen.Count > 0, links.ContainsKey("prev"));
                seen.AddRange((json.TryGetProperty("contacts", out var contacts) ? contacts : json.GetProperty("people")).EnumerateArray().Select(person => person.GetProperty("lastName").GetString()));
                next = links.GetValueOrDefault("next");
            }

            Assert.Equal(Enumerable.Range(0, 7).Select(i => $"P{i}"), seen);
            Assert.Empty((await Get($"{url}&pageNumber=1000000&pageSize=1000")).Json.EnumerateObject().Where(property => property.Name is "contacts" or "people").SelectMany(property => property.Value.EnumerateArray()));
        }
    }

    [Fact]
    public async Task The_directory_finds_products_repositories_and_people_in_spite_of_typing_errors()
    {
        var word = Given.Unique("Quokka") + "x";
        var product = await Given.Product($"{word}Service");
        var repository = await Given.Repository($"{word}Repo");
        var person = await Given.Employee(word, "Jones", title: "QA Engineer");

        var (_, json) = await Get($"/api/directory?q={word}");

        Assert.Equal([product.Name], json.GetProperty("products").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal([repository.Name], json.GetProperty("repositories").EnumerateArray().Select(name => name.GetString()));
        var found = Assert.Single(json.GetProperty("people").EnumerateArray());
        Assert.Equal(["empId", "firstName", "lastName", "title", "emailId", "chatUserName", "region", "city"], found.EnumerateObject().Select(property => property.Name));
        Assert.Equal(person.EmailId, found.GetProperty("emailId").GetString());
        Assert.Equal((word, JsonValueKind.Null), (json.GetProperty("query").GetString(), json.GetProperty("didYouMean").ValueKind));

        Assert.Equal(product.Name, (await Get($"/api/directory/?q={word.Replace("kk", "k", StringComparison.Ordinal)}")).Json.GetProperty("didYouMean").GetString());
        Assert.Equal(0, (await Get("/api/directory?q=zzqqxxwwkk")).Json.GetProperty("people").GetArrayLength());
        Assert.NotEqual(0, (await Get("/api/directory")).Json.GetProperty("people").GetArrayLength());
    }

    [Fact]
    public async Task A_report_is_made_sent_and_followed()
    {
        var product = await Given.Product(stakeholders: ["s@sc1701d.example"]);
        await Given.Assignment(await Given.Employee("Olga"), product);
        using var client = await Program(Cast.Employee);

        using var made = await client.PostAsJsonAsync("/api/poc/reports", new { product_name = product.Name.ToLowerInvariant(), cc = Copy, message = "Hello" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var json = await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var id = json.GetProperty("id").GetGuid();
        Assert.Equal($"/api/poc/reports/{id}", made.Headers.Location!.ToString());
        Assert.Equal((product.Name, "s@sc1701d.example", "c@sc1701d.example"), (json.GetProperty("product").GetString(), json.GetProperty("to")[0].GetString(), json.GetProperty("cc")[0].GetString()));
        Assert.Equal(["query done", "workbook done", "mail waiting"], Steps(json));
        Assert.Matches(@"^2030-05-15T10:00:0\d(\.\d+)?Z$", json.GetProperty("createdAt").GetString());

        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<SendMail>().RunAsync(TestContext.Current.CancellationToken);

        var later = await client.GetFromJsonAsync<JsonElement>(made.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Equal(["query done", "workbook done", "mail done"], Steps(later));
    }

    [Fact]
    public async Task A_report_about_nobody_sends_nothing_and_says_so()
    {
        var repository = await Given.Repository();
        using var client = await Program(Cast.Employee);
        var before = await app.Database(db => db.OutboxMessages.CountAsync());

        using var made = await client.PostAsJsonAsync("/api/poc/reports/", new { repositoryName = repository.Name, to = Somebody }, TestContext.Current.CancellationToken);

        var json = await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(["query done", "workbook skipped", "mail skipped"], Steps(json));
        Assert.Equal("Nobody answers for it. Nothing was sent.", json.GetProperty("steps")[0].GetProperty("detail").GetString());
        Assert.Equal(before, await app.Database(db => db.OutboxMessages.CountAsync()));
    }

    [Theory]
    [InlineData("""{}""", 400, "product_name")]
    [InlineData("""{"product_name":"","repository_name":null}""", 400, "product_name")]
    [InlineData("""{"product_name":"NAME"}""", 400, "to")]
    [InlineData("""{"product_name":"NAME","to":[]}""", 400, "to")]
    [InlineData("""{"product_name":"NAME","to":[null," "]}""", 400, "to")]
    [InlineData("""{"product_name":"NAME","to":["nobody"]}""", 400, "to")]
    [InlineData("""{"product_name":"NAME","to":["a@x.example"],"cc":["<b@x.example>"]}""", 400, "cc")]
    [InlineData("""{"product_name":"NAME","to":["a@x.example\r\nBcc: b@x.example"]}""", 400, "to")]
    [InlineData("""{"product_name":"NAME","to":["a@x.example"],"message":"LONG"}""", 400, "message")]
    [InlineData("""{"product_name":"LONG","to":["a@x.example"]}""", 400, "product_name")]
    [InlineData("""{"product_name":"No such thing","to":["a@x.example"]}""", 404, null)]
    [InlineData("""{"product_name":7}""", 400, null)]
    [InlineData("""{"to":"a@x.example"}""", 400, null)]
    [InlineData("""not json""", 400, null)]
    [InlineData("""null""", 400, null)]
    [InlineData("", 400, null)]
    public async Task A_report_that_cannot_be_made_is_a_problem_and_sends_nothing(string body, int status, string? field)
    {
        var product = await Given.Product();
        await Given.Assignment(product: product);
        using var client = await Program(Cast.Employee);
        var before = await app.Database(db => db.OutboxMessages.CountAsync());
        using var content = new StringContent(body.Replace("NAME", product.Name, StringComparison.Ordinal).Replace("LONG", new string('x', 10_000), StringComparison.Ordinal), Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync(new Uri("/api/poc/reports", UriKind.Relative), content, TestContext.Current.CancellationToken);

        var problem = await Problem(answer, (HttpStatusCode)status);
        if (field is not null)
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
        Assert.Equal(before, await app.Database(db => db.OutboxMessages.CountAsync()));
        Assert.DoesNotContain("Exception", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_belongs_to_who_asked()
    {
        var product = await Given.Product();
        await Given.Assignment(product: product);
        using var emma = await Program(Cast.Employee);
        using var made = await emma.PostAsJsonAsync("/api/poc/reports", new { product_name = product.Name, to = Somebody }, TestContext.Current.CancellationToken);

        using var stella = await Program(Cast.Steward);
        using var theirs = await stella.GetAsync(made.Headers.Location, TestContext.Current.CancellationToken);
        await Problem(theirs, HttpStatusCode.NotFound);
        using var ada = await Program(Cast.Administrator);
        using var all = await ada.GetAsync(made.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, all.StatusCode);
        foreach (var id in new[] { Guid.NewGuid().ToString(), "1", "x" })
        {
            using var none = await emma.GetAsync(new Uri($"/api/poc/reports/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
            await Problem(none, HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_step_that_fails_is_a_500_problem_with_the_steps()
    {
        await using var own = await RunningApp.StartAsync();
        var product = await own.Given.Product();
        await own.Given.Assignment(product: product);
        await own.Database(db => db.Database.ExecuteSqlRawAsync(TestDatabase.Server is null ? "ALTER TABLE Titles RENAME TO Hidden" : "EXEC sp_rename 'Titles', 'Hidden'"));
        using var client = await Program(Cast.Employee, own);

        using var answer = await client.PostAsJsonAsync("/api/poc/reports", new { product_name = product.Name, to = Somebody }, TestContext.Current.CancellationToken);

        var problem = await Problem(answer, HttpStatusCode.InternalServerError);
        Assert.Equal("The query failed.", problem.GetProperty("detail").GetString());
        Assert.Equal(["query failed", "workbook skipped", "mail skipped"], Steps(problem));
    }

    [Theory]
    [InlineData("GET", "/api/poc?product_name=x")]
    [InlineData("POST", "/api/poc/reports")]
    [InlineData("GET", "/api/poc/reports/11111111-2222-3333-4444-555555555555")]
    [InlineData("GET", "/api/directory")]
    public async Task A_stranger_is_told_401_as_a_problem(string method, string url)
    {
        using var client = app.Anonymous();
        using var request = new HttpRequestMessage(new HttpMethod(method), url) { Content = method == "POST" ? JsonContent.Create(new { product_name = "x" }) : null };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        await Problem(answer, HttpStatusCode.Unauthorized);
        Assert.NotEmpty(answer.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task A_call_with_the_cookie_alone_sends_no_report()
    {
        var product = await Given.Product();
        await Given.Assignment(product: product);
        using var client = await app.SignedInAs(Cast.Employee);

        using var answer = await client.PostAsJsonAsync("/api/poc/reports", new { product_name = product.Name, to = Somebody }, TestContext.Current.CancellationToken);

        await Problem(answer, HttpStatusCode.BadRequest);
        Assert.False(await app.Database(db => db.PocReports.AnyAsync(report => report.ProductName == product.Name)));
    }

    [Theory]
    [InlineData("DELETE", "/api/poc", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/api/directory", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/poc/reports", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    public async Task Wrong_methods_and_addresses_are_problems_too(string method, string url, HttpStatusCode status)
    {
        using var client = await Program(Cast.Employee);
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        await Problem(answer, status);
    }

    private static IEnumerable<string?> Names(JsonElement json) => json.GetProperty("contacts").EnumerateArray().Select(contact => contact.GetProperty("firstName").GetString());

    private static IEnumerable<string> Steps(JsonElement json)
        => json.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("name").GetString()} {step.GetProperty("state").GetString()}");

    private async Task<(HttpResponseMessage Answer, JsonElement Json)> Get(string url)
    {
        using var client = await app.SignedInAs(Cast.Employee);
        var answer = await client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{url} answered {answer.StatusCode}. {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)} {app.Log.Errors}");
        return (answer, await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    private async Task<HttpClient> Program(Person person, RunningApp? other = null)
    {
        var client = (other ?? app).Anonymous();
        using var answer = await client.PostAsJsonAsync("/api/auth/login", new { username = person.Email, password = Cast.Password }, TestContext.Current.CancellationToken);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("access_token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<JsonElement> Problem(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == status, $"{answer.RequestMessage!.RequestUri} answered {(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        return problem;
    }
}
