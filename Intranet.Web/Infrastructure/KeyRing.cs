using System.Xml.Linq;
using Intranet.Data;
using Intranet.Data.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// Keeps the keys of cookies and tokens in the database, so that restarts and several nodes share sessions. Two nodes
/// that start on an empty table each leave a key; both are valid, and from the next reading on both use the same.
/// </summary>
internal sealed class KeyRing(IServiceScopeFactory scopes) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => Ask(async db => (await db.DataProtectionKeys
        .AsNoTracking().OrderBy(key => key.Id).Select(key => key.Xml).ToListAsync()).ConvertAll(XElement.Parse));

    public void StoreElement(XElement element, string friendlyName) => Ask(async db =>
    {
        db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        return await db.SaveChangesAsync();
    });

    // The framework's contract is synchronous; it asks at start and then once a day, on a thread of its own choosing.
    private T Ask<T>(Func<IntranetDbContext, Task<T>> ask) => Task.Run(async () =>
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<IntranetDbContext>());
    }).GetAwaiter().GetResult();
}

public static class KeyRingRegistration
{
    public static void AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Intranet");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = new KeyRing(provider.GetRequiredService<IServiceScopeFactory>())));
    }
}
