using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Imports;

/// <summary>The uploads folder: copies under random names, until their import is over. Nothing in it is ever served.</summary>
public sealed class ImportFolder(IConfiguration configuration, IHostEnvironment environment)
{
    private readonly string folder = Path.Combine(Settings.DataFolder(configuration, environment), "uploads");

    /// <summary>Writes a copy to disk as it arrives and gives it a name.</summary>
    /// <exception cref="UnreadableFileException">It is too big; no copy stays.</exception>
    public async Task<string> StoreAsync(Stream content, string fileName, CancellationToken cancellation)
    {
        System.IO.Directory.CreateDirectory(folder);
        var ending = Path.GetExtension(fileName).ToLowerInvariant();
        // Only the ending comes from outside; a strange one is dropped, and the file refused for having none.
        var name = Guid.NewGuid().ToString("N") + (ending.Length is > 1 and <= 6 && ending.Skip(1).All(char.IsAsciiLetterOrDigit) ? ending : "");
        try
        {
            await using var file = new FileStream(PathOf(name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
            var buffer = new byte[1 << 16];
            long length = 0;
            for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
            {
                if ((length += read) > Spreadsheet.MaxBytes)
                    throw new UnreadableFileException($"The file has more than {Spreadsheet.MaxBytes >> 20} MB. Split it.");
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }
        catch
        {
            Delete(name);
            throw;
        }

        return name;
    }

    /// <exception cref="UnreadableFileException">It can't be read, or isn't there any more.</exception>
    public Spreadsheet Open(Import import)
        => import.StoredName.Length > 0 && File.Exists(PathOf(import.StoredName))
            ? Spreadsheet.Open(PathOf(import.StoredName), import.StoredName)
            : throw new UnreadableFileException("The uploaded file is gone. Upload it again.");

    public void Delete(string storedName)
    {
        if (storedName.Length > 0)
            File.Delete(PathOf(storedName));
    }

    // The random name is ours; the check is for whatever else may ever end up in the column.
    private string PathOf(string storedName)
        => storedName == Path.GetFileName(storedName) ? Path.Combine(folder, storedName) : throw new ArgumentException("Not a name.", nameof(storedName));
}
