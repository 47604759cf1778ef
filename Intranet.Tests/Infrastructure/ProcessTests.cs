using System.Net;
using Intranet.Web.Infrastructure;

namespace Intranet.Tests.Infrastructure;

public sealed class ProcessTests
{
    [Fact]
    public async Task It_starts_on_an_empty_folder_survives_being_killed_and_stops_in_time()
    {
        await using var app = await AppProcess.StartAsync();
        using var client = app.Anonymous();

        await app.KillAsync();
        await app.RestartAsync();
        await Eventually.Is(
            async () =>
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
                return answer.StatusCode;
            },
            status => status == HttpStatusCode.OK,
            "it to be ready");

        var took = await app.StopAsync();
        Assert.True(took < Hosting.StopsWithin + TimeSpan.FromSeconds(20), $"The stop took {took}.");
        Assert.False(app.IsRunning);
    }

    [Fact]
    public async Task A_container_can_ask_whether_the_app_is_alive()
    {
        await using var app = await AppProcess.StartAsync();
        var urls = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = app.Address.ToString() };

        Assert.Equal(0, (await AppProcess.RunAsync(urls, arguments: "--health")).ExitCode);
        await app.StopAsync();
        Assert.Equal(1, (await AppProcess.RunAsync(urls, arguments: "--health")).ExitCode);
    }

    [Fact]
    public async Task A_wrong_configuration_ends_the_process_with_what_to_change()
    {
        var (code, output) = await AppProcess.RunAsync(new Dictionary<string, string> { ["Database:Provider"] = "Oracle" });
        Assert.NotEqual(0, code);
        Assert.Contains("Database:Provider is 'Oracle'. Use Sqlite or SqlServer.", output, StringComparison.Ordinal);
    }
}
