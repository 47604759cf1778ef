using System.Globalization;
using System.Net;
using System.Text;
using ClosedXML.Excel;
using Intranet.Data.Imports;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Imports;

/// <summary>A file from the form to the directory.</summary>
public sealed class ImportTests(ImportsApp app) : IClassFixture<ImportsApp>
{
    private static string EmpId() => Given.Unique("E");

    [Fact]
    public async Task Nothing_is_written_before_apply_and_everything_after()
    {
        var place = await app.PlaceAsync();
        var id = EmpId();

        var preview = await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row(id, place, "Zoë", "Ångström", title: "software engineer", chat: "zoe")));
        Assert.Equal("To decide", preview.State());
        Assert.Equal("1 Rows, 1 New, 0 Updated, 0 Same, 0 Errors", preview.Counts());
        Assert.False(await app.Database(db => db.Employees.AnyAsync(e => e.EmpId == id)));

        var applied = await app.ApplyAsync(preview);
        Assert.Equal("Applied", applied.State());
        Assert.Contains("1 row is written.", applied.Text, StringComparison.Ordinal);
        Assert.Single(applied.All("main a[href='/directory']"));
        var employee = await app.EmployeeAsync(id);
        Assert.Equal(("Zoë", "Ångström", "zoe", "Software Engineer", "software engineer", place),
            (employee.FirstName, employee.LastName, employee.ChatUserName, employee.Title?.Name, employee.OriginalTitle, employee.Location!.LocationCode));
        var found = await preview.Client.PageAsync($"/directory?q={Uri.EscapeDataString("zoe angstrom")}");
        Assert.Contains("Ångström", found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_and_a_csv_file_say_the_same()
    {
        var place = await app.PlaceAsync();
        string[] ids = [EmpId(), EmpId()];
        using var book = new XLWorkbook();
        var sheet = book.AddWorksheet("People");
        string[][] rows = [ImportsApp.Header.Split(','), [ids[0], "Ada", "Lovelace", $"e{ids[0]}@sc1701d.example", place, "Berlin", "QA Engineer", "ada"], [ids[1], "Ada", "Lovelace", "no address", place, "Berlin", "", ""]];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < rows[row].Length; column++)
                sheet.Cell(row + 1, column + 1).SetValue(rows[row][column]);
        }

        using var file = new MemoryStream();
        book.SaveAs(file);
        var fromBook = await app.PreviewAsync(file.ToArray(), "people.xlsx");
        var fromCsv = await app.PreviewAsync(string.Join('\n', rows.Select(row => string.Join(',', row))));

        Assert.Equal("2 Rows, 1 New, 0 Updated, 0 Same, 1 Errors", fromBook.Counts());
        Assert.Equal(fromCsv.Counts(), fromBook.Counts());
        Assert.Equal(fromCsv.Line(2), fromBook.Line(2));
        Assert.Equal(fromCsv.Line(3), fromBook.Line(3));
        await app.ApplyAsync(fromBook);
        Assert.Equal("QA Engineer", (await app.EmployeeAsync(ids[0])).Title!.Name);
    }

    [Theory]
    [InlineData("EmpID,FirstName,LastName,ADEmail,LocationCode,Title,ChatUserName")]
    [InlineData("EmpId,First Name,Last Name,Email ID,Location Code,Title,Chat User Name")]
    [InlineData("employee number,given_name,SURNAME,e-mail,site code,Job Title,Chat")]
    public async Task Columns_are_recognised_under_old_and_new_names(string header)
    {
        var place = await app.PlaceAsync();
        var id = EmpId();

        await app.ImportAsync($"{header}\n{id},Grace,Hopper,grace@sc1701d.example,{place},Backend Developer,grace");

        var employee = await app.EmployeeAsync(id);
        Assert.Equal(("Grace", "Hopper", "grace@sc1701d.example", "Backend Developer", "grace"),
            (employee.FirstName, employee.LastName, employee.EmailId, employee.Title?.Name, employee.ChatUserName));
    }

    [Fact]
    public async Task The_same_file_twice_changes_nothing()
    {
        var place = await app.PlaceAsync();
        var id = EmpId();
        var csv = ImportsApp.Csv(ImportsApp.Row(id, place), ImportsApp.Row(EmpId(), place));
        await app.ImportAsync(csv);
        var before = await app.EmployeeAsync(id);
        var audit = await app.Database(db => db.AuditEntries.CountAsync());

        var again = await app.PreviewAsync(csv);

        Assert.Equal("2 Rows, 0 New, 0 Updated, 2 Same, 0 Errors", again.Counts());
        Assert.Contains("everything in the file is known already", again.Text, StringComparison.Ordinal);
        Assert.Empty(again.All("#apply"));
        Assert.Equal(before.Version, (await app.EmployeeAsync(id)).Version);
        Assert.Equal(audit, await app.Database(db => db.AuditEntries.CountAsync()));
    }

    [Fact]
    public async Task An_update_shows_what_it_was_and_what_it_becomes()
    {
        var (from, to) = (await app.PlaceAsync(), await app.PlaceAsync());
        var id = EmpId();
        await app.ImportAsync(ImportsApp.Csv(ImportsApp.Row(id, from, title: "Backend Developer")));

        var preview = await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row(id, to, last: "King", title: "QA Engineer")));

        Assert.Equal("1 Rows, 0 New, 1 Updated, 0 Same, 0 Errors", preview.Counts());
        Assert.Equal(
            ["Last name Lovelace King", $"Location code {from} {to}", "Title Backend Developer QA Engineer", "Standard title Backend Developer QA Engineer"],
            preview.Texts("#line-2 .row-changes li"));
        Assert.Equal("Lovelace", preview.All("#line-2 del")[0].Words());
        Assert.Equal("Lovelace", (await app.EmployeeAsync(id)).LastName);
        await app.ApplyAsync(preview);
        Assert.Equal("King", (await app.EmployeeAsync(id)).LastName);
        var told = await app.Database(async db => await db.AuditEntries.Where(entry => entry.Subject == "Employee" && entry.Action == "changed").OrderByDescending(entry => entry.Id).FirstAsync());
        Assert.Equal(Cast.Steward.Email, told.Actor);
        Assert.Contains("\"LastName\":[\"Lovelace\",\"King\"]", told.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_name_line_column_raw_text_and_what_to_do()
    {
        var place = (await app.Given.Location(code: Given.Unique("KOELN"))).LocationCode;
        var (id, last) = (EmpId(), EmpId());

        var preview = await app.PreviewAsync(ImportsApp.Csv(
            ImportsApp.Row(id, place),
            ImportsApp.Row(EmpId(), place[..^1] + "X"),
            ImportsApp.Row(EmpId(), "NOWHERE"),
            ImportsApp.Row(EmpId(), place, email: "ada.at.home"),
            ImportsApp.Row(id, place, "Charles"),
            ImportsApp.Row("", place),
            ImportsApp.Row(EmpId(), place, last: new string('x', 10_000)),
            ImportsApp.Row(last, place) + ",one,too,many"));

        Assert.Equal("8 Rows, 1 New, 0 Updated, 0 Same, 7 Errors", preview.Counts());
        Assert.Contains($"Did you mean {place}?", preview.Line(3), StringComparison.Ordinal);
        Assert.Contains("Column LocationCode, in the file: NOWHERE", preview.Line(4), StringComparison.Ordinal);
        Assert.Contains("Add it under Locations, or correct the code.", preview.Line(4), StringComparison.Ordinal);
        Assert.Contains("This is not an e-mail address. Write it like name@company.example. Column ADEmail, in the file: ada.at.home", preview.Line(5), StringComparison.Ordinal);
        Assert.Contains($"EmpId {id} is also on line 2.", preview.Line(6), StringComparison.Ordinal);
        Assert.Contains("EmpId is empty. Every row needs one. Column EmpID", preview.Line(7), StringComparison.Ordinal);
        Assert.Contains("Last name has 10,000 characters. At most 100 fit.", preview.Line(8), StringComparison.Ordinal);
        Assert.Contains("The row has 11 cells, the header 8.", preview.Line(9), StringComparison.Ordinal);
        Assert.Contains($"In the file: {last} | Ada | Lovelace |", preview.Line(9), StringComparison.Ordinal);
        Assert.Contains("| one | too | many", preview.Line(9), StringComparison.Ordinal);

        var only = await preview.Client.PageAsync(preview.Path + "?rows=error");
        Assert.Equal(7, only.All(".import-rows tbody tr").Count);
        var found = await preview.Client.PageAsync(preview.Path + "?q=nowhere");
        Assert.Equal(["4"], found.Texts(".import-rows tbody tr td:first-child"));
        await app.ApplyAsync(preview);
        Assert.Equal("Ada", (await app.EmployeeAsync(id)).FirstName);
        Assert.Equal(ImportState.Applied, (await app.StateAsync(preview)).State);
    }

    [Fact]
    public async Task Rows_in_error_come_back_as_a_file_with_reasons_that_can_be_corrected_and_uploaded()
    {
        var place = await app.PlaceAsync();
        var id = EmpId();
        var preview = await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row(EmpId(), place), ImportsApp.Row(id, place, "=1+1", "Müller; Zoë", email: "wrong")));

        var errors = await preview.Client.GetAsync(new Uri($"{preview.Path}?handler=Errors", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await errors.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("text/csv", errors.Content.Headers.ContentType!.MediaType);
        Assert.Equal("people errors.csv", errors.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var lines = text.Trim('\uFEFF').TrimEnd().Split("\r\n");
        Assert.Equal(ImportsApp.Header + ",Surplus,Line,Column,Problem", lines[0]);
        Assert.Single(lines, line => line.StartsWith(id, StringComparison.Ordinal));
        Assert.Equal($"{id},\"'=1+1\",Müller; Zoë,wrong,{place},\"Berlin, Germany\",Software Engineer,,,3,ADEmail,This is not an e-mail address. Write it like name@company.example.", lines[1]);

        var corrected = await app.PreviewAsync(text.Replace(",wrong,", ",right@sc1701d.example,", StringComparison.Ordinal));
        Assert.Equal("1 Rows, 1 New, 0 Updated, 0 Same, 0 Errors", corrected.Counts());
        await app.ApplyAsync(corrected);
        Assert.Equal("=1+1", (await app.EmployeeAsync(id)).FirstName);
    }

    [Fact]
    public async Task Cells_that_were_too_many_come_back_too_and_are_refused_until_they_are_put_right()
    {
        var place = await app.PlaceAsync();
        var preview = await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row(EmpId(), place) + ",one,two"));
        var errors = await preview.Client.GetAsync(new Uri($"{preview.Path}?handler=Errors", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await errors.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(",one | two,2,", text, StringComparison.Ordinal);

        var again = await app.PreviewAsync(text);
        Assert.Equal("1 Rows, 0 New, 0 Updated, 0 Same, 1 Errors", again.Counts());
        Assert.Contains("Put each where it belongs, and empty Surplus.", again.Line(2), StringComparison.Ordinal);
        using var errorsAgain = await again.Client.GetAsync(new Uri($"{again.Path}?handler=Errors", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains(",one | two,2,", await errorsAgain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("1 Rows, 1 New, 0 Updated, 0 Same, 0 Errors", (await app.PreviewAsync(text.Replace("one | two", "", StringComparison.Ordinal))).Counts());
        // Some of the reasons may be taken out.
        Assert.Equal("1 Rows, 0 New, 0 Updated, 0 Same, 1 Errors", (await app.PreviewAsync(text.Replace(",Line,Column,Problem", ",Problem", StringComparison.Ordinal).Replace("one | two,2,,", "one | two,", StringComparison.Ordinal))).Counts());
        // A column of somebody's own may be called so.
        Assert.Equal("1 Rows, 1 New, 0 Updated, 0 Same, 0 Errors", (await app.PreviewAsync($"{ImportsApp.Header},Surplus\r\n{ImportsApp.Row(EmpId(), place)},12.50\r\n")).Counts());
    }

    [Theory]
    [InlineData("utf-8", ',')]
    [InlineData("utf-8-bom", ';')]
    [InlineData("utf-16", '\t')]
    [InlineData("utf-16BE", '|')]
    [InlineData("windows-1252", ';')]
    public async Task Encoding_and_separator_are_found_out(string encoding, char separator)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var place = await app.PlaceAsync();
        var id = EmpId();
        // Inside quotes the separator is a letter like others; a tab is none anywhere.
        var letter = separator == '\t' ? ' ' : separator;
        var text = $"EmpId,FirstName,LastName,EmailId,LocationCode,Title\r\n{id},Jörg,\"Weiß \"\"von\"\" \",{id}@sc1701d.example,{place},\"a\"\r\n".Replace(',', separator)
            .Replace("\"a\"", $"\"QA{letter} Engineer\"", StringComparison.Ordinal);
        var encoder = encoding == "utf-8" ? new UTF8Encoding(false) : encoding == "utf-8-bom" ? new UTF8Encoding(true) : Encoding.GetEncoding(encoding);

        await app.ApplyAsync(await app.PreviewAsync([.. encoder.GetPreamble(), .. encoder.GetBytes(text)], "people.csv"));

        var employee = await app.EmployeeAsync(id);
        Assert.Equal(("Jörg", "Weiß \"von\"", $"QA{letter} Engineer"), (employee.FirstName, employee.LastName, employee.OriginalTitle));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\";\"y\")")]
    [InlineData("<script>alert(1)</script><img src=x onerror=alert(1)>")]
    [InlineData("'; DROP TABLE Employees; --")]
    [InlineData("@SUM(1+1)*cmd|' /C calc'!A0")]
    public async Task Whatever_stands_in_a_field_stays_text(string evil)
    {
        var place = await app.PlaceAsync();
        var id = EmpId();
        var cell = $"\"{evil.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

        var preview = await app.PreviewAsync(ImportsApp.Csv(
            ImportsApp.Row(id, place, cell, cell, title: cell, chat: cell),
            $"{cell},{cell},{cell},{cell},{cell},{cell},{cell},{cell}"));

        Assert.Equal("2 Rows, 1 New, 0 Updated, 0 Same, 1 Errors", preview.Counts());
        Assert.Contains($"First name {evil}", preview.Line(2), StringComparison.Ordinal);
        Assert.Empty(preview.All("main script, main img, main [onerror]"));
        await app.ApplyAsync(preview);
        var employee = await app.EmployeeAsync(id);
        Assert.Equal((evil, evil, evil, evil), (employee.FirstName, employee.LastName, employee.OriginalTitle, employee.ChatUserName));
        var person = (await preview.Client.PageAsync($"/directory/people/{employee.Id}")).MustBeOk();
        Assert.Contains(evil, person.Text, StringComparison.Ordinal);
        Assert.Empty(person.All("main script, main img, main [onerror]"));
    }

    [Fact]
    public async Task Titles_are_standardised_by_rules_and_one_that_none_knows_is_shown_as_such()
    {
        var place = await app.PlaceAsync();
        string[] ids = [EmpId(), EmpId(), EmpId()];
        var odd = Given.Unique("Chief Happiness Officer ");
        await app.ImportAsync($"Pattern,Title\n*{odd[^6..]} lead tester*,QA Engineer", "rules.csv", "title-rules");

        var applied = await app.ImportAsync(ImportsApp.Csv(
            ImportsApp.Row(ids[0], place, title: "  DEVOPS   engineer "),
            ImportsApp.Row(ids[1], place, title: $"Global {odd[^6..]} Lead Tester (m/f)"),
            ImportsApp.Row(ids[2], place, title: odd)));

        Assert.Equal("DevOps Engineer", (await app.EmployeeAsync(ids[0])).Title?.Name);
        Assert.Equal("QA Engineer", (await app.EmployeeAsync(ids[1])).Title?.Name);
        Assert.Null((await app.EmployeeAsync(ids[2])).Title);
        Assert.Contains($"The title “{odd}” is not mapped to a standard title.", applied.Text, StringComparison.Ordinal);
        Assert.Contains("(unmapped)", (await applied.Client.PageAsync($"/directory?q={ids[2]}")).Text + (await applied.Client.PageAsync($"/directory/people/{(await app.EmployeeAsync(ids[2])).Id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_between_preview_and_apply_is_compared_anew()
    {
        var place = await app.PlaceAsync();
        string[] ids = [EmpId(), EmpId()];
        await app.ImportAsync(ImportsApp.Csv(ImportsApp.Row(ids[0], place)));
        var preview = await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row(ids[0], place, last: "King"), ImportsApp.Row(ids[1], place)));
        Assert.Equal("2 Rows, 1 New, 1 Updated, 0 Same, 0 Errors", preview.Counts());

        // Meanwhile one is renamed just so, and the other is added by hand under another name.
        await app.Database(async db =>
        {
            (await db.Employees.SingleAsync(e => e.EmpId == ids[0])).LastName = "King";
            await db.SaveChangesAsync();
        });
        await app.Given.Employee(empId: ids[1], lastName: "Byron");
        var applied = await app.ApplyAsync(preview);

        Assert.Equal("2 Rows, 0 New, 1 Updated, 1 Same, 0 Errors", applied.Counts());
        Assert.Contains("Last name Byron Lovelace", applied.Line(3), StringComparison.Ordinal);
        Assert.Equal(1, await app.Database(db => db.Employees.CountAsync(e => e.EmpId == ids[1])));
    }

    [Fact]
    public async Task Apply_pressed_twice_applies_once()
    {
        var preview = await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row(EmpId(), await app.PlaceAsync())));

        (await preview.Form("Apply").SubmitAsync()).MustBeOk();
        (await preview.Form("Apply").SubmitAsync()).MustBeOk();
        await Task.WhenAll(app.WorkAsync(), app.WorkAsync());
        var late = (await preview.Form("Apply").SubmitAsync()).MustBeOk();

        Assert.Equal("Applied", late.State());
        var id = ImportsApp.Id(preview);
        Assert.Equal(1, await app.Database(db => db.AuditEntries.CountAsync(entry => entry.Subject == "Import" && entry.SubjectId == id)));
    }

    [Fact]
    public async Task Two_imports_at_once_that_name_the_same_people_add_them_once()
    {
        var place = await app.PlaceAsync();
        var ids = Enumerable.Range(0, 40).Select(_ => EmpId()).ToArray();
        var one = await app.PreviewAsync(ImportsApp.Csv([.. ids.Select(id => ImportsApp.Row(id, place))]));
        var other = await app.PreviewAsync(ImportsApp.Csv([.. ids.Reverse().Select(id => ImportsApp.Row(id, place, last: "Byron"))]));
        await one.Form("Apply").SubmitAsync();
        await other.Form("Apply").SubmitAsync();

        await Task.WhenAll(app.WorkAsync(), app.WorkAsync());

        Assert.Equal(40, await app.Database(db => db.Employees.CountAsync(e => ids.Contains(e.EmpId))));
        var states = new[] { await app.StateAsync(one), await app.StateAsync(other) };
        Assert.All(states, import => Assert.Equal(ImportState.Applied, import.State));
        // Whoever came second found them and changed their names.
        Assert.Equal((40, 40), (states.Sum(import => import.NewRows), states.Sum(import => import.UpdatedRows)));
    }

    [Fact]
    public async Task A_discarded_file_is_gone_with_its_rows_and_nothing_was_written()
    {
        var id = EmpId();
        var preview = await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row(id, await app.PlaceAsync())));
        var stored = (await app.StateAsync(preview)).StoredName;
        Assert.True(File.Exists(Path.Combine(app.Folder, "uploads", stored)));

        var list = await preview.Form("Discard").SubmitAsync();

        Assert.Equal("/imports", list.Path);
        Assert.Contains("was discarded. Nothing of it was written.", list.Text, StringComparison.Ordinal);
        var import = ImportsApp.Id(preview);
        Assert.False(File.Exists(Path.Combine(app.Folder, "uploads", stored)));
        Assert.Equal(0, await app.Database(db => db.ImportRows.CountAsync(row => row.ImportId == import)));
        Assert.False(await app.Database(db => db.Employees.AnyAsync(e => e.EmpId == id)));
        var refused = await preview.Form("Apply").SubmitAsync();
        Assert.Contains("not waiting to be applied any more", refused.MustBeRefused().Text, StringComparison.Ordinal);
        await app.WorkAsync();
        Assert.False(await app.Database(db => db.Employees.AnyAsync(e => e.EmpId == id)));
    }

    [Fact]
    public async Task Apply_can_be_taken_back_while_it_waits()
    {
        var preview = await app.PreviewAsync(ImportsApp.Csv(ImportsApp.Row(EmpId(), await app.PlaceAsync())));
        var waiting = (await preview.Form("Apply").SubmitAsync()).MustBeOk();
        Assert.Equal("Waiting", waiting.State());
        Assert.Contains("The rows wait to be applied.", waiting.Text, StringComparison.Ordinal);
        Assert.Equal("every 1s", waiting.One("#import").GetAttribute("hx-trigger"));

        var back = (await waiting.Form("Cancel").SubmitAsync()).MustBeOk();

        Assert.Equal("To decide", back.State());
        Assert.Null(back.One("#import").GetAttribute("hx-trigger"));
        await app.WorkAsync();
        Assert.Equal(ImportState.Previewed, (await app.StateAsync(preview)).State);
        Assert.Equal("Applied", (await app.ApplyAsync(back)).State());
    }

    [Fact]
    public async Task What_columns_mean_can_be_said_and_is_remembered_for_the_next_file_of_that_shape()
    {
        var place = await app.PlaceAsync();
        var (id, next) = (EmpId(), EmpId());
        var header = $"Personalnummer;Vorname;Nachname;E-Mail;Standort;{Given.Unique("Team")}";
        var unmapped = (await app.UploadAsync($"{header}\n{id};Jörg;Weiß;joerg@sc1701d.example;{place};Blau\n")).MustBeOk();
        Assert.Equal("Columns to choose", unmapped.State());
        Assert.Contains("The columns EmpId, First name, Last name, Location code (or City) are missing.", unmapped.Text, StringComparison.Ordinal);
        Assert.Empty(unmapped.All("#apply"));

        var form = unmapped.Form("Read the file").Fill("EmpId", "Personalnummer").Fill("First name", "Vorname").Fill("Last name", "Vorname");
        var refused = (await form.SubmitAsync()).MustBeRefused();
        Assert.Contains("First name and Last name can't both be column 2.", refused.Text, StringComparison.Ordinal);
        var missing = (await form.Fill("Last name", "Nachname").SubmitAsync()).MustBeRefused();
        Assert.Contains("The column Location code (or City) is missing.", missing.Text, StringComparison.Ordinal);
        await missing.Form("Read the file").Fill("Location code", "Standort").SubmitAsync();
        await app.WorkAsync();
        var preview = await unmapped.Client.PageAsync(unmapped.Path);
        Assert.Equal("1 Rows, 1 New, 0 Updated, 0 Same, 0 Errors", preview.Counts());
        await app.ApplyAsync(preview);
        Assert.Equal("Weiß", (await app.EmployeeAsync(id)).LastName);

        var again = await app.PreviewAsync($"{header}\n{next};Jörg;Weiß;joerg@sc1701d.example;{place};Blau\n");
        Assert.Equal("1 Rows, 1 New, 0 Updated, 0 Same, 0 Errors", again.Counts());
    }

    [Fact]
    public async Task A_column_that_only_the_app_left_out_gets_the_meaning_known_by_now_and_one_that_somebody_left_out_does_not()
    {
        string File(string header) => $"voter_id,last_name,state_cd,{header}\n{Given.Unique("V")},King,NC,x\n";
        var header = Given.Unique("shape");
        var first = await app.ImportAsync(File(header), kind: "contacts");
        // As it was remembered when these two meant nothing to the app, and the name was taken for the whole one.
        await app.Database(async db =>
        {
            (await db.Imports.SingleAsync(i => i.Id == ImportsApp.Id(first))).Fields = ["Id", "FullName", "", ""];
            await db.SaveChangesAsync();
        });

        var second = await app.PreviewAsync(File(header), kind: "contacts");
        Assert.Equal(["Id", "FullName", "State", ""], (await app.StateAsync(second)).Fields);
        await second.Form("Read again").Fill("State", "Not in the file").SubmitAsync();
        await app.WorkAsync();
        await app.ApplyAsync((await second.Client.PageAsync(second.Path)).MustBeOk());

        // By somebody's choice, also for the file after the next.
        for (var i = 0; i < 2; i++)
            Assert.Equal(["Id", "FullName", "", ""], (await app.StateAsync(await app.ImportAsync(File(header), kind: "contacts"))).Fields);
    }

    [Fact]
    public async Task A_column_read_wrongly_is_corrected_and_the_file_read_again()
    {
        var place = await app.PlaceAsync();
        var preview = await app.PreviewAsync($"EmpId,FirstName,LastName,EmailId,Private,LocationCode\n{EmpId()},Ada,King,nothing,ada@sc1701d.example,{place}\n");
        Assert.Equal("1 Rows, 0 New, 0 Updated, 0 Same, 1 Errors", preview.Counts());
        Assert.Contains("5 of 6 used; not used: Private", preview.Text, StringComparison.Ordinal);

        await preview.Form("Read again").Fill("E-mail", "Private").SubmitAsync();
        await app.WorkAsync();

        Assert.Equal("1 Rows, 1 New, 0 Updated, 0 Same, 0 Errors", (await preview.Client.PageAsync(preview.Path)).Counts());
    }

    [Fact]
    public async Task The_list_shows_who_brought_what_and_what_came_of_it()
    {
        var name = Given.Unique("list") + ".csv";
        await app.ImportAsync(ImportsApp.Csv(ImportsApp.Row(EmpId(), await app.PlaceAsync()), ImportsApp.Row(EmpId(), "NOWHERE")), name);

        using var client = await app.SignedInAs(Cast.Steward);
        var list = (await client.PageAsync("/imports")).MustBeOk();

        Assert.Equal($"{name} Employees Applied 1 0 0 1 just now by {Cast.Steward.Name}", list.All("#results tbody tr").Single(row => row.Words().StartsWith(name, StringComparison.Ordinal)).Words());
        for (var i = 0; i < 20; i++)
            await app.PreviewAsync(ImportsApp.Csv(), "empty.csv");
        var second = (await client.PageAsync("/imports?pageNumber=2")).MustBeOk();
        Assert.Contains(second.All("#results tbody tr"), row => row.Words().StartsWith(name, StringComparison.Ordinal));
        Assert.Equal(20, (await client.PageAsync("/imports")).All("#results tbody tr").Count);
        (await client.PageAsync("/imports?pageNumber=0")).MustBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Rows_are_paged()
    {
        var place = await app.PlaceAsync();
        var preview = await app.PreviewAsync(ImportsApp.Csv([.. Enumerable.Range(0, 120).Select(_ => ImportsApp.Row(EmpId(), place))]));

        Assert.Equal("120 rows", preview.One("#rows .results-count").Words());
        Assert.Equal(50, preview.All(".import-rows tbody tr").Count);
        var third = (await preview.Client.PageAsync(preview.Path + "?pageNumber=3&rows=new")).MustBeOk();
        Assert.Equal([.. Enumerable.Range(102, 20).Select(line => line.ToString(CultureInfo.InvariantCulture))], third.Texts(".import-rows tbody tr td:first-child"));
        (await preview.Client.PageAsync(preview.Path + "?pageNumber=0")).MustBe(HttpStatusCode.UnprocessableEntity);
        (await preview.Client.PageAsync(preview.Path + "?rows=nonsense")).MustBe(HttpStatusCode.UnprocessableEntity);
    }
}
