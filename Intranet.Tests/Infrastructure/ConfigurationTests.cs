namespace Intranet.Tests.Infrastructure;

/// <summary>A wrong value stops the start with a sentence that says what to change.</summary>
public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("Database:Provider", "Oracle", "Database:Provider is 'Oracle'. Use Sqlite or SqlServer.")]
    [InlineData("Demo:Load", "yes please", "Demo:Load is 'yes please'. Use true or false.")]
    [InlineData("RateLimits:Enabled", "1", "RateLimits:Enabled is '1'. Use true or false.")]
    [InlineData("Mail:From", "Somebody <a@example.org>", "Mail:From is 'Somebody <a@example.org>'. Use one bare e-mail address, such as intranet@example.com; the name before it is Mail:FromName.")]
    [InlineData("Mail:ReplyTo", "nobody", "Mail:ReplyTo is 'nobody'. Use one bare e-mail address, such as intranet@example.com; the name before it is Mail:FromName.")]
    [InlineData("Mail:KeepFilesDays", "0", "Mail:KeepFilesDays is '0'. Use a number of days from 1 to 3650.")]
    [InlineData("Mail:Smtp:Port", "2525", "Mail:Smtp:Port is set, but Mail:Smtp:Host is empty. Set the name of the mail server, or remove the other to write mail into the folder.")]
    [InlineData("Proxy:KnownProxies", "10.0.0.5, proxy", "Proxy:KnownProxies names 'proxy'. Use addresses such as 10.0.0.5 or networks such as 10.0.0.0/24.")]
    [InlineData("PathBase", "intranet", "PathBase is 'intranet'. It begins with a slash and doesn't end with one, such as /intranet.")]
    public async Task A_wrong_value_is_named_with_what_to_use(string name, string value, string sentence)
        => Assert.Equal(sentence, await RefusalAsync((name, value)));

    [Theory]
    [InlineData("Host", "smtp://mail.example.org", "Mail:Smtp:Host is 'smtp://mail.example.org'. Use the name of the mail server alone, such as smtp.example.com; the port is Mail:Smtp:Port.")]
    [InlineData("Port", "smtp", "Mail:Smtp:Port is 'smtp'. Use a number from 1 to 65535, or leave it out for 587.")]
    [InlineData("Port", "70000", "Mail:Smtp:Port is '70000'. Use a number from 1 to 65535, or leave it out for 587.")]
    [InlineData("Port", "465", "Mail:Smtp:Port is 465, where TLS starts before SMTP; that is not supported. Use the server's port for STARTTLS, mostly 587.")]
    [InlineData("StartTls", "maybe", "Mail:Smtp:StartTls is 'maybe'. Use true or false.")]
    [InlineData("User", "intranet", "Only one of Mail:Smtp:User and Mail:Smtp:Password is set. Set both, or neither for a server without sign-in.")]
    public async Task A_wrong_mail_server_is_named_with_what_to_use(string name, string value, string sentence)
        => Assert.StartsWith(sentence, await RefusalAsync(("Mail:From", "a@example.org"), ("Mail:Smtp:Host", "mail.example.org"), ($"Mail:Smtp:{name}", value)), StringComparison.Ordinal);

    [Fact]
    public async Task A_mail_server_needs_a_sender()
        => Assert.Equal(
            "Mail:Smtp:Host is set, but Mail:From is empty. Set it to the address that mail comes from, such as intranet@example.com.",
            await RefusalAsync(("Mail:Smtp:Host", "mail.example.org")));

    [Theory]
    [InlineData("Sqlite", "Data Source=x.db;Sauce=hot;Password=secret", "ConnectionStrings:Intranet can't be read: ")]
    [InlineData("Sqlite", "Data Source=/no/such/folder/intranet.db", "The database can't be opened or brought up to date: ")]
    [InlineData("SqlServer", "", "Database:Provider is SqlServer, but ConnectionStrings:Intranet is empty. Set it, for instance by the environment variable ConnectionStrings__Intranet.")]
    [InlineData("SqlServer", "Server=x;Sauce=hot;Password=secret", "ConnectionStrings:Intranet can't be read: ")]
    [InlineData("SqlServer", "Server=127.0.0.1,1;Database=Intranet;User Id=sa;Password=secret;Connect Timeout=1;ConnectRetryCount=0", "The database can't be opened or brought up to date: ")]
    public async Task A_database_that_can_not_be_used_says_what_to_check_and_never_its_password(string provider, string connection, string sentence)
    {
        var refusal = await RefusalAsync(("Database:Provider", provider), ("ConnectionStrings:Intranet", connection));
        Assert.StartsWith(sentence, refusal, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:Intranet", refusal.Replace("__", ":", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/proc/intranet")]
    [InlineData("/dev/null/data")]
    [InlineData("/proc")]
    public async Task A_data_folder_that_can_not_be_written_says_so(string folder)
    {
        var refusal = await RefusalAsync(("Data:Folder", folder));
        Assert.StartsWith($"Data:Folder is '{folder}', and files can't be written there: ", refusal, StringComparison.Ordinal);
        Assert.EndsWith("Name another folder, or let the user that runs the app write to it.", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_ends_with_the_sentence_in_its_output()
    {
        var (code, output) = await AppProcess.RunAsync(new Dictionary<string, string> { ["Mail:Smtp:Host"] = "mail.example.org", ["Mail:From"] = "a@example.org", ["Mail:Smtp:Port"] = "smtp" });
        Assert.NotEqual(0, code);
        Assert.Contains("Mail:Smtp:Port is 'smtp'. Use a number from 1 to 65535, or leave it out for 587.", output, StringComparison.Ordinal);
    }

    private static async Task<string> RefusalAsync(params (string Name, string Value)[] settings)
        => (await Assert.ThrowsAsync<InvalidOperationException>(() => RunningApp.StartAsync(options =>
        {
            foreach (var (name, value) in settings)
                options.Settings[name] = value;
        }))).Message;
}
