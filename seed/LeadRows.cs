using CsvHelper;

namespace Intranet.Seed;

/// <summary>A line of leads.csv. Days are written as today-12: the file looks current whenever it is imported.</summary>
[CsvRecord]
public sealed partial record LeadRow(
    string Id, string Name, string Address, string City, string TimeZone, string OpeningHours, string Stage, string Source, string ExpectedValue, string Currency, string Owner, string IsMain,
    string NextStep, string CallFrequency, string MaximumDays, string PreferredDays, string StageHistory, string OwnerHistory);

/// <summary>A line of pocs.csv.</summary>
[CsvRecord]
public sealed partial record PocRow(string LeadId, string Name, string Role, string Phone, string Email, string IsMain);

/// <summary>A line of interactions.csv: by the lead's clock.</summary>
[CsvRecord]
public sealed partial record InteractionRow(string LeadId, string InteractionDate, string Kind, string Outcome, string Details, string OrderPlaced, string OrderValue, string FollowUpOn, string Author);
