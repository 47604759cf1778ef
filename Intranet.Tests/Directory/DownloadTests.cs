using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using ClosedXML.Excel;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Directory;

public sealed class DownloadTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly string[] Formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"https://evil.example\")"];

    private Given Given => app.Given;

    [Fact]
    public async Task A_CSV_is_RFC_4180_with_a_byte_order_mark()
    {
        var product = await Given.Product();
        var place = await Given.Location(city: "Genève, \"GVA\"", region: "EMEA");
        var person = await Given.Employee("Anna \"The\" O,", "Neil\nJr.", "000077", "anna@sc1701d.example", "anna", location: place);
        await Given.Assignment(person, product, confirmedOn: new DateOnly(2030, 5, 2));

        var (bytes, headers) = await Download($"/directory?product={product.Name}&handler=Csv");

        Assert.Equal("text/csv; charset=utf-8", headers.ContentType!.ToString());
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(
            "First Name,Last Name,Email ID,Chat User Name,Region,City,Title,Role,Local Time,Confirmed On,EmpId\r\n"
            + "\"Anna \"\"The\"\" O,\",\"Neil\nJr.\",anna@sc1701d.example,anna,EMEA,\"Genève, \"\"GVA\"\"\",Software Engineer,owner,12:00,2030-05-02,000077\r\n",
            Encoding.UTF8.GetString(bytes[3..]));
    }

    [Fact]
    public async Task What_begins_like_a_formula_is_text_in_both()
    {
        var product = await Given.Product();
        foreach (var formula in Formulas)
            await Given.Assignment(await Given.Employee(formula, formula, chat: formula), product);

        var csv = Encoding.UTF8.GetString((await Download($"/directory?product={product.Name}&handler=Csv")).Bytes);
        Assert.All(csv.Split("\r\n").Skip(1).SkipLast(1), line => Assert.StartsWith("'", line.TrimStart('"'), StringComparison.Ordinal));
        using var book = Open((await Download($"/directory?product={product.Name}&handler=Xlsx")).Bytes);
        var sheet = book.Worksheet(1);
        Assert.All(sheet.CellsUsed(), cell => Assert.False(cell.HasFormula));
        Assert.Equal(Formulas.Order(StringComparer.Ordinal), sheet.Rows(3, 7).Select(row => row.Cell(1).GetString()).Order(StringComparer.Ordinal));
        Assert.All(sheet.Rows(3, 7), row => Assert.Equal(XLDataType.Text, row.Cell(1).DataType));
    }

    [Fact]
    public async Task A_workbook_is_made_for_people()
    {
        var product = await Given.Product();
        await Given.Assignment(await Given.Employee("Olga", empId: "000091", email: "a.rather.long.address.of.somebody@sc1701d.example"), product, confirmedOn: new DateOnly(2030, 5, 2));
        await Given.Assignment(await Given.Employee("Bo", empId: "000092"), product, role: AssignmentRole.Backup);

        var (bytes, headers) = await Download($"/directory?product={product.Name}&handler=Xlsx");

        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", headers.ContentType!.ToString());
        using var book = Open(bytes);
        var sheet = Assert.Single(book.Worksheets);
        Assert.Equal("Contacts", sheet.Name);
        Assert.Equal($"{product.Name}, asked on Wednesday, 15 May 2030 10:00 UTC by Emma Employee", sheet.Cell(1, 1).GetString());
        Assert.True(sheet.Cell(1, 1).Style.Font.Bold);
        Assert.Equal(["First Name", "Last Name", "Email ID", "Chat User Name", "Region", "City", "Title", "Role", "Local Time", "Confirmed On", "EmpId"], sheet.Row(2).CellsUsed().Select(cell => cell.GetString()));
        Assert.All(sheet.Row(2).CellsUsed(), cell => Assert.True(cell.Style.Font.Bold));
        Assert.False(sheet.Cell(3, 1).Style.Font.Bold);
        Assert.Equal((2, 0), (sheet.SheetView.SplitRow, sheet.SheetView.SplitColumn));
        Assert.Equal("A2:K4", sheet.AutoFilter.Range.RangeAddress.ToString());
        Assert.InRange(sheet.Column(3).Width, "a.rather.long.address.of.somebody@sc1701d.example".Length, 60);
        Assert.InRange(sheet.Column(1).Width, 8, 20);
        Assert.Equal(["Bo", "Olga"], sheet.Rows(3, 4).Select(row => row.Cell(1).GetString()));
        // Days are days, numbers of people stay text: 000091 is not 91.
        Assert.Equal(new DateTime(2030, 5, 2), sheet.Cell(4, 10).GetDateTime());
        Assert.Equal((XLDataType.DateTime, @"yyyy\-mm\-dd"), (sheet.Cell(4, 10).DataType, sheet.Cell(4, 10).Style.NumberFormat.Format));
        Assert.True(sheet.Cell(3, 10).IsEmpty());
        Assert.Equal((XLDataType.Text, "000091"), (sheet.Cell(4, 11).DataType, sheet.Cell(4, 11).GetString()));
    }

    [Theory]
    [InlineData("a\u0001b\u0008c", "abc")]
    [InlineData("& <b> ]]> \"'", "& <b> ]]> \"'")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    [InlineData("two\nlines", "two\nlines")]
    public async Task Letters_that_a_workbook_cannot_hold_break_nothing(string text, string read)
    {
        using var book = await Written([text], sheetName: "Sheet", title: text);

        Assert.Equal(read, book.Worksheet(1).Cell(3, 1).GetString());
        Assert.Equal(read, book.Worksheet(1).Cell(1, 1).GetString());
    }

    [Fact]
    public async Task Half_a_letter_is_left_out()
    {
        using var book = await Written(["a" + '\ud83d' + "b" + '\ude00'], "Sheet", "Title");

        Assert.Equal("ab", book.Worksheet(1).Cell(3, 1).GetString());
    }

    [Fact]
    public async Task A_text_longer_than_a_cell_is_cut()
    {
        using var book = await Written([new string('x', 40_000)], "Sheet", "Title");

        Assert.Equal(32_767, book.Worksheet(1).Cell(3, 1).GetString().Length);
    }

    [Theory]
    [InlineData("[a]:b*c?d/e\\f", "-a--b-c-d-e-f")]
    [InlineData("'quoted'", "quoted")]
    [InlineData("History", "List")]
    [InlineData("", "List")]
    [InlineData("A name of thirty one letters..''", "A name of thirty one letters..")]
    [InlineData("\u0001", "List")]
    [InlineData("123456789012345678901234567890\ud83d\ude00", "123456789012345678901234567890")]
    public async Task Names_that_a_sheet_cannot_have_are_changed(string name, string expected)
    {
        using var book = await Written(["x"], name, "Title");

        Assert.Equal(expected, book.Worksheet(1).Name);
    }

    [Fact]
    public async Task A_list_without_rows_is_a_head_alone()
    {
        using var book = await Written([], "Sheet", "Title");

        Assert.Equal(2, book.Worksheet(1).LastRowUsed()!.RowNumber());
    }

    [Fact]
    public async Task The_header_of_a_CSV_leaves_before_the_first_row_is_read()
    {
        var gate = new TaskCompletionSource();
        using var stream = new MemoryStream();
        var writing = CsvFile.WriteAsync(stream, [new Column<string>("Name", row => row)], Rows(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.False(writing.IsCompleted);
        Assert.Equal("\uFEFFName\r\n", Encoding.UTF8.GetString(stream.ToArray()));
        gate.SetResult();
        await writing;
        Assert.Equal("\uFEFFName\r\nlate\r\n", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.True(stream.CanWrite);

        async IAsyncEnumerable<string> Rows([EnumeratorCancellation] CancellationToken cancellation)
        {
            await gate.Task.WaitAsync(cancellation);
            yield return "late";
        }
    }

    [Theory]
    [InlineData("Größe & Co. / #1", "Größe---Co-----1.csv")]
    [InlineData("../../etc/passwd", "etc-passwd.csv")]
    [InlineData("a\"; filename=evil.exe", "a---filename-evil-exe.csv")]
    [InlineData("😀", "directory.csv")]
    [InlineData("CON", "CON-.csv")]
    [InlineData("lpt1", "lpt1-.csv")]
    public void A_file_name_suits_every_file_system(string title, string expected) => Assert.Equal(expected, DirectoryColumns.FileName(title, "csv"));

    [Fact]
    public async Task The_file_is_named_after_what_was_asked()
    {
        var product = await Given.Product(Given.Unique("Größe "));

        Assert.Equal(product.Name.Replace(' ', '-') + ".csv", (await Download($"/directory?product={Uri.EscapeDataString(product.Name)}&handler=Csv")).Headers.ContentDisposition!.FileNameStar);
        Assert.Equal("Directory.xlsx", (await Download("/directory?city=Nowhere&handler=Xlsx")).Headers.ContentDisposition!.FileName);
        Assert.Equal("attachment", (await Download("/directory?handler=Csv")).Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task A_download_holds_the_whole_result_with_its_filters()
    {
        await using var own = await RunningApp.StartAsync();
        var here = await own.Given.Location(city: "Lund");
        var there = await own.Given.Location(city: "Linz");
        await own.Database(async db =>
        {
            for (var i = 0; i < 2100; i++)
            {
                db.Add(new Employee
                {
                    EmpId = $"5{i:0000}",
                    FirstName = "Zacharias",
                    LastName = $"Many{i:0000}",
                    EmailId = $"{i}@sc1701d.example",
                    LocationId = i % 3 == 0 ? here.Id : there.Id,
                    LeftOn = i == 2099 ? own.Clock.Today : null,
                });
            }

            await db.SaveChangesAsync();
        });
        using var client = await own.SignedInAs(Cast.Employee);

        // The page counts no further than it needs to; files do.
        Assert.Contains("More than", (await client.PageAsync("/directory?q=zacharias")).MustBeOk().One("#results [role=status]").Words(), StringComparison.Ordinal);
        var lines = (await client.PageAsync("/directory?q=zacharias&handler=Csv")).MustBeOk().Html.Split("\r\n");
        Assert.Equal(2099 + 2, lines.Length);
        Assert.Equal(Enumerable.Range(0, 2099).Select(i => $"Many{i:0000}"), lines.Skip(1).SkipLast(1).Select(line => line.Split(',')[1]));
        Assert.Equal(700 + 2, (await client.PageAsync("/directory?q=zacharias&city=Lund&handler=Csv")).MustBeOk().Html.Split("\r\n").Length);
        Assert.Equal(2099, int.Parse((await client.PageAsync("/api/directory?q=zacharias&pageSize=1")).Response.Headers.GetValues("X-Total-Count").Single(), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Who_took_a_list_out_is_in_the_audit()
    {
        var product = await Given.Product();
        await Given.Assignment(product: product);
        var from = await app.Database(db => db.AuditEntries.MaxAsync(entry => entry.Id));

        await Download($"/directory?product={product.Name}&handler=Csv");
        await Download("/directory?city=Oslo&title=QA+Engineer&handler=Xlsx");
        await Download($"/api/poc?product_name={product.Name}&format=xlsx");
        await Download($"/api/poc?product_name={product.Name}&format=json");

        Assert.Equal([$"{product.Name}: 1 rows as csv", "Directory, Oslo, QA Engineer: 0 rows as xlsx", $"{product.Name}: 1 rows as xlsx"],
            await app.Database(db => db.AuditEntries.Where(e => e.Id > from && e.Action == "exported" && e.Actor == Cast.Employee.Email && e.Address != null).OrderBy(e => e.Id).Select(e => e.Details!).ToListAsync()));
    }

    [Theory]
    [InlineData("Csv")]
    [InlineData("Xlsx")]
    public async Task There_is_no_file_of_what_does_not_exist(string format)
    {
        using var client = await app.SignedInAs(Cast.Employee);
        foreach (var query in new[] { "product=No+such+thing", "repository=No+such+thing", $"q={new string('x', 201)}", "pageNumber=0" })
            (await client.PageAsync($"/directory?{query}&handler={format}")).MustBe(HttpStatusCode.NotFound);
    }

    private async Task<(byte[] Bytes, System.Net.Http.Headers.HttpContentHeaders Headers)> Download(string url)
    {
        using var client = await app.SignedInAs(Cast.Employee);
        using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{url} answered {answer.StatusCode}. {app.Log.Errors}");
        return (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), answer.Content.Headers);
    }

    private static XLWorkbook Open(byte[] bytes) => new(new MemoryStream(bytes));

    private static async Task<XLWorkbook> Written(string[] rows, string sheetName, string title)
    {
        var stream = new MemoryStream();
        await Workbook.WriteAsync(stream, title, sheetName, [new Column<string>("Text", row => row)], rows.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        return new XLWorkbook(stream);
    }
}
