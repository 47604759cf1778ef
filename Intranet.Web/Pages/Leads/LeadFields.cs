using Intranet.Data.Directory;
using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>What a program wants of a lead, read and checked; what it didn't send is null in here and stays.</summary>
internal sealed class LeadFields
{
    private static readonly string[] Values = ["restaurant_name", "address", "city", "time_zone", "is_time_zone_chosen", "opening_hours", "source", "expected_value", "currency", "next_step", "is_main", "external_id"];

    private static readonly string[] OfPlan = ["call_frequency", "maximum_days", "preferred_days", "preferred_from", "preferred_to", "paused_until"];

    private LeadFields(BodyFields body) => Body = body;

    public BodyFields Body { get; }
    public string? Name { get; private init; }
    public Stage? Stage { get; private init; }
    public string? Reason { get; private init; }

    /// <summary>What becomes of a plan.</summary>
    public CallPlan PlanOf(CallPlan known) => ReadPlan(Body, known);

    public DateOnly? LastCallOn { get; private init; }
    public int? OwnerId { get; private init; }
    public Guid? Version { get; private init; }
    private Action<Lead> Change { get; init; } = _ => { };

    /// <summary>Whether any value of the lead itself was sent.</summary>
    public bool ChangesValues { get; private init; }
    public bool ChangesPlan { get; private init; }

    /// <param name="body">As it was sent.</param>
    /// <param name="lead">The one to be changed; a new one has no id.</param>
    public static LeadFields Read(System.Text.Json.JsonElement body, Lead lead)
    {
        var fields = BodyFields.Read(body, typeof(LeadChange), typeof(LeadDto), ("name", "restaurant_name"), ("next_due_date", "next_due"));
        var isNew = lead.Id == 0;
        var name = fields.Text("restaurant_name", 200, isRequired: isNew || fields.IsNull("restaurant_name"));
        var (address, city) = (fields.Text("address", 300), fields.Text("city", 100));
        var written = fields.Text("time_zone", 64);
        var zone = written is null ? null : WorkingHours.ZoneName(written);
        var isChosen = fields.Flag("is_time_zone_chosen");
        if (written is not null && zone is null)
            fields.Refuse("time_zone", "There is no such time zone. Use an IANA name such as Europe/Paris.");
        var hours = fields.Text("opening_hours", 500);
        if (OpeningHours.Parse(hours, out var problem) is { } parsed)
            hours = parsed.ToString();
        else if (problem is not null)
            fields.Refuse("opening_hours", problem);
        var (source, step, external) = (fields.Text("source", 100), fields.Text("next_step", 500), fields.Text("external_id", 100));
        var (value, isMain) = (fields.Long("expected_value", 0, MinorUnits.Largest), fields.Flag("is_main"));
        var currency = fields.Text("currency", 3);
        if (currency is not null && (currency.Length != 3 || !currency.All(char.IsAsciiLetter)))
            fields.Refuse("currency", "Use the three letters of ISO 4217, such as EUR.");
        // 12.50 EUR is 1250 minor units, and would be 1,250 yen.
        if (currency is not null && currency.Length == 3 && lead.ExpectedValue is not null && !fields.Has("expected_value") && MinorUnits.Digits(currency) != MinorUnits.Digits(lead.Currency))
            fields.Refuse("expected_value", $"Send it as well, in minor units of {currency.ToUpperInvariant()}: they have other decimals.");
        var (status, stage) = (fields.Word<Stage>("status"), fields.Word<Stage>("stage"));
        // Who sends back what was read and changes one of the two means the one that is different.
        var wanted = status is null || stage is null || status == stage ? status ?? stage : status == lead.Stage ? stage : status;
        if (status != stage && status is not null && stage is not null && status != lead.Stage && stage != lead.Stage)
            fields.Refuse("stage", "status and stage say two things.");

        foreach (var (property, wrong) in ReadPlan(fields, lead.Plan).Problems())
            fields.Refuse(NameOf(property), wrong);
        return new LeadFields(fields)
        {
            Name = name,
            Stage = wanted,
            Reason = fields.Text("reason", 500),
            LastCallOn = fields.Day("last_call_date"),
            OwnerId = fields.Number("owner_id", 1, int.MaxValue),
            Version = fields.Id("version"),
            ChangesPlan = Array.Exists(OfPlan, fields.Has),
            ChangesValues = Array.Exists(Values, fields.Has),
            Change = changed =>
            {
                changed.Name = name ?? changed.Name;
                var was = (changed.City, changed.Address);
                changed.Address = Sent("address", address, changed.Address) ?? "";
                changed.City = Sent("city", city, changed.City) ?? "";
                // A zone that is given is chosen, unless it is said not to be: then who sends back what was read has chosen nothing.
                // Another one than stood there is chosen whatever is said, and of one that isn't given nobody can say so.
                changed.IsTimeZoneChosen = zone is null ? !isNew && !fields.Has("time_zone") && (isChosen ?? changed.IsTimeZoneChosen) : isChosen != false || (!isNew && zone != changed.TimeZone);
                // A city of today may lie elsewhere than the one of yesterday.
                changed.TimeZone = zone is not null && (changed.IsTimeZoneChosen || zone != changed.TimeZone) ? zone
                    : zone is null && fields.Has("time_zone") && GuessTimeZone.OfLead(changed.City, changed.Address) is { IsKnown: true } guess ? guess.Zone
                    : GuessTimeZone.Again(changed.TimeZone, changed.IsTimeZoneChosen, was, (changed.City, changed.Address));
                changed.OpeningHours = Sent("opening_hours", hours, changed.OpeningHours);
                changed.Source = Sent("source", source, changed.Source);
                changed.NextStep = Sent("next_step", step, changed.NextStep);
                changed.ExternalId = Sent("external_id", external, changed.ExternalId);
                changed.ExpectedValue = fields.Has("expected_value") ? value : changed.ExpectedValue;
                changed.Currency = currency ?? changed.Currency;
                changed.IsMain = isMain ?? changed.IsMain;
            },
        };

        string? Sent(string field, string? sent, string? known) => fields.Has(field) ? sent : known;
    }

    public void Fill(Lead lead) => Change(lead);

    /// <summary>Fields of the plan, of a verb's refusal, under the names that callers know.</summary>
    public static string NameOf(string property) => property switch
    {
        nameof(CallPlan.IntervalDays) => "call_frequency",
        "Owner" or "To" => "owner_id",
        nameof(InteractionValues.At) => "last_call_date",
        _ => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property),
    };

    private static CallPlan ReadPlan(BodyFields fields, CallPlan known) => known with
    {
        IntervalDays = fields.Has("call_frequency") ? fields.Number("call_frequency", int.MinValue, int.MaxValue) : known.IntervalDays,
        MaximumDays = fields.Has("maximum_days") ? fields.Number("maximum_days", int.MinValue, int.MaxValue) : known.MaximumDays,
        PreferredDays = fields.Has("preferred_days") ? fields.Flags<Workdays>("preferred_days") ?? Workdays.None : known.PreferredDays,
        PreferredFrom = fields.Has("preferred_from") ? fields.Time("preferred_from") : known.PreferredFrom,
        PreferredTo = fields.Has("preferred_to") ? fields.Time("preferred_to") : known.PreferredTo,
        PausedUntil = fields.Has("paused_until") ? fields.Day("paused_until") : known.PausedUntil,
    };
}
