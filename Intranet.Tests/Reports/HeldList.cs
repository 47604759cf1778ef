using System.Security.Claims;
using Intranet.Web.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Reports;

/// <summary>A list during whose reading something happens.</summary>
internal sealed class HeldList(IListSource list, Func<string, Task> between) : IListSource
{
    public string Page => list.Page;
    public string Title => list.Title;
    public string Row => list.Row;

    public Task<string> SightAsync(ClaimsPrincipal user, CancellationToken cancellation) => list.SightAsync(user, cancellation);

    public Task<bool> SeesAsync(ClaimsPrincipal user, string sight, CancellationToken cancellation) => list.SeesAsync(user, sight, cancellation);

    public async Task<AskedList> AskAsync(string query, ClaimsPrincipal asker, CancellationToken cancellation)
    {
        var asked = await list.AskAsync(query, asker, cancellation);
        return asked with
        {
            FindAsync = async (user, stop) =>
            {
                await between(query);
                return await asked.FindAsync(user, stop);
            },
        };
    }

    /// <param name="between">Is told the query.</param>
    internal static void Hold(IServiceCollection services, Func<string, Task> between)
    {
        foreach (var known in services.Where(service => service.ServiceType == typeof(IListSource)).ToList())
        {
            services.Remove(known);
            services.AddScoped<IListSource>(provider => new HeldList((IListSource)ActivatorUtilities.CreateInstance(provider, known.ImplementationType!), between));
        }
    }
}
