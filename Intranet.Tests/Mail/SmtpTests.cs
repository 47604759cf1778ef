using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Intranet.Data.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Mail;

/// <summary>Over a real SMTP server: what arrives, what is tried again, and when.</summary>
public sealed class SmtpTests
{
    [Fact]
    public async Task A_mail_travels_encrypted_with_the_configured_sign_in_and_arrives_as_it_was_written()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await Outbox.WithAsync(server);
        var message = await app.Given.Mail("Grüße", "Eins\n.\n..zwei\nvon = hier", to: ["one@example.org"], cc: ["two@example.org"],
            attachments: [new OutboxAttachment { FileName = "Grüße.txt", ContentType = "text/plain", Content = "äöü\r\n.\r\n"u8.ToArray() }]);
        Assert.Equal("1 sent.", await app.SendMailAsync());

        var arrived = Assert.Single(server.Mails);
        Assert.True(arrived.Encrypted);
        Assert.Equal("intranet@example.org", arrived.From);
        Assert.Equal(["one@example.org", "two@example.org"], arrived.To);
        var mail = Eml.Parse(arrived.Content);
        Assert.Equal(("Grüße", $"<{message.MessageId}>"), (mail["Subject"], mail["Message-ID"]));
        Assert.Equal("Eins\r\n.\r\n..zwei\r\nvon = hier", mail.Leaves.First().Text.TrimEnd());
        Assert.Equal(("Grüße.txt", "äöü\r\n.\r\n"), (mail.Leaves.Last().FileName, mail.Leaves.Last().Text));
        var sent = await app.StateOfAsync(message);
        Assert.Equal((OutboxState.Sent, 1, app.Clock.UtcNow, null), (sent.State, sent.Attempts, sent.SentAt, sent.LastError));
    }

    [Fact]
    public async Task A_wrong_password_says_what_to_check_without_telling_it_and_loses_nothing()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await Outbox.WithAsync(server, ("Mail:Smtp:Password", "not-the-password"));
        var message = await app.Given.Mail();
        var answer = await app.SendMailAsync();

        Assert.Contains($"localhost:{server.Port} refuses the sign-in. Check Mail:Smtp:User and Mail:Smtp:Password. (530", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-password", answer, StringComparison.Ordinal);
        var state = await app.StateOfAsync(message);
        Assert.Equal((OutboxState.Waiting, 1, app.Clock.UtcNow.AddMinutes(1)), (state.State, state.Attempts, state.DueAt));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_nothing_unless_somebody_said_that_is_fine()
    {
        await using var server = await SmtpServer.StartAsync(startTls: false);
        (string, string?)[] noSignIn = [("Mail:Smtp:User", null), ("Mail:Smtp:Password", null)];
        await using (var app = await Outbox.WithAsync(server, noSignIn))
        {
            await app.Given.Mail();
            Assert.Contains("can't be used: Server does not support secure connections. If it offers no STARTTLS and you accept mail and password in clear text, set Mail:Smtp:StartTls to false.", await app.SendMailAsync(), StringComparison.Ordinal);
            Assert.Empty(server.Mails);
        }

        await using (var app = await Outbox.WithAsync(server, [.. noSignIn, ("Mail:Smtp:StartTls", "false")]))
        {
            await app.Given.Mail();
            Assert.Equal("1 sent.", await app.SendMailAsync());
            Assert.False(Assert.Single(server.Mails).Encrypted);
        }
    }

    [Fact]
    public async Task What_the_server_takes_later_is_tried_again_after_growing_pauses_for_four_days()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await Outbox.WithAsync(server);
        server.Refuse("*", 451, "Greylisted");
        var message = await app.Given.Mail();
        var written = app.Clock.UtcNow;
        var pauses = new List<double>();
        for (var attempt = 1; attempt <= OutboxMessage.MaxAttempts; attempt++)
        {
            Assert.Equal(attempt < OutboxMessage.MaxAttempts ? "1 postponed." : "1 failed.", await app.SendMailAsync());
            var state = await app.StateOfAsync(message);
            Assert.Equal((attempt, "451 Greylisted"), (state.Attempts, state.LastError));
            if (state.State == OutboxState.Failed)
                break;
            pauses.Add((state.DueAt - app.Clock.UtcNow).TotalMinutes);
            app.Clock.Set(state.DueAt.AddSeconds(-1));
            Assert.Null(await app.SendMailAsync());
            app.Clock.Set(state.DueAt);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360], pauses.Take(11));
        Assert.Equal(OutboxMessage.MaxAttempts - 1, pauses.Count);
        Assert.InRange(app.Clock.UtcNow - written, TimeSpan.FromDays(3.5), TimeSpan.FromDays(4.5));
        app.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Null(await app.SendMailAsync());
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task What_the_server_will_never_take_is_not_tried_again_and_keeps_nobody_waiting()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await Outbox.WithAsync(server);
        server.Refuse("gone@example.org", 550, "No such user");
        var gone = await app.Given.Mail(to: ["gone@example.org"]);
        await app.Given.Mail();
        Assert.Equal("1 sent, 1 failed.", await app.SendMailAsync());
        var state = await app.StateOfAsync(gone);
        Assert.Equal((OutboxState.Failed, 1, "gone@example.org: 550 No such user."), (state.State, state.Attempts, state.LastError));
        app.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Null(await app.SendMailAsync());

        server.RefuseNothing();
        server.RefuseContent(554, "Looks like spam");
        var spam = await app.Given.Mail();
        Assert.Equal("1 failed.", await app.SendMailAsync());
        Assert.Contains("554", (await app.StateOfAsync(spam)).LastError, StringComparison.Ordinal);

        server.RefuseContent(452, "Disk full");
        var later = await app.Given.Mail();
        Assert.Equal("1 postponed.", await app.SendMailAsync());
        Assert.Equal(OutboxState.Waiting, (await app.StateOfAsync(later)).State);
    }

    [Fact]
    public async Task Recipients_who_have_it_never_get_it_again_while_others_wait_or_were_refused()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await Outbox.WithAsync(server);
        server.Refuse("later@example.org", 450, "Try later");
        server.Refuse("never@example.org", 550, "No such user");
        var message = await app.Given.Mail(to: ["now@example.org", "later@example.org"], cc: ["Never@example.org", "too@example.org", "Now@example.org"]);
        Assert.Equal("1 postponed.", await app.SendMailAsync());
        var state = await app.StateOfAsync(message);
        Assert.Equal(["now@example.org", "too@example.org"], state.Delivered);
        Assert.Equal("later@example.org: 450 Try later. Never@example.org: 550 No such user.", state.LastError);
        Assert.Equal(["now@example.org", "too@example.org"], Assert.Single(server.Mails).To);

        server.RefuseNothing();
        server.Refuse("never@example.org", 550, "No such user");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1 failed.", await app.SendMailAsync());
        Assert.Equal(["now@example.org", "too@example.org", "later@example.org"], (await app.StateOfAsync(message)).Delivered);

        // Sent again by an administrator, it goes to who lacks it.
        server.RefuseNothing();
        using var client = await app.SignedInAs(Cast.Administrator);
        (await (await client.PageAsync($"/admin/mail/{message.Id}")).Form("Resend").SubmitAsync()).MustBeOk();
        Assert.Equal("1 sent.", await app.SendMailAsync());
        Assert.Equal(["Never@example.org", "later@example.org", "now@example.org", "too@example.org"], server.Mails.SelectMany(mail => mail.To).Order(StringComparer.Ordinal));

        // All have it: now it goes to all.
        (await (await client.PageAsync($"/admin/mail/{message.Id}")).Form("Resend").SubmitAsync()).MustBeOk();
        await app.SendMailAsync();
        Assert.Equal(8, server.Mails.Sum(mail => mail.To.Count));
        Assert.Single(server.Mails.Select(mail => Eml.Parse(mail.Content)["Message-ID"]).Distinct());
    }

    [Fact]
    public async Task A_recipient_who_is_greylisted_delays_the_mail_for_all_and_doubles_none()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await Outbox.WithAsync(server);
        server.Refuse("later@example.org", 451, "Greylisted");
        var message = await app.Given.Mail(to: ["now@example.org", "later@example.org"]);
        Assert.Equal("1 postponed.", await app.SendMailAsync());
        var state = await app.StateOfAsync(message);
        Assert.Equal((OutboxState.Waiting, 1, "451 Greylisted"), (state.State, state.Attempts, state.LastError));
        Assert.Empty(state.Delivered);
        Assert.Empty(server.Mails);

        server.RefuseNothing();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1 sent.", await app.SendMailAsync());
        Assert.Equal(["now@example.org", "later@example.org"], Assert.Single(server.Mails).To);
    }

    [Fact]
    public async Task An_international_domain_is_written_in_ASCII_to_servers_and_as_it_was_written_to_people()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await Outbox.WithAsync(server);
        server.Refuse("later@xn--zrich-kva.example", 450, "Try later");
        var message = await app.Given.Mail(to: ["now@zürich.example", "later@zürich.example"]);
        Assert.Equal("1 postponed.", await app.SendMailAsync());
        var state = await app.StateOfAsync(message);
        Assert.Equal(["now@zürich.example"], state.Delivered);
        Assert.Equal("later@zürich.example: 450 Try later.", state.LastError);
        Assert.Equal(["now@xn--zrich-kva.example"], Assert.Single(server.Mails).To);

        var wrong = await app.Given.Mail(to: ["zoë@example.org"]);
        var reply = await app.Given.Mail(replyTo: "zoë@example.org");
        Assert.Equal("2 failed.", await app.SendMailAsync());
        Assert.Equal("'zoë@example.org' has letters before the @ that mail servers don't take.", (await app.StateOfAsync(wrong)).LastError);
        Assert.Equal(OutboxState.Failed, (await app.StateOfAsync(reply)).State);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_server_that_keeps_its_answer_to_itself()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await Outbox.WithAsync(server);
        server.Hold(afterStoring: true);
        var message = await app.Given.Mail();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var sending = Task.Run(() => app.SendMailAsync(stop.Token), TestContext.Current.CancellationToken);
        await Eventually.Is(() => Task.FromResult(server.Mails.Count), count => count == 1, "the server to have it");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
        var state = await app.StateOfAsync(message);
        Assert.Equal((OutboxState.Waiting, 0), (state.State, state.Attempts));
        server.HoldNoMore();
    }

    [Fact]
    public async Task While_the_server_is_away_mail_waits_and_leaves_when_it_is_back()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await Outbox.WithAsync(server);
        await server.GoAwayAsync();
        var messages = new List<OutboxMessage>();
        for (var i = 0; i < 3; i++)
            messages.Add(await app.Given.Mail());

        // One finds out; the others keep their attempts.
        Assert.StartsWith($"1 postponed. localhost:{server.Port} can't be reached: ", await app.SendMailAsync(), StringComparison.Ordinal);
        Assert.Equal([1, 0, 0], await app.Database(db => db.OutboxMessages.OrderBy(m => m.Id).Select(m => m.Attempts).ToListAsync()));

        await server.ComeBackAsync();
        Assert.Equal("2 sent.", await app.SendMailAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("1 sent.", await app.SendMailAsync());
        Assert.Equal(3, server.Mails.Count);
    }

    [Theory]
    [InlineData("closes at once", "can't be reached")]
    [InlineData("closes after the greeting", "can't be reached")]
    [InlineData("SSH-2.0-OpenSSH_9.9", "doesn't speak SMTP")]
    [InlineData("HTTP/1.1 400 Bad Request", "can't be reached")]
    [InlineData("999 Hello", "doesn't speak SMTP")]
    [InlineData("250 Hello", "doesn't speak SMTP")]
    [InlineData("421 Too busy", "is not available: 421 Too busy")]
    public async Task A_server_that_does_strange_things_costs_an_attempt_and_no_more(string what, string error)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var peer = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await using var stream = peer.GetStream();
            if (what != "closes at once")
                await stream.WriteAsync(Encoding.ASCII.GetBytes((what == "closes after the greeting" ? "220 hello" : what) + "\r\n"), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var app = await RunningApp.StartAsync(options =>
        {
            options.Settings["Mail:From"] = "intranet@example.org";
            options.Settings["Mail:Smtp:Host"] = "127.0.0.1";
            options.Settings["Mail:Smtp:Port"] = port.ToString(CultureInfo.InvariantCulture);
        });
        var message = await app.Given.Mail();

        Assert.StartsWith("1 postponed.", await app.SendMailAsync(), StringComparison.Ordinal);
        var state = await app.StateOfAsync(message);
        Assert.Equal((OutboxState.Waiting, 1), (state.State, state.Attempts));
        Assert.Contains(error, state.LastError, StringComparison.Ordinal);
        await answering;
    }

    [Fact]
    public async Task A_final_answer_before_the_content_is_final_and_says_what_to_check()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await Outbox.WithAsync(server);
        server.Refuse("*", 554, "No mail from you");
        var message = await app.Given.Mail();

        Assert.Equal("1 failed.", await app.SendMailAsync());
        var state = await app.StateOfAsync(message);
        Assert.Equal((OutboxState.Failed, 1), (state.State, state.Attempts));
        Assert.StartsWith($"554 No mail from you. If localhost:{server.Port}", state.LastError, StringComparison.Ordinal);
        Assert.EndsWith("check Mail:From and whether it takes mail from this machine.", state.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Senders_at_the_same_time_on_two_nodes_send_each_message_once()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var app = await Outbox.WithAsync(server);
        await using var node = await RunningApp.BesideAsync(app);
        for (var i = 0; i < 20; i++)
            await app.Given.Mail();

        var answers = await Task.WhenAll(app.SendMailAsync(), node.SendMailAsync(), app.SendMailAsync(), node.SendMailAsync());
        Assert.Equal(20, server.Mails.Count);
        Assert.Equal(20, server.Mails.Select(mail => Eml.Parse(mail.Content)["Message-ID"]).Distinct().Count());
        Assert.Equal(20, answers.Sum(answer => answer is null ? 0 : int.Parse(answer.Split(' ')[0], CultureInfo.InvariantCulture)));
        Assert.True(await app.Database(db => db.OutboxMessages.AllAsync(m => m.State == OutboxState.Sent && m.Attempts == 1)));
    }

    [Fact]
    public async Task A_claim_that_nobody_came_back_for_ends_after_five_minutes()
    {
        await using var app = await RunningApp.StartAsync();
        var message = await app.Given.Mail();
        await app.Database(async db => Assert.NotNull(await new ClaimMessage(db, app.Clock).RunAsync(message.Id, TestContext.Current.CancellationToken)));

        app.Clock.Advance(OutboxMessage.ClaimLasts);
        Assert.Null(await app.SendMailAsync());
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("1 sent.", await app.SendMailAsync());
        Assert.Equal(2, (await app.StateOfAsync(message)).Attempts);
    }

    [Fact]
    public async Task A_sender_that_lost_its_claim_does_not_undo_what_the_next_one_noted()
    {
        await using var app = await RunningApp.StartAsync();
        var message = await app.Given.Mail();
        await app.Database(async db =>
        {
            var slow = await new ClaimMessage(db, app.Clock).RunAsync(message.Id, TestContext.Current.CancellationToken);
            app.Clock.Advance(TimeSpan.FromMinutes(6));
            Assert.Equal("1 sent.", await app.SendMailAsync());
            slow!.Failed("too slow", permanent: false, app.Clock.UtcNow);
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(TestContext.Current.CancellationToken));
        });
        Assert.Equal(OutboxState.Sent, (await app.StateOfAsync(message)).State);
    }

    [Fact]
    public async Task A_run_takes_a_hundred_and_the_next_the_rest()
    {
        await using var app = await RunningApp.StartAsync();
        await app.Database(async db =>
        {
            for (var i = 0; i < 101; i++)
                db.Add(new OutboxMessage { To = ["reader@example.org"], Subject = $"{i}", Text = "Text", CreatedAt = app.Clock.UtcNow });
            await db.SaveChangesAsync();
        });

        Assert.Equal("100 sent.", await app.SendMailAsync());
        Assert.Equal("1 sent.", await app.SendMailAsync());
        Assert.Null(await app.SendMailAsync());
        Assert.Equal(101, app.Folder().Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_while_sending_it_sends_after_the_restart_and_loses_nothing(bool afterStoring)
    {
        await using var server = await SmtpServer.StartAsync();
        server.Hold(afterStoring);
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(server.Settings) { ["SSL_CERT_FILE"] = server.TrustFile });
        using var client = app.Anonymous();
        var page = await client.PageAsync("/account/set-up");
        var code = await app.SetUpCodeAsync();
        await page.MustBeOk().Form("Make the administrator").Fill("Code", code).Fill("Name", "Ada").Fill("E-mail address", "ada@example.org").Fill("Password", "the first password").SubmitAsync();
        var message = (await (await client.PageAsync("/admin/mail")).Form("Send test mail").Fill("To", "reader@example.org").SubmitAsync()).MustBeOk();
        await Eventually.Is(async () => (await client.PageAsync(message.Path)).MustBeOk().One("#mail .badge").TextContent.Trim(), state => state == "Sending", "the mail to be on its way");
        if (afterStoring)
            await Eventually.Is(() => Task.FromResult(server.Mails.Count), count => count == 1, "the server to have it");

        await app.KillAsync();
        server.HoldNoMore();
        await app.RestartAsync();
        await Eventually.Is(async () => (await client.PageAsync(message.Path)).MustBeOk().One("#mail .badge").TextContent.Trim(), state => state == "Sent", "the mail to be sent");
        // What the server had taken already comes once more, and can be told by its Message-ID.
        Assert.Equal(afterStoring ? 2 : 1, server.Mails.Count);
        Assert.Single(server.Mails.Select(mail => Eml.Parse(mail.Content)["Message-ID"]).Distinct());
    }

    [Fact]
    public async Task A_certificate_that_the_machine_does_not_trust_stops_the_mail_and_says_so()
    {
        await using var server = await SmtpServer.StartAsync(trusted: false);
        await using var app = await Outbox.WithAsync(server);
        await app.Given.Mail();

        Assert.Contains("shows a certificate that this machine doesn't trust", await app.SendMailAsync(), StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }
}
