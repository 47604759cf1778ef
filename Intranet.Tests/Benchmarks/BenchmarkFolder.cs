namespace Intranet.Tests.Benchmarks;

/// <summary>Where a benchmark has its database: below <c>BENCHMARK_FOLDER</c>, and there it stays; without, in a folder of its own.</summary>
internal static class BenchmarkFolder
{
    private static readonly string? Kept = Environment.GetEnvironmentVariable("BENCHMARK_FOLDER") is { Length: > 0 } named ? named : null;

    internal static string Of(string benchmark)
        => Kept is null ? TestFolders.Create(benchmark) : System.IO.Directory.CreateDirectory(Path.Combine(Kept, benchmark)).FullName;

    internal static void GiveBack(string folder)
    {
        if (Kept is null)
            System.IO.Directory.Delete(folder, recursive: true);
    }
}
