using System.Globalization;
using Intranet.Data.Directory;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Intranet.Data.Imports.Kinds;

/// <summary>
/// Leads, found by the id they have where they come from, by ours, or by name and city where they have neither. A new one may
/// bring the history of its stages and owners; of a known one, a changed stage or owner is a step in those. Who imports may edit
/// all leads, and a file tells what is already so elsewhere: a stage is taken over also where the board would not allow the
/// step. The preview says so, and the history keeps who did it and the file's reason.
/// </summary>
public sealed class LeadsKind : ImportKind
{
    internal const string Id = "Id", OwnId = "IntranetId", NameField = "Name", Address = "Address", City = "City", ZoneField = "TimeZone", Hours = "OpeningHours", StageField = "Stage", Reason = "StageReason", Source = "Source",
        Value = "ExpectedValue", Currency = "Currency", Owner = "Owner", IsMain = "IsMain", NextStep = "NextStep", Frequency = "CallFrequency", Maximum = "MaximumDays", Days = "PreferredDays",
        Paused = "PausedUntil", Created = "CreatedAt", StageHistory = "StageHistory", OwnerHistory = "OwnerHistory";

    public override string Name => "leads";
    public override string Label => "Leads";
    public override string About => "Restaurants and other accounts, found by their id, or by name and city where they have none. Owners are e-mail addresses of key account managers.";
    public override bool IsOfLeads => true;

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new(Id, 100, "ExternalId", "LeadId", "AccountId", "RestaurantId", "CustomerId", "No", "Number"),
        // Our own exports bring it; it finds leads that have no other id.
        new(OwnId, 10),
        new(NameField, 200, "RestaurantName", "Restaurant", "LeadName", "AccountName", "Account", "Company") { Required = true },
        new(Address, 300, "Street", "StreetAddress"),
        new(City, 100, "Town"),
        new(ZoneField, 64, "Zone", "Tz"),
        new(Hours, 500, "Hours", "OpenHours"),
        new(StageField, 20, "Status", "LeadStatus", "PipelineStage"),
        new(Reason, StageMove.LongestReason, "Reason", "ClosedBecause", "CloseReason", "LostReason"),
        new(Source, 100, "LeadSource", "Origin"),
        new(Value, 30, "Value", "Amount", "DealValue"),
        new(Currency, 3, "CurrencyCode"),
        new(Owner, EmailAddress.MaxLength, "OwnerEmail", "Kam", "AccountManager", "KeyAccountManager", "AssignedTo"),
        new(IsMain, 10, "MainAccount", "KeyAccount"),
        new(NextStep, 500, "NextAction"),
        new(Frequency, 10, "IntervalDays", "CallInterval", "CallEveryDays"),
        new(Maximum, 10, "MaximumInterval", "MaxDays"),
        new(Days, 60, "CallDays", "PreferredWeekdays"),
        new(Paused, 20, "PauseUntil"),
        new(Created, 40, "Created", "CreatedOn"),
        new(StageHistory, 1000),
        new(OwnerHistory, 2000),
    ];

    public override string Describe(ImportValues row) => row.Has(City) && row.Has(NameField) ? $"{row[NameField]}, {row[City]}" : row.Has(NameField) ? row[NameField] : row[City];

    public override ImportTarget Open(IntranetDbContext db, ImportPass pass) => new LeadsTarget(db, db.GetService<TimeProvider>(), pass);

    internal static decimal? Amount(string text) => MinorUnits.Read(text, CultureInfo.InvariantCulture);

    internal static bool? YesOrNo(string text) => text.ToLowerInvariant() switch
    {
        "" or "no" or "n" or "false" or "0" => false,
        "yes" or "y" or "true" or "1" or "x" => true,
        _ => null,
    };

    /// <summary>A word of an enum, read without case and blanks, never a number.</summary>
    internal static T? Word<T>(string text) where T : struct, Enum
        => Enum.GetValues<T>().Where(word => word.ToString().Equals(string.Concat(text.Where(char.IsLetterOrDigit)), StringComparison.OrdinalIgnoreCase)).Select(word => (T?)word).FirstOrDefault();

    internal static string Words<T>() where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().SkipLast(1)) + " or " + Enum.GetNames<T>()[^1];
}
