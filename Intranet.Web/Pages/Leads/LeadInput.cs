using System.ComponentModel.DataAnnotations;
using Intranet.Data.Directory;
using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>The values of a lead as people type them.</summary>
public sealed class LeadInput : IValidatableObject
{
    private const string OneLine = @"[^\p{Cc}\u2028\u2029]*";
    private const string NotOneLine = "Use one line without control characters.";

    public Guid? Version { get; set; }

    [Required(ErrorMessage = "Give the lead a name."), StringLength(200, ErrorMessage = "At most 200 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Name { get; set; }

    [StringLength(300, ErrorMessage = "At most 300 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Address { get; set; }

    [StringLength(100, ErrorMessage = "At most 100 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? City { get; set; }

    /// <summary>Empty: guessed from city or address.</summary>
    public string? TimeZone { get; set; }

    /// <summary>It stays, also where city or address become others.</summary>
    public bool IsTimeZoneChosen { get; set; }

    [StringLength(500, ErrorMessage = "At most 500 characters.")]
    public string? OpeningHours { get; set; }

    [StringLength(100, ErrorMessage = "At most 100 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? Source { get; set; }

    /// <summary>In the currency's main unit.</summary>
    [Range(0, MinorUnits.Largest, ErrorMessage = "Give an amount from 0.")]
    public decimal? ExpectedValue { get; set; }

    [Required(ErrorMessage = "Give the three letters of a currency."), RegularExpression("[A-Za-z]{3}", ErrorMessage = "Give the three letters of a currency, such as EUR.")]
    public string? Currency { get; set; } = "EUR";

    public bool IsMain { get; set; }

    [StringLength(500, ErrorMessage = "At most 500 characters."), RegularExpression(OneLine, ErrorMessage = NotOneLine)]
    public string? NextStep { get; set; }

    /// <summary>Of a new lead only.</summary>
    [EnumDataType(typeof(Stage), ErrorMessage = "There is no such stage.")]
    public Stage Stage { get; set; }

    /// <summary>Of a new lead only.</summary>
    public int? OwnerId { get; set; }

    public int? IntervalDays { get; set; }
    public int? MaximumDays { get; set; }
    public List<DayOfWeek> PreferredDays { get; set; } = [];
    public TimeOnly? PreferredFrom { get; set; }
    public TimeOnly? PreferredTo { get; set; }
    public DateOnly? PausedUntil { get; set; }

    public CallPlan Plan => new(
        IntervalDays, MaximumDays, PreferredDays.Aggregate(Workdays.None, (days, day) => days | (Workdays)(1 << (int)day)), PreferredFrom, PreferredTo, PausedUntil);

    public static LeadInput Of(Lead lead) => new()
    {
        Version = lead.Version,
        Name = lead.Name,
        Address = lead.Address,
        City = lead.City,
        TimeZone = lead.TimeZone,
        IsTimeZoneChosen = !GuessTimeZone.Follows(lead.TimeZone, lead.IsTimeZoneChosen, (lead.City, lead.Address)),
        OpeningHours = lead.OpeningHours,
        Source = lead.Source,
        ExpectedValue = lead.ExpectedValue is { } value ? MinorUnits.Major(value, lead.Currency) : null,
        Currency = lead.Currency,
        IsMain = lead.IsMain,
        NextStep = lead.NextStep,
        IntervalDays = lead.IntervalDays,
        MaximumDays = lead.MaximumDays,
        PreferredDays = [.. Enum.GetValues<DayOfWeek>().Where(day => lead.PreferredDays.HasFlag((Workdays)(1 << (int)day)))],
        PreferredFrom = lead.PreferredFrom,
        PreferredTo = lead.PreferredTo,
        PausedUntil = lead.PausedUntil,
    };

    /// <summary>Everything but stage, owner and plan, which have verbs of their own.</summary>
    /// <param name="lead">A new one, or the one to be changed.</param>
    /// <param name="guessed">The zone that stood in the form before anybody typed one: unless it is to stay it follows city and address.</param>
    public void Fill(Lead lead, string? guessed)
    {
        var was = (lead.City, lead.Address);
        (lead.Name, lead.Address, lead.City) = (Name!, Address ?? "", City ?? "");
        var zone = Text(TimeZone) is { } typed ? WorkingHours.ZoneName(typed) ?? typed : null;
        // Typed over what stood there is chosen as well, whatever the box says.
        var isChosen = zone is not null && (IsTimeZoneChosen || zone != guessed);
        // Where nothing of it changed it stays as it is, also if more cities are known by now than when it was guessed.
        var isNews = lead.Id == 0 || zone != lead.TimeZone || was != (lead.City, lead.Address) || !GuessTimeZone.Follows(lead.TimeZone, lead.IsTimeZoneChosen, was);
        lead.TimeZone = zone is null ? GuessTimeZone.OfLead(City, Address).Zone
            : !isChosen && isNews && GuessTimeZone.OfLead(lead.City, lead.Address) is { IsKnown: true } again ? again.Zone : zone;
        lead.IsTimeZoneChosen = isChosen;
        lead.OpeningHours = Intranet.Data.Leads.OpeningHours.Parse(OpeningHours, out _)?.ToString();
        lead.Currency = Currency!;
        lead.ExpectedValue = ExpectedValue is { } value ? MinorUnits.Of(value, lead.Currency) : null;
        (lead.Source, lead.NextStep, lead.IsMain) = (Text(Source), Text(NextStep), IsMain);
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(TimeZone) && !WorkingHours.IsZone(TimeZone.Trim()))
            yield return new ValidationResult("This is not the name of a time zone, such as Europe/Berlin. Leave it empty to have it guessed from the city.", [nameof(TimeZone)]);
        _ = Intranet.Data.Leads.OpeningHours.Parse(OpeningHours, out var problem);
        if (problem is not null)
            yield return new ValidationResult(problem, [nameof(OpeningHours)]);
        if (ExpectedValue is { } value && MinorUnits.Of(value, Currency!.ToUpperInvariant()) is null)
            yield return new ValidationResult(decimal.Round(value, MinorUnits.Digits(Currency.ToUpperInvariant())) == value ? "The value is too large." : $"{Currency.ToUpperInvariant()} has {MinorUnits.Digits(Currency.ToUpperInvariant())} decimals.", [nameof(ExpectedValue)]);
        foreach (var (property, wrong) in Plan.Problems())
            yield return new ValidationResult(wrong, [property]);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
