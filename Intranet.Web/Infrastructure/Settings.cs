namespace Intranet.Web.Infrastructure;

/// <summary>Configuration that is read once, at start; a wrong value stops the start with what to change.</summary>
public static class Settings
{
    private static readonly string[] Switches = ["Demo:Load", "Demo:Accounts", "RateLimits:Enabled", "Jobs:Enabled", "Https:Required"];

    public static void AddSettings(this WebApplicationBuilder builder)
    {
        foreach (var name in Switches)
        {
            if (builder.Configuration[name] is { Length: > 0 } value && !bool.TryParse(value, out _))
                throw new InvalidOperationException($"{name} is '{value}'. Use true or false.");
        }

        var folder = builder.DataFolder();
        try
        {
            System.IO.Directory.CreateDirectory(folder);
            // A folder that exists may still be closed to us.
            using var probe = File.Create(Path.Combine(folder, $".{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Data:Folder is '{folder}', and files can't be written there: {failure.Message} Name another folder, or let the user that runs the app write to it.", failure);
        }
    }

    /// <summary>Where the database file, mail folder and uploads live: <c>Data:Folder</c>, by default data/ beside the project.</summary>
    public static string DataFolder(this WebApplicationBuilder builder) => DataFolder(builder.Configuration, builder.Environment);

    public static string DataFolder(IConfiguration configuration, IHostEnvironment environment)
        => Path.GetFullPath(configuration["Data:Folder"] is { Length: > 0 } folder ? folder : "data", environment.ContentRootPath);

    /// <summary>
    /// <c>Https:Required</c>, by default outside Development: cookies are Secure, and what comes without encryption is
    /// refused. Off is for trials on one machine, where nobody is on the way.
    /// </summary>
    public static bool RequiresHttps(this IConfiguration configuration, IHostEnvironment environment)
        => configuration.Switch("Https:Required", byDefault: !environment.IsDevelopment());

    public static bool Switch(this IConfiguration configuration, string name, bool byDefault)
        => configuration[name] is { Length: > 0 } value ? bool.Parse(value) : byDefault;
}
