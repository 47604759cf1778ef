using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Imports;

/// <summary>The door: who may bring a file, and which files are refused with nothing left behind.</summary>
public sealed class ImportUploadTests(ImportsApp app) : IClassFixture<ImportsApp>
{
    private string Uploads => Path.Combine(app.Folder, "uploads");

    private int StoredFiles => System.IO.Directory.Exists(Uploads) ? System.IO.Directory.GetFiles(Uploads).Length : 0;

    private async Task<string> RefusedAsync(byte[] content, string fileName, string kind = "employees")
    {
        var (imports, files) = (await app.Database(db => db.Imports.CountAsync()), StoredFiles);

        var page = (await app.UploadAsync(content, fileName, kind)).MustBeRefused();

        Assert.Equal((imports, files), (await app.Database(db => db.Imports.CountAsync()), StoredFiles));
        Assert.Equal("true", page.One("#Input_File").GetAttribute("aria-invalid"));
        return page.FieldError("File")!;
    }

    private Task<string> RefusedAsync(string content, string fileName = "people.csv", string kind = "employees") => RefusedAsync(Encoding.UTF8.GetBytes(content), fileName, kind);

    [Fact]
    public async Task Files_that_are_not_what_their_name_says_are_refused_in_a_sentence()
    {
        Assert.Equal("The file is no .xlsx workbook, although its name says so. If it is text, name it .csv.", await RefusedAsync(ImportsApp.Csv(), "people.xlsx"));
        Assert.Equal("The file is empty.", await RefusedAsync(""));
        Assert.Equal("The file is empty.", await RefusedAsync(" \r\n\r\n"));
        Assert.Equal("Choose a .csv or .xlsx file.", await RefusedAsync("a", "people.exe"));
        Assert.Equal("Choose a .csv or .xlsx file.", await RefusedAsync("a", "people"));
        Assert.Equal("Choose a .csv or .xlsx file.", await RefusedAsync("a", "people." + new string('x', 200)));
        Assert.Equal("Save the workbook as .xlsx or .csv and send that.", await RefusedAsync("a", "people.xls"));
        Assert.Contains("The file is a workbook or zip archive, not text as its name says.", await RefusedAsync([0x50, 0x4B, 3, 4, 0, 0, 0, 0], "people.csv"), StringComparison.Ordinal);
        Assert.Contains("The file is a PDF", await RefusedAsync("%PDF-1.7 …"), StringComparison.Ordinal);
        Assert.Contains("The file is not text.", await RefusedAsync([.. "EmpId,FirstName"u8, 0, 1, 2], "people.csv"), StringComparison.Ordinal);
        Assert.StartsWith("No column of employees is recognised. The first line must name the columns, for example EmpId, FirstName", await RefusedAsync("one,two\n1,2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_columns_are_refused()
    {
        var header = string.Join(',', Enumerable.Range(0, 10_000).Select(i => i == 0 ? "EmpId" : $"c{i}"));

        Assert.Equal("Line 1 has 10,000 columns. At most 200 are taken; remove those that aren't needed.", await RefusedAsync($"{header}\n1"));
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_is_refused()
        => Assert.Contains("Is a quote opened there and not closed?", await RefusedAsync($"{ImportsApp.Header}\n1,\"{new string('x', 1_100_000)}"), StringComparison.Ordinal);

    [Fact]
    public async Task Damaged_and_exploding_workbooks_are_refused()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("readme.txt");
        Assert.Equal("The file is a zip archive, but no .xlsx workbook.", await RefusedAsync(file.ToArray(), "people.xlsx"));
        Assert.StartsWith("The workbook is damaged.", await RefusedAsync(file.ToArray()[..40], "people.xlsx"), StringComparison.Ordinal);

        using var bomb = new MemoryStream();
        using (var zip = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var sheet = zip.CreateEntry("xl/workbook.xml", CompressionLevel.Optimal).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 64; i++)
                await sheet.WriteAsync(zeros, TestContext.Current.CancellationToken);
        }

        Assert.InRange(bomb.Length, 1, 200_000);
        const string TooMuch = "The workbook unpacks to far more than it seems to hold";
        Assert.StartsWith(TooMuch, await RefusedAsync(bomb.ToArray(), "people.xlsx"), StringComparison.Ordinal);

        using var crowd = new MemoryStream();
        using (var zip = new ZipArchive(crowd, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 1_001; i++)
                zip.CreateEntry($"{i}");
        }

        Assert.StartsWith(TooMuch, await RefusedAsync(crowd.ToArray(), "people.xlsx"), StringComparison.Ordinal);
        // Nor by a comment that looks like the end, or an end that says that another one tells.
        var commented = crowd.ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(commented.AsSpan(commented.Length - 2), 4);
        Assert.StartsWith(TooMuch, await RefusedAsync([.. commented, .. "PK\x05\x06"u8], "people.xlsx"), StringComparison.Ordinal);
        var elsewhere = file.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(elsewhere.AsSpan(elsewhere.Length - 6), uint.MaxValue);
        Assert.StartsWith(TooMuch, await RefusedAsync(elsewhere, "people.xlsx"), StringComparison.Ordinal);
        // Texts are kept in memory, whereas rows pass by.
        Assert.Equal("The workbook holds more than 128 MB of texts. Save the sheet as .csv and send that.", await RefusedAsync(Book("<sheetData/>", texts: 130), "people.xlsx"));
    }

    // A hundred and fifty letters of XML that ask for gigabytes, or for two thousand million rows.
    [Fact]
    public async Task A_sheet_that_says_it_is_enormous_is_refused_before_room_is_made_for_it()
    {
        var wide = Book("""<sheetData><row r="1"><c r="A1" t="str"><v>EmpId</v></c><c r="ZZZZZZ1" t="str"><v>x</v></c></row></sheetData>""");
        Assert.EndsWith("At most 200 are taken; remove those that aren't needed.", await RefusedAsync(wide, "people.xlsx"), StringComparison.Ordinal);

        var header = string.Concat(ImportsApp.Header.Split(',').Select((name, i) => $"""<c r="{(char)('A' + i)}1" t="str"><v>{name}</v></c>"""));
        var page = await app.UploadAsync(Book($"""<sheetData><row r="1">{header}</row><row r="2147483647"><c r="A2147483647" t="str"><v>7</v></c></row></sheetData>"""), "people.xlsx");
        if (page.Response.StatusCode == HttpStatusCode.OK)
        {
            await app.WorkAsync();
            page = await page.Client.PageAsync(page.Path);
        }

        Assert.Contains("A sheet has at most 1,048,576 rows", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_sheet_that_is_seen_is_read_and_long_numbers_keep_their_digits()
    {
        var header = string.Concat(ImportsApp.Header.Split(',').Select((name, i) => $"""<c r="{(char)('A' + i)}1" t="str"><v>{name}</v></c>"""));
        var book = Book($"""<sheetData><row r="1">{header}</row><row r="2"><c r="A2"><v>1234567890123456</v></c></row><row r="3"><c r="A3"><v>1234567890123457</v></c></row></sheetData>""", hidden: """<sheetData><row r="1"><c r="A1" t="str"><v>choose one</v></c></row></sheetData>""");

        var preview = await app.PreviewAsync(book, "people.xlsx");

        Assert.Contains("1234567890123456", preview.Line(2), StringComparison.Ordinal);
        Assert.Contains("1234567890123457", preview.Line(3), StringComparison.Ordinal);
    }

    private static byte[] Book(string sheet, string? hidden = null, int texts = 0)
    {
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", Types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("[Content_Types].xml", $"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="{Types}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Types}.sheet.main+xml"/></Types>""");
            Add("_rels/.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Add("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets>{(hidden is null ? "" : """<sheet name="Lists" sheetId="2" state="hidden" r:id="rId2"/>""")}<sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            Add("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Office}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>""");
            Add("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{Main}">{sheet}</worksheet>""");
            if (hidden is not null)
                Add("xl/worksheets/sheet2.xml", $"""<worksheet xmlns="{Main}">{hidden}</worksheet>""");
            if (texts > 0)
            {
                using var content = zip.CreateEntry("xl/sharedStrings.xml", CompressionLevel.Fastest).Open();
                for (var i = 0; i < texts * 16; i++)
                    content.Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 8_192).Select(j => $"{(i * 8_192) + j:D8}"))));
            }

            void Add(string name, string text)
            {
                using var content = zip.CreateEntry(name).Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }

    [Fact]
    public async Task Without_a_file_or_a_kind_the_form_says_what_is_missing()
    {
        using var client = await app.SignedInAs(Cast.Steward);
        var page = await client.PageAsync("/imports");

        var none = (await page.Form("Upload").SubmitAsync()).MustBeRefused();
        Assert.Equal("Choose a file.", none.FieldError("File"));

        using var content = new MultipartFormDataContent
        {
            { new StringContent("spaceships"), "Input.Kind" },
            { new StringContent(page.One("main input[name=__RequestVerificationToken]").GetAttribute("value")!), "__RequestVerificationToken" },
            { new ByteArrayContent("a"u8.ToArray()), "Input.File", "a.csv" },
        };
        var strange = (await client.PageAsync(new HttpRequestMessage(HttpMethod.Post, "/imports") { Content = content }, follow: false)).MustBeRefused();
        Assert.Equal("Choose what the file holds.", strange.FieldError("Kind"));
    }

    [Fact]
    public async Task A_call_with_the_cookie_and_without_the_header_is_refused_before_its_file_is_read()
    {
        using var client = await app.SignedInAs(Cast.Steward);
        using var content = new MultipartFormDataContent { { new StringContent("employees"), "kind" }, { new ByteArrayContent(new byte[2 << 20]), "file", "people.csv" } };

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/imports") { Content = content };
        request.Headers.ExpectContinue = true;
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("need the page's antiforgery token in the header RequestVerificationToken", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_answered_with_413_and_a_page_that_says_so()
    {
        var files = StoredFiles;
        using var client = await app.SignedInAs(Cast.Steward);
        using var content = new ZeroContent(Hosting.LargestUpload + 1L);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/imports") { Content = content };
        // Asks first: who goes on sending while the answer comes may find the connection closed before reading it.
        request.Headers.ExpectContinue = true;

        var page = await client.PageAsync(request, follow: false);

        page.MustBe(HttpStatusCode.RequestEntityTooLarge);
        Assert.Contains("That file is too large", page.Text, StringComparison.Ordinal);
        Assert.Equal(files, StoredFiles);
        Assert.Equal((200L << 20).ToString(CultureInfo.InvariantCulture), (await client.PageAsync("/imports")).One("#Input_File").GetAttribute("data-max-bytes"));
    }

    [Fact]
    public async Task A_name_is_only_shown_and_never_a_path()
    {
        var place = await app.PlaceAsync();
        var page = await app.UploadAsync(ImportsApp.Csv(ImportsApp.Row(Given.Unique("E"), place)), "../../<b>evil<b>'; x.csv");

        Assert.Contains("<b>evil<b>'; x.csv", page.MustBeOk().One("h1").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.All("h1 b"));
        var import = await app.StateAsync(page);
        Assert.Matches("^[0-9a-f]{32}\\.csv$", import.StoredName);
        Assert.True(File.Exists(Path.Combine(Uploads, import.StoredName)));
        await app.WorkAsync();
        await (await page.Client.PageAsync(page.Path)).Form("Discard").SubmitAsync();
    }

    [Fact]
    public async Task Strangers_sign_in_first_employees_may_not_and_forged_forms_are_refused()
    {
        using var stranger = app.Anonymous();
        Assert.StartsWith("/account/sign-in", (await stranger.PageAsync("/imports", follow: false)).RedirectsTo, StringComparison.Ordinal);
        using var employee = await app.SignedInAs(Cast.Employee);
        (await employee.PageAsync("/imports")).MustBe(HttpStatusCode.Forbidden);
        var imports = await app.Database(db => db.Imports.CountAsync());
        using var content = Upload();
        using var forbidden = await employee.PostAsync(new Uri("/imports", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using var steward = await app.SignedInAs(Cast.Steward);
        using var again = Upload();
        using var forged = await steward.PostAsync(new Uri("/imports", UriKind.Relative), again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(imports, await app.Database(db => db.Imports.CountAsync()));
        using var administrator = await app.SignedInAs(Cast.Administrator);
        (await administrator.PageAsync("/imports")).MustBeOk();

        static MultipartFormDataContent Upload() => new()
        {
            { new StringContent("employees"), "Input.Kind" },
            { new StringContent(ImportsApp.Csv()), "Input.File", "people.csv" },
        };
    }

    [Theory]
    [InlineData("Apply")]
    [InlineData("Cancel")]
    [InlineData("Discard")]
    [InlineData("Columns")]
    public async Task Nobody_else_decides_about_an_import(string handler)
    {
        var page = await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row(Given.Unique("E"), await app.PlaceAsync())));
        var url = new Uri($"{page.Path}?handler={handler}", UriKind.Relative);
        using var empty = new FormUrlEncodedContent([]);

        using var stranger = app.Anonymous();
        using var first = await stranger.PostAsync(url, empty, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        using var employee = await app.SignedInAs(Cast.Employee);
        using var second = await employee.PostAsync(url, empty, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
        (await employee.PageAsync(page.Path)).MustBe(HttpStatusCode.Forbidden);
        using var steward = await app.SignedInAs(Cast.Steward);
        using var third = await steward.PostAsync(url, empty, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, third.StatusCode);
        Assert.Equal(ImportState.Previewed, (await app.StateAsync(page)).State);

        var token = page.One("main form[action*=Discard] input[name=__RequestVerificationToken]").GetAttribute("value")!;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        var missing = await page.Client.PageAsync(new HttpRequestMessage(HttpMethod.Post, $"/imports/999999?handler={handler}") { Content = form }, follow: false);
        missing.MustBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        using var client = await app.SignedInAs(Cast.Steward);
        (await client.PageAsync("/imports/999999")).MustBe(HttpStatusCode.NotFound);
        (await client.PageAsync("/imports/999999?handler=Errors")).MustBe(HttpStatusCode.NotFound);
        var failed = await app.UploadAsync(ImportsApp.Csv(ImportsApp.Row(Given.Unique("E"), "X")));
        (await client.PageAsync($"{failed.Path}?handler=Errors")).MustBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_stored_file_that_is_gone_fails_the_import_in_words()
    {
        var page = await app.UploadAsync(ImportsApp.Csv(ImportsApp.Row(Given.Unique("E"), await app.PlaceAsync())));
        File.Delete(Path.Combine(Uploads, (await app.StateAsync(page)).StoredName));
        await app.WorkAsync();

        page = await page.Client.PageAsync(page.Path);

        Assert.Equal("Failed", page.State());
        Assert.Contains("The uploaded file is gone. Upload it again.", page.Text, StringComparison.Ordinal);
        Assert.Null(page.One("#import").GetAttribute("hx-trigger"));
    }

    /// <summary>Announces its length and sends zeros, without holding them.</summary>
    private sealed class ZeroContent(long length) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var zeros = new byte[1 << 20];
            for (var left = length; left > 0; left -= zeros.Length)
                await stream.WriteAsync(zeros.AsMemory(0, (int)Math.Min(left, zeros.Length)));
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
            return true;
        }
    }
}
