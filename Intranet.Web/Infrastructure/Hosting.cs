namespace Intranet.Web.Infrastructure;

/// <summary>How the process serves and stops.</summary>
public static class Hosting
{
    /// <summary>Bytes of a request's body: enough for any form. What takes files says more, with <see cref="LargestUpload"/>.</summary>
    public const int LargestRequest = 1024 * 1024;

    /// <summary>Bytes of a request that brings a file of up to 200 MB, with its form around it.</summary>
    public const int LargestUpload = 210 * 1024 * 1024;

    /// <summary>A stop waits this long for requests and jobs to end.</summary>
    public static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(10);

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Which server and version answers is of use to attackers only.
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
            // A whole page: who had to wait until some of it is sent would go on behind all others that came meanwhile.
            kestrel.Limits.MaxResponseBufferSize = 512 * 1024;
            // What somebody pasted into a search box is refused by the page, in words, not by the server with an empty answer.
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
        });
        builder.Services.AddHostedService<IdleMemory>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopsWithin);
    }
}
