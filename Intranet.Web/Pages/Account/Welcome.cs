using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Intranet.Web.Pages.Account;

/// <summary>Says in the log, once the server listens, where the app is and how to get in the first time.</summary>
internal sealed class Welcome(
    IServer server, IServiceProvider services, IConfiguration configuration, IHostEnvironment environment, FirstAdministrator first, SiteAddress site, MailSettings mail, ILogger<Welcome> log)
    : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(address => address + configuration["PathBase"]).ToList() ?? [];
        var address = addresses.Count > 0 ? addresses[0] : "";
        if (SampleAccounts.AreWanted(configuration, environment))
            log.LogInformation("Intranet is at {Addresses}. Sign in as one of {Accounts}; the password of all is {Password}",
                string.Join(" and ", addresses), string.Join(", ", SampleAccounts.All.Select(sample => sample.Email)), SampleAccounts.Password);
        else
            log.LogInformation("Intranet is at {Addresses}", string.Join(" and ", addresses));

        if (mail.Server is not null && !site.IsConfigured)
            log.LogWarning("BaseUrl is not set: links in mails begin with the address under which somebody subscribed. Set it to the address of the start page, such as https://intranet.example.com");
        if (!await first.ExistsAsync(services, cancellationToken))
            log.LogWarning("There is no administrator yet, so nothing else is open. Create one at {Address}/account/set-up with the code {Code}",
                address, await first.CodeAsync(services, cancellationToken));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
