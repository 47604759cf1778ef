using System.Text.Json;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// What the engine knows about a set of contacts: for each field and level, how often it is met between rows of one person
/// and of different people, and how often pairs of each kind are met. Made by <see cref="EstimateModel"/>, kept as JSON.
/// </summary>
public sealed record MatchModel
{
    internal const int Kinds = 4;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Raised when fields or levels change their meaning: a stored model of another version is estimated anew.</summary>
    public const int CurrentVersion = 3;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>How many contacts the estimate saw.</summary>
    public int Records { get; init; }

    /// <summary>By <see cref="PairKind"/>, how many contacts of such lists it saw: frequencies relate to them.</summary>
    public required int[] Counted { get; init; }

    /// <summary>By <see cref="PairKind"/>, how many other rows of the same person a contact has, on average.</summary>
    public double[] PartnersPerRecord { get; init; } = [0.5, 0.5, 0.5, 0.5];

    /// <summary>By <see cref="PairKind"/>, <see cref="MatchField"/> and level: m of Fellegi and Sunter.</summary>
    public required double[][][] Matches { get; init; }

    /// <summary>By <see cref="PairKind"/>, <see cref="MatchField"/> and level: u of Fellegi and Sunter.</summary>
    public required double[][][] Random { get; init; }

    /// <summary>By <see cref="PairKind"/> and kind of look-alike, how many such pairs there are for one true pair.</summary>
    public required double[][] LookAlikes { get; init; }

    /// <summary>By <see cref="PairKind"/>, <see cref="SharedPlace"/>, field and level: how much agreeing goes with the place.</summary>
    public required double[][][][] Places { get; init; }

    /// <summary>Nothing estimated yet: good for a handful of contacts.</summary>
    public static MatchModel Initial(int records) => new()
    {
        Records = records,
        Counted = [records, records, records, records],
        Matches = Each(() => FieldLevels.Matches.Select(levels => levels.ToArray()).ToArray()),
        Random = Each(() => FieldLevels.Random.Select(levels => levels.ToArray()).ToArray()),
        LookAlikes = Each(() => LookAlike.All.Select(kind => kind.Share).ToArray()),
        Places = Each(SharedPlace.Starts),
    };

    private static T[] Each<T>(Func<T> made) => [.. Enumerable.Range(0, Kinds).Select(_ => made())];

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Null where the text is no model, or one of another version.</summary>
    public static MatchModel? FromJson(string json)
    {
        try
        {
            var model = JsonSerializer.Deserialize<MatchModel>(json, Json);
            return model is { Version: CurrentVersion, Matches.Length: Kinds, Random.Length: Kinds, LookAlikes.Length: Kinds, Counted.Length: Kinds, PartnersPerRecord.Length: Kinds, Places.Length: Kinds }
                && Array.TrueForAll(model.Places, places => places.Length == SharedPlace.All.Length)
                && Array.TrueForAll(model.Matches, fields => fields.Length == FieldLevels.Fields) && Array.TrueForAll(model.LookAlikes, shares => shares.Length == LookAlike.All.Length) ? model : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
