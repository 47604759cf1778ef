using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// The built front end (<c>wwwroot/assets</c>): knows the hashed name of each file and holds the few files in memory, once as
/// they are and once compressed. Serving them ourselves gives the same headers and the same bytes under <c>dotnet run</c>,
/// after publishing and in tests, where the framework's static-asset manifest differs.
/// </summary>
public sealed class Assets
{
    private sealed record Manifest(Dictionary<string, string> Files, string[] Icons);

    /// <summary>One file: its bytes, its bytes under Brotli and gzip (null where that isn't smaller), and its type.</summary>
    internal sealed record Asset(byte[] Plain, byte[]? Brotli, byte[]? Gzip, string ContentType, EntityTagHeaderValue Tag);

    private readonly Manifest _manifest;
    private readonly Dictionary<string, Lazy<Asset>> _byName;

    /// <summary>Reads the manifest; throws with the command to run when the front end was never built.</summary>
    public Assets(IWebHostEnvironment environment)
    {
        var folder = environment.WebRootFileProvider;
        var manifest = folder.GetFileInfo("assets/manifest.json");
        if (!manifest.Exists)
            throw new InvalidOperationException(
                "wwwroot/assets/manifest.json is missing: the front end isn't built. Run 'npm ci && npm run build' in wwwroot-src.");

        using (var json = manifest.CreateReadStream())
            _manifest = JsonSerializer.Deserialize<Manifest>(json, JsonSerializerOptions.Web)!;
        _byName = _manifest.Files.Values.ToDictionary(
            name => name,
            name => new Lazy<Asset>(() => Load(folder, $"assets/{name}")),
            StringComparer.Ordinal);
    }

    /// <summary>The address of a built file, such as <c>app.css</c>, below the application's path base.</summary>
    public string Url(HttpContext context, string name) =>
        _manifest.Files.TryGetValue(name, out var hashed)
            ? $"{context.Request.PathBase}/assets/{hashed}"
            : throw new InvalidOperationException($"'{name}' isn't in wwwroot/assets/manifest.json. Run 'npm run build' in wwwroot-src.");

    /// <summary>Whether the sprite holds this icon.</summary>
    public bool HasIcon(string name) => Array.BinarySearch(_manifest.Icons, name, StringComparer.Ordinal) >= 0;

    internal Asset? Find(string hashedName) => _byName.TryGetValue(hashedName, out var asset) ? asset.Value : null;

    internal Asset Named(string name) => _byName[_manifest.Files[name]].Value;

    /// <summary>Reads and compresses every file.</summary>
    internal void Warm()
    {
        foreach (var asset in _byName.Values) _ = asset.Value;
    }

    private static Asset Load(IFileProvider folder, string path)
    {
        var plain = Read(folder.GetFileInfo(path));
        // Publishing leaves the best compression beside each file. Elsewhere level 9 of 11: the last two take twenty times
        // as long for a tenth.
        var brotli = folder.GetFileInfo(path + ".br") is { Exists: true } best
            ? Read(best)
            : Compress(plain, to => new BrotliStream(to, new BrotliCompressionOptions { Quality = 9 }));
        var gzip = Compress(plain, to => new GZipStream(to, CompressionLevel.Optimal));
        var type = Path.GetExtension(path) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
        return new Asset(plain, brotli, gzip, type, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(plain))[..16]}\""));
    }

    private static byte[] Read(IFileInfo file)
    {
        using var stream = file.CreateReadStream();
        var bytes = new byte[file.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static byte[]? Compress(byte[] plain, Func<Stream, Stream> compressor)
    {
        using var buffer = new MemoryStream();
        using (var stream = compressor(buffer))
            stream.Write(plain);
        var compressed = buffer.ToArray(); // the compressor has closed the buffer; its bytes are still there
        return compressed.Length < plain.Length ? compressed : null;
    }
}

/// <summary>Registers and maps the front end.</summary>
public static class AssetsExtensions
{
    /// <summary>
    /// What the shared pages need: the built files, the tag helpers' services, and no client-validation attributes (the
    /// server answers 422 with the messages; the attributes would be dead weight and bring inline styles, which our
    /// content security policy refuses).
    /// </summary>
    public static IServiceCollection AddAssets(this IServiceCollection services)
    {
        services.AddSingleton<Assets>();
        services.AddHttpContextAccessor();
        services.TryAddSingletonTimeProvider();
        services.Configure<Microsoft.AspNetCore.Mvc.MvcViewOptions>(options => options.HtmlHelperOptions.ClientValidationEnabled = false);
        return services;
    }

    private static void TryAddSingletonTimeProvider(this IServiceCollection services)
    {
        if (services.All(service => service.ServiceType != typeof(TimeProvider)))
            services.AddSingleton(TimeProvider.System);
    }

    /// <summary>
    /// Serves <c>/assets/*</c> (cached for a year: a changed file has another name) and <c>/favicon.ico</c>, compressed, to
    /// anyone: the sign-in page needs them too. Fails at start when the front end isn't built.
    /// </summary>
    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        var assets = app.ServiceProvider.GetRequiredService<Assets>();
        // The first page shouldn't wait for the compression, nor the start for it.
        app.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => Task.Run(assets.Warm));

        app.MapMethods("/assets/{name}", [HttpMethods.Get, HttpMethods.Head], (string name, HttpContext context) =>
            assets.Find(name) is { } asset ? Serve(context, asset, "public, max-age=31536000, immutable") : Results.NotFound())
            .WithAccess().ExcludeFromDescription().DisableRateLimiting();

        // Browsers ask for this when they open something that isn't one of our pages, such as a downloaded file or JSON.
        app.MapMethods("/favicon.ico", [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
            Serve(context, assets.Named("brand.svg"), "public, max-age=86400"))
            .WithAccess().ExcludeFromDescription().DisableRateLimiting();
    }

    private static IResult Serve(HttpContext context, Assets.Asset asset, string cacheControl)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;

        var accepted = context.Request.Headers.AcceptEncoding;
        var body = asset.Plain;
        if (asset.Brotli is not null && Accepts(accepted, "br")) (body, headers.ContentEncoding) = (asset.Brotli, "br");
        else if (asset.Gzip is not null && Accepts(accepted, "gzip")) (body, headers.ContentEncoding) = (asset.Gzip, "gzip");
        return Results.Bytes(body, asset.ContentType, entityTag: asset.Tag);
    }

    private static bool Accepts(StringValues header, string encoding) =>
        StringWithQualityHeaderValue.TryParseList(header, out var values)
        && values.Any(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && value.Quality is not 0);
}
