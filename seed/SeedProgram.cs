using System.Globalization;

namespace Intranet.Seed;

/// <summary>The command line: <c>sample</c>, <c>employees</c>, <c>assignments</c>, <c>contacts</c> and <c>leads</c>.</summary>
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
          seed contacts COUNT --out FILE.csv [--seed 1701] [--duplicates 0.3] [--labels]
              COUNT contacts, at most 10000000; --duplicates is the part of them that repeat
              somebody, 0 to 0.7; --labels adds the column cluster_id: one person, one number
          seed leads COUNT --out FOLDER [--interactions COUNT] [--owners a@x,b@y] [--seed 1701]
              leads.csv, pocs.csv and interactions.csv of COUNT leads, at most 1000000; a year of
              interactions, or so many in all, at most 20000000; days count back from the import
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

            case "contacts":
                {
                    var plain = args.Where(arg => arg != "--labels").ToArray();
                    var (count, seed, file, duplicates) = ContactArguments(plain);
                    if (plain.Length < args.Length)
                        CsvFile.Write(file, ContactGenerator.Labelled(count, seed, duplicates));
                    else
                        CsvFile.Write(file, ContactGenerator.Rows(count, seed, duplicates));
                    return 0;
                }

            case "leads":
                {
                    var (count, seed, folder, interactions, owners) = LeadArguments(args);
                    Directory.CreateDirectory(folder);
                    CsvFile.Write(Path.Combine(folder, "leads.csv"), LeadGenerator.Leads(count, owners, seed));
                    CsvFile.Write(Path.Combine(folder, "pocs.csv"), LeadGenerator.Pocs(count, owners, seed));
                    CsvFile.Write(Path.Combine(folder, "interactions.csv"), LeadGenerator.Interactions(count, owners, interactions, seed));
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
        var count = Count(args, EmployeeGenerator.MaxCount);
        var (seed, file) = SeedAndFile(Options(args[2..], "--out", "--seed"), extensions);
        return (count, seed, file);
    }

    private static (int Count, int Seed, string File, double Duplicates) ContactArguments(string[] args)
    {
        var count = Count(args, ContactGenerator.MaxCount);
        var options = Options(args[2..], "--out", "--seed", "--duplicates");
        var (seed, file) = SeedAndFile(options, ".csv");

        var duplicates = ContactGenerator.DefaultDuplicates;
        if (options.TryGetValue("--duplicates", out var text)
            && (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out duplicates) || duplicates > 0.7))
            throw new UsageException("--duplicates is a number from 0 to 0.7.");

        return (count, seed, file, duplicates);
    }

    private static (int Count, int Seed, string Folder, int? Interactions, string[] Owners) LeadArguments(string[] args)
    {
        var count = Count(args, LeadGenerator.MaxCount);
        var options = Options(args[2..], "--out", "--seed", "--interactions", "--owners");
        if (!options.TryGetValue("--out", out var folder))
            throw new UsageException("--out names a folder.");
        int? interactions = null;
        if (options.TryGetValue("--interactions", out var text))
            interactions = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= LeadGenerator.MaxInteractions
                ? number : throw new UsageException($"--interactions is a number from 0 to {LeadGenerator.MaxInteractions}.");
        var owners = options.TryGetValue("--owners", out var list) ? list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [.. LeadGenerator.SampleOwners];
        if (owners.Length == 0)
            throw new UsageException("--owners is a list of e-mail addresses.");
        return (count, Seed(options), folder, interactions, owners);
    }

    private static int Count(string[] args, int most) =>
        args.Length >= 2 && int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most
            ? count
            : throw new UsageException($"COUNT is a number from 1 to {most}.");

    private static (int Seed, string File) SeedAndFile(Dictionary<string, string> options, params string[] extensions)
    {
        if (!options.TryGetValue("--out", out var file) || !extensions.Any(extension => HasExtension(file, extension)))
            throw new UsageException($"--out names a file ending in {string.Join(" or ", extensions)}.");

        return (Seed(options), file);
    }

    private static int Seed(Dictionary<string, string> options)
    {
        var seed = EmployeeGenerator.DefaultSeed;
        return !options.TryGetValue("--seed", out var text) || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed)
            ? seed : throw new UsageException("--seed is a whole number.");
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
