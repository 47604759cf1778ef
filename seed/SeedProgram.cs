using System.Globalization;

namespace Intranet.Seed;

/// <summary>The command line: <c>sample</c>, <c>employees</c> and <c>assignments</c>.</summary>
public static class SeedProgram
{
    private const string Usage = """
        Usage:
          seed sample [--out seed/sample]
              rewrites every checked-in sample file
          seed employees COUNT --out FILE.csv|FILE.xlsx [--seed 1701]
              employees 1 to COUNT, at most 1000000
          seed assignments COUNT --out FILE.csv [--seed 1701]
              assignments for employees 1 to COUNT
        The same arguments give the same rows.
        """;

    /// <summary>Returns 0 when done, 1 when a title pattern is wrong or a file can't be written, 2 when the arguments are.</summary>
    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args is ["--help" or "-h" or "help"])
        {
            Console.WriteLine(Usage);
            return 0;
        }

        try
        {
            return Run(args);
        }
        catch (UsageException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            Console.Error.WriteLine(Usage);
            return 2;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static int Run(string[] args)
    {
        switch (args.FirstOrDefault())
        {
            case "sample":
                return WriteSample(Options(args[1..], "--out").GetValueOrDefault("--out", Path.Combine("seed", "sample")));

            case "employees":
                {
                    var (count, seed, file) = Arguments(args, ".csv", ".xlsx");
                    var rows = EmployeeGenerator.Rows(count, seed);
                    if (HasExtension(file, ".xlsx"))
                        XlsxFile.Write(file, "employees", rows);
                    else
                        CsvFile.Write(file, rows);
                    return 0;
                }

            case "assignments":
                {
                    var (count, seed, file) = Arguments(args, ".csv");
                    CsvFile.Write(file, AssignmentGenerator.Rows(count, seed));
                    return 0;
                }

            case null:
                throw new UsageException("No command.");

            default:
                throw new UsageException($"Unknown command \"{args[0]}\".");
        }
    }

    private static int WriteSample(string folder)
    {
        var complaints = TitlePatterns.Complaints();
        foreach (var complaint in complaints)
            Console.Error.WriteLine(complaint);
        if (complaints.Count > 0)
            return 1;

        SampleFolder.Write(folder);
        return 0;
    }

    private static (int Count, int Seed, string File) Arguments(string[] args, params string[] extensions)
    {
        if (args.Length < 2 || !int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > EmployeeGenerator.MaxCount)
            throw new UsageException($"COUNT is a number from 1 to {EmployeeGenerator.MaxCount}.");

        var options = Options(args[2..], "--out", "--seed");
        if (!options.TryGetValue("--out", out var file) || !extensions.Any(extension => HasExtension(file, extension)))
            throw new UsageException($"--out names a file ending in {string.Join(" or ", extensions)}.");

        var seed = EmployeeGenerator.DefaultSeed;
        if (options.TryGetValue("--seed", out var text)
            && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed))
            throw new UsageException("--seed is a whole number.");

        return (count, seed, file);
    }

    private static Dictionary<string, string> Options(string[] args, params string[] known)
    {
        var options = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!known.Contains(args[i]))
                throw new UsageException($"Unexpected \"{args[i]}\".");
            if (i + 1 == args.Length || args[i + 1].Length == 0)
                throw new UsageException($"{args[i]} needs a value.");
            if (!options.TryAdd(args[i], args[i + 1]))
                throw new UsageException($"{args[i]} is given twice.");
        }
        return options;
    }

    private static bool HasExtension(string file, string extension) =>
        Path.GetExtension(file).Equals(extension, StringComparison.OrdinalIgnoreCase);

    private sealed class UsageException(string message) : Exception(message);
}
