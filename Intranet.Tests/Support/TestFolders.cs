namespace Intranet.Tests.Support;

public static class TestFolders
{
    /// <summary>A new empty folder under the machine's temporary one.</summary>
    public static string Create(string purpose) => System.IO.Directory.CreateTempSubdirectory($"intranet-{purpose}-").FullName;

    /// <summary>The source tree, found upwards from where the tests run.</summary>
    public static readonly string Root = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Intranet.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Intranet.sln above {AppContext.BaseDirectory}.");
    }
}
