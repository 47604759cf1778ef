using System.Text.Json;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// What the engine knows about a set of contacts: for each field and level, how often it is met between rows of one person
/// and of different people, and how often pairs of each kind are met. Made by <see cref="EstimateModel"/>, kept as JSON.
/// </summary>
public sealed record MatchModel
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Raised when fields or levels change their meaning: a stored model of another version is estimated anew.</summary>
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>How many contacts the estimate saw.</summary>
    public int Records { get; init; }

    /// <summary>How many other rows of the same person a contact has, on average.</summary>
    public double PartnersPerRecord { get; init; } = 0.5;

    /// <summary>By <see cref="MatchField"/> and level: m of Fellegi and Sunter.</summary>
    public required double[][] Matches { get; init; }

    /// <summary>By <see cref="MatchField"/> and level: u of Fellegi and Sunter.</summary>
    public required double[][] Random { get; init; }

    /// <summary>By kind of look-alike, how many such pairs there are for one true pair.</summary>
    public required double[] LookAlikes { get; init; }

    /// <summary>Nothing estimated yet: good for a handful of contacts.</summary>
    public static MatchModel Initial(int records) => new()
    {
        Records = records,
        Matches = [.. FieldLevels.Matches.Select(levels => levels.ToArray())],
        Random = [.. FieldLevels.Random.Select(levels => levels.ToArray())],
        LookAlikes = [.. LookAlike.All.Select(kind => kind.Share)],
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Null where the text is no model, or one of another version.</summary>
    public static MatchModel? FromJson(string json)
    {
        try
        {
            var model = JsonSerializer.Deserialize<MatchModel>(json, Json);
            return model is { Version: CurrentVersion, Matches.Length: FieldLevels.Fields, Random.Length: FieldLevels.Fields } && model.LookAlikes.Length == LookAlike.All.Length ? model : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
