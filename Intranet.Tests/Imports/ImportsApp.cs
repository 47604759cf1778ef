using System.Globalization;
using System.Net;
using Intranet.Data.Directory;
using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Imports;

/// <summary>An app in which files are read and applied when a test says so.</summary>
public class ImportsApp : RunningApp
{
    public const string Header = "EmpID,FirstName,LastName,ADEmail,LocationCode,Location,Title,ChatUserName";

    public ImportsApp()
    {
    }

    protected ImportsApp(Action<AppOptions> configure) : base(configure)
    {
    }

    /// <summary>A location for the employees of a test; its code is unique.</summary>
    public async Task<string> PlaceAsync() => (await Given.Location()).LocationCode;

    public static string Row(string empId, string place, string first = "Ada", string last = "Lovelace", string? email = null, string title = "Software Engineer", string chat = "")
        => $"{empId},{first},{last},{email ?? $"e{empId}@sc1701d.example"},{place},\"Berlin, Germany\",{title},{chat}";

    public static string Csv(params string[] rows) => string.Join("\r\n", [Header, .. rows]) + "\r\n";

    /// <summary>Uploads through the form, as the steward, or of leads as the sales lead; the answer is the page the redirect leads to, or the form again.</summary>
    public async Task<Page> UploadAsync(byte[] content, string fileName = "people.csv", string kind = "employees", HttpClient? client = null)
    {
        client ??= await SignedInAs(ImportKind.Find(kind)?.IsOfLeads == true ? Cast.SalesLead : Cast.Steward);
        var page = (await client.PageAsync("/imports")).MustBeOk();
        return await page.Form("Upload").Fill("Kind", kind).Attach("File", fileName, content).SubmitAsync();
    }

    public Task<Page> UploadAsync(string content, string fileName = "people.csv", string kind = "employees")
        => UploadAsync(System.Text.Encoding.UTF8.GetBytes(content), fileName, kind);

    /// <summary>Uploads and reads; the answer is the page with the preview.</summary>
    public async Task<Page> PreviewAsync(byte[] content, string fileName = "people.csv", string kind = "employees")
    {
        var page = (await UploadAsync(content, fileName, kind)).MustBeOk();
        Assert.Matches("^/imports/[0-9]+$", page.Path);
        await WorkAsync();
        return (await page.Client.PageAsync(page.Path)).MustBeOk();
    }

    public Task<Page> PreviewAsync(string content, string fileName = "people.csv", string kind = "employees")
        => PreviewAsync(System.Text.Encoding.UTF8.GetBytes(content), fileName, kind);

    /// <summary>Presses Apply and lets the job do it; the answer is the page afterwards.</summary>
    public async Task<Page> ApplyAsync(Page preview)
    {
        (await preview.Form("Apply").SubmitAsync()).MustBeOk();
        await WorkAsync();
        return (await preview.Client.PageAsync(preview.Path)).MustBeOk();
    }

    public async Task<Page> ImportAsync(string content, string fileName = "people.csv", string kind = "employees") => await ApplyAsync(await PreviewAsync(content, fileName, kind));

    /// <summary>What the job does on each of its runs: everything that waits.</summary>
    public async Task WorkAsync()
    {
        while (true)
        {
            await using var scope = Services.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<ClaimImport>().RunAsync(DateTime.MinValue) is not { } import)
                return;
            await scope.ServiceProvider.GetRequiredService<WorkOnImport>().RunAsync(import);
        }
    }

    public Task<Employee> EmployeeAsync(string empId)
    {
        var key = TextKey.EmpId(empId);
        return Database(db => db.Employees.AsNoTracking().Include(e => e.Title).Include(e => e.Location).SingleAsync(e => e.EmpIdKey == key));
    }

    public static int Id(Page page) => int.Parse(page.Path.Split('/', '?')[2], CultureInfo.InvariantCulture);

    public Task<Import> StateAsync(Page page) => Database(db => db.Imports.AsNoTracking().SingleAsync(i => i.Id == Id(page)));
}

internal static class ImportPage
{
    /// <summary>"3 New" and its like, from the row of counts.</summary>
    internal static string Counts(this Page page) => string.Join(", ", page.Texts(".tally"));

    /// <summary>The line of the file as the table shows it: "error Ada Lovelace (7) …".</summary>
    internal static string Line(this Page page, int line) => string.Join(' ', page.Texts($"#line-{line} td").Skip(1));

    internal static string State(this Page page) => page.One(".import-facts .badge").Words();

    internal static Page MustBeRefused(this Page page)
    {
        page.MustBe(HttpStatusCode.UnprocessableEntity);
        return page;
    }
}
