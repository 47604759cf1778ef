using System.Text;
using Intranet.Data.Mail;

namespace Intranet.Tests.Mail;

/// <summary>What a mail looks like when it has left; read back from the folder.</summary>
public sealed class CompositionTests : IAsyncLifetime
{
    private RunningApp app = null!;

    public async ValueTask InitializeAsync() => app = await RunningApp.StartAsync(options =>
    {
        options.Settings["Mail:From"] = "intranet@example.org";
        options.Settings["Mail:FromName"] = "Intranet Zürich";
        options.Settings["Mail:ReplyTo"] = "help@example.org";
    });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_mail_has_its_headers_a_text_and_an_HTML_part_and_its_attachments()
    {
        byte[] workbook = [0x50, 0x4B, 0, 1, 2, 255];
        var message = await app.Given.Mail(
            "Grüße aus Zürich – 日本", "Zeile eins\nZeile zwei: äöü €\n.\nfrom = 4", "<p>äöü €</p>", to: ["one@example.org", "two@example.org"], cc: ["three@example.org"],
            attachments: [new OutboxAttachment { FileName = "Übersicht – 日本 (1).xlsx", ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Content = workbook }, new OutboxAttachment { FileName = "plain name.csv", ContentType = "text/csv", Content = "a;b"u8.ToArray() }]);
        Assert.Equal("1 sent.", await app.SendMailAsync());

        var mail = Eml.Parse(Assert.Single(app.Folder()));
        Assert.Equal("Intranet Zürich <intranet@example.org>", mail["From"]!.Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal("help@example.org", mail["Reply-To"]);
        Assert.Equal("one@example.org, two@example.org", mail["To"]);
        Assert.Equal("three@example.org", mail["Cc"]);
        Assert.Equal("Grüße aus Zürich – 日本", mail["Subject"]);
        Assert.Equal($"<{message.MessageId}>", mail["Message-ID"]);
        Assert.Equal(("auto-generated", "1.0"), (mail["Auto-Submitted"], mail["MIME-Version"]));
        Assert.NotNull(mail["Date"]);
        Assert.Null(mail["List-Unsubscribe"]);
        Assert.DoesNotContain(mail.Names, name => name.StartsWith("X-", StringComparison.OrdinalIgnoreCase));

        Assert.Equal("multipart/mixed", mail.Type);
        Assert.Equal("multipart/alternative", mail.Parts[0].Type);
        Assert.Equal(["text/plain", "text/html", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"], mail.Leaves.Select(part => part.Type));
        var leaves = mail.Leaves.ToList();
        Assert.Equal("Zeile eins\r\nZeile zwei: äöü €\r\n.\r\nfrom = 4", leaves[0].Text.TrimEnd());
        Assert.Equal("<p>äöü €</p>", leaves[1].Text.TrimEnd());
        Assert.Equal(["Übersicht – 日本 (1).xlsx", "plain name.csv"], leaves.Skip(2).Select(part => part.FileName));
        Assert.Equal(workbook, leaves[2].Content);
    }

    [Fact]
    public async Task Its_own_reply_address_comes_before_the_configured_one_and_a_subscription_can_be_left()
    {
        await app.Given.Mail(replyTo: "asker@example.org", listUnsubscribe: "https://intranet.example.org/leave?x=1");
        await app.SendMailAsync();

        var mail = Eml.Parse(Assert.Single(app.Folder()));
        Assert.Equal(("asker@example.org", "<https://intranet.example.org/leave?x=1>"), (mail["Reply-To"], mail["List-Unsubscribe"]));
    }

    [Fact]
    public async Task A_mail_without_HTML_or_attachments_is_text()
    {
        await app.Given.Mail(text: "Only text", html: "");
        await app.SendMailAsync();

        Assert.Equal(["text/plain"], Eml.Parse(Assert.Single(app.Folder())).Leaves.Select(part => part.Type));
    }

    [Theory]
    [InlineData("subject", "Hello\r\nBcc: evil@example.org")]
    [InlineData("subject", "Hello\nBcc: evil@example.org\n\nbody")]
    [InlineData("subject", "Hello\rBcc: evil@example.org")]
    [InlineData("subject", "Hello\u2028Bcc: evil@example.org\u0085Bcc: evil@example.org\0")]
    [InlineData("attachment", "a\r\nBcc: evil@example.org\r\n.txt")]
    [InlineData("attachment", "ä\"\r\nBcc: evil@example.org\r\n.txt")]
    [InlineData("unsubscribe", "https://example.org>\r\nBcc: evil@example.org")]
    public async Task No_text_can_add_a_header(string where, string text)
    {
        await app.Given.Mail(
            where == "subject" ? text : null, listUnsubscribe: where == "unsubscribe" ? text : null,
            attachments: where == "attachment" ? [new OutboxAttachment { FileName = text, ContentType = "text/plain", Content = [1] }] : []);
        Assert.Equal("1 sent.", await app.SendMailAsync());

        var eml = Assert.Single(app.Folder());
        Assert.DoesNotMatch(@"(?im)^\s*Bcc:", eml);
        var mail = Eml.Parse(eml);
        Assert.Equal("reader@example.org", mail["To"]);
        Assert.Equal(where == "attachment" ? 3 : 2, mail.Leaves.Count());
    }

    [Theory]
    [InlineData("reader@example.org\r\nBcc: evil@example.org")]
    [InlineData("reader@example.org, evil@example.org")]
    [InlineData("not an address")]
    [InlineData("Somebody <reader@example.org>")]
    [InlineData("")]
    public async Task What_is_not_one_address_is_refused_for_good_and_keeps_nobody_else_waiting(string address)
    {
        var wrong = await app.Given.Mail(to: [address]);
        var reply = await app.Given.Mail(replyTo: address.Length == 0 ? "x\r\ny" : address);
        var right = await app.Given.Mail();
        Assert.Equal("1 sent, 2 failed.", await app.SendMailAsync());

        Assert.Contains("is not an e-mail address.", (await app.StateOfAsync(wrong)).LastError, StringComparison.Ordinal);
        Assert.Equal(OutboxState.Failed, (await app.StateOfAsync(reply)).State);
        Assert.Equal(OutboxState.Sent, (await app.StateOfAsync(right)).State);
        Assert.Single(app.Folder());
    }

    [Fact]
    public async Task Long_headers_are_folded_and_a_long_name_keeps_its_ending()
    {
        var people = Enumerable.Range(0, 120).Select(i => $"somebody.with.a.long.name.{i}@department.example.org").ToList();
        await app.Given.Mail(
            string.Concat(Enumerable.Repeat("Ünïcödé Wörter ", 30)).Trim(), string.Concat(Enumerable.Repeat("ein sehr langer Absatz ", 200)), to: people,
            attachments: [new OutboxAttachment { FileName = new string('Ü', 195) + ".xlsx", ContentType = "application/octet-stream", Content = new byte[5000] }]);
        Assert.Equal("1 sent.", await app.SendMailAsync());

        var eml = Assert.Single(app.Folder());
        Assert.All(eml.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 998));
        Assert.DoesNotMatch("(?<!\r)\n", eml);
        var mail = Eml.Parse(eml);
        Assert.Equal(people, mail["To"]!.Split(',', StringSplitOptions.TrimEntries));
        Assert.Equal(string.Concat(Enumerable.Repeat("Ünïcödé Wörter ", 30)).Trim(), mail["Subject"]);
        Assert.EndsWith("Ü.xlsx", mail.Leaves.Last().FileName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_can_not_be_written_keeps_the_mail_waiting()
    {
        var path = Path.Combine(app.Folder, "mail");
        await File.WriteAllTextAsync(path, "in the way", TestContext.Current.CancellationToken);
        var message = await app.Given.Mail();
        Assert.StartsWith("1 postponed. The mail folder can't be written: ", await app.SendMailAsync(), StringComparison.Ordinal);
        Assert.Equal(OutboxState.Waiting, (await app.StateOfAsync(message)).State);

        File.Delete(path);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1 sent.", await app.SendMailAsync());
        Assert.Null((await app.StateOfAsync(message)).LastError);
    }
}
