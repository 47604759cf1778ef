namespace Intranet.Seed;

/// <summary>The files checked in under seed/sample.</summary>
public static class SampleFolder
{
    /// <summary>How many employees the sample has.</summary>
    public const int EmployeeCount = 1000;

    /// <summary>How many contacts the sample has.</summary>
    public const int ContactCount = 400;

    /// <summary>The part of the sample's contacts that repeat somebody: enough to review, not enough to tire.</summary>
    public const double ContactDuplicates = 0.12;

    /// <summary>How many leads the sample has.</summary>
    public const int LeadCount = 120;

    /// <summary>Writes every sample file to the folder, which is made if missing; files of the same name are replaced.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        CsvFile.Write(Path.Combine(folder, "employees.csv"), EmployeeGenerator.Rows(EmployeeCount));
        XlsxFile.Write(Path.Combine(folder, "employees.xlsx"), "employees", EmployeeGenerator.Rows(EmployeeCount));
        CsvFile.Write(Path.Combine(folder, "locations.csv"), Locations.All);
        CsvFile.Write(Path.Combine(folder, "products.csv"), Products.All);
        CsvFile.Write(Path.Combine(folder, "repositories.csv"), Repositories.All);
        CsvFile.Write(Path.Combine(folder, "title-patterns.csv"), TitlePatterns.All);
        CsvFile.Write(Path.Combine(folder, "assignments.csv"), AssignmentGenerator.Rows(EmployeeCount));
        CsvFile.Write(Path.Combine(folder, "contacts.csv"), ContactGenerator.Rows(ContactCount, duplicates: ContactDuplicates));
        CsvFile.Write(Path.Combine(folder, "leads.csv"), LeadGenerator.Leads(LeadCount, LeadGenerator.SampleOwners));
        CsvFile.Write(Path.Combine(folder, "pocs.csv"), LeadGenerator.Pocs(LeadCount, LeadGenerator.SampleOwners));
        CsvFile.Write(Path.Combine(folder, "interactions.csv"), LeadGenerator.Interactions(LeadCount, LeadGenerator.SampleOwners));
    }
}
