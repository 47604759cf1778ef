using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Leads;

/// <summary>
/// The fields of a JSON body, read one by one: what is absent is not null, names are read without case and underscores, and
/// what is wrong is told at the field, in <see cref="Errors"/>.
/// </summary>
internal sealed class BodyFields
{
    private readonly Dictionary<string, JsonElement> values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By the field's own name.</summary>
    public Dictionary<string, string[]> Errors { get; } = [];

    public bool IsWrong => Errors.Count > 0;

    /// <param name="body">An object.</param>
    /// <param name="takes">The record whose properties may be sent.</param>
    /// <param name="ignores">A record whose other properties are passed over: what was read can be sent back whole.</param>
    /// <param name="alsoCalled">Further names of fields.</param>
    public static BodyFields Read(JsonElement body, Type takes, Type? ignores = null, params (string Other, string Name)[] alsoCalled)
    {
        var fields = new BodyFields();
        if (body.ValueKind != JsonValueKind.Object)
        {
            fields.Errors["body"] = ["Send a JSON object."];
            return fields;
        }

        var (taken, ignored) = (Names(takes), ignores is null ? [] : Names(ignores));
        foreach (var property in body.EnumerateObject())
        {
            if (property.TryGetName() is not { } sent)
            {
                fields.Errors["body"] = ["A name is no text."];
                continue;
            }

            var name = Key(sent);
            var known = Array.Find(alsoCalled, other => Key(other.Other).Equals(name, StringComparison.OrdinalIgnoreCase)).Name;
            name = known is null ? name : Key(known);
            if (!taken.Contains(name) && !ignored.Contains(name))
                fields.Errors[sent] = ["There is no such field."];
            else if (property.Value.ValueKind == JsonValueKind.String && property.Value.TryGetText() is null)
                fields.Errors[sent] = ["Use text; half of a character is none."];
            // What is said under its own name counts, wherever it stands.
            else if (taken.Contains(name) && !(known is not null && fields.values.ContainsKey(name)))
                fields.values[name] = property.Value;
        }

        return fields;
    }

    public bool Has(string field) => values.ContainsKey(Key(field));

    /// <summary>Whether it was sent as null, or as empty text.</summary>
    public bool IsNull(string field) => values.TryGetValue(Key(field), out var value) && (value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString())));

    public void Refuse(string field, string problem) => Errors.TryAdd(field, [problem]);

    /// <summary>Text, trimmed; null when it is absent, null, empty or wrong.</summary>
    /// <param name="isLines">It may have several lines.</param>
    /// <param name="isNumber">A whole number is as good as its digits.</param>
    public string? Text(string field, int longest, bool isRequired = false, bool isLines = false, bool isNumber = false)
    {
        var value = Value(field);
        if (isRequired && (value is null || IsNull(field)))
            Refuse(field, "Give a value.");
        if (value is not { } given)
            return null;
        var digits = isNumber && given.ValueKind == JsonValueKind.Number && given.GetRawText() is var raw && raw.All(char.IsAsciiDigit) ? raw : null;
        if (given.ValueKind != JsonValueKind.String && digits is null)
            Refuse(field, isNumber ? "Use text or a whole number." : "Use text.");
        else if ((digits ?? given.GetString()!.Trim()) is { Length: > 0 } text)
        {
            if (text.Any(letter => (char.IsControl(letter) || letter is '\u2028' or '\u2029') && !(isLines && letter is ('\n' or '\r' or '\t'))))
                Refuse(field, isLines ? "Use text without control characters." : "Use one line without control characters.");
            else if (text.Length <= longest)
                return text;
            else
                Refuse(field, string.Create(CultureInfo.InvariantCulture, $"At most {longest:N0} characters."));
        }

        return null;
    }

    public int? Number(string field, int least, int most, bool isRequired = false) => (int?)Long(field, least, most, isRequired);

    public long? Long(string field, long least, long most, bool isRequired = false)
    {
        var value = Value(field);
        if (isRequired && value is null)
            Refuse(field, "Give a number.");
        if (value is not { } given)
            return null;
        if (given.ValueKind == JsonValueKind.Number && given.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        Refuse(field, least == int.MinValue ? "Use a whole number." : most is int.MaxValue or long.MaxValue ? $"Use a whole number from {least}." : $"Use a whole number from {least} to {most}.");
        return null;
    }

    public bool? Flag(string field)
    {
        if (Value(field) is not { } given)
            return null;
        if (given.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return given.GetBoolean();
        Refuse(field, "Use true or false.");
        return null;
    }

    public DateOnly? Day(string field)
    {
        if (Value(field) is not { } given)
            return null;
        // Old callers send a time with the day, and mean the day that stands there, whatever the offset.
        if (given.ValueKind == JsonValueKind.String && (DateOnly.TryParseExact(given.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || (Instant(given.GetString()!) is not null && DateTimeOffset.TryParse(given.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var written) && DateOnly.FromDateTime(written.DateTime) is var of && (day = of) == of)))
            return day;
        if (!IsNull(field))
            Refuse(field, "Use a day as yyyy-MM-dd.");
        return null;
    }

    public TimeOnly? Time(string field)
    {
        if (Value(field) is not { } given)
            return null;
        if (given.ValueKind == JsonValueKind.String && TimeOnly.TryParseExact(given.GetString(), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        if (!IsNull(field))
            Refuse(field, "Use a time as HH:mm.");
        return null;
    }

    /// <summary>A day, or a time with or without its offset.</summary>
    /// <returns>Whether it names a moment (UTC) or a time of somebody's clock, and whether it has a time at all.</returns>
    public (DateTime Time, bool IsUtc, bool IsDay)? When(string field)
    {
        if (Value(field) is not { } given)
            return null;
        if (given.ValueKind == JsonValueKind.String)
        {
            if (DateOnly.TryParseExact(given.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return (day.ToDateTime(TimeOnly.MinValue), false, true);
            if (Instant(given.GetString()!) is { } at)
                return (at.Time, at.IsUtc, false);
        }

        Refuse(field, "Use a day as yyyy-MM-dd, or a time as 2026-11-03T14:30:00Z.");
        return null;
    }

    /// <summary>One of the words of an enum, read without case, blanks and underscores.</summary>
    public T? Word<T>(string field, Func<string, string>? written = null, bool isRequired = false) where T : struct, Enum
    {
        var value = Value(field);
        if (isRequired && value is null)
            Refuse(field, $"Use {Choices<T>()}.");
        if (value is not { } given || IsNull(field))
            return null;
        if (given.ValueKind == JsonValueKind.String && JsonWords.Parse<T>(written?.Invoke(given.GetString()!) ?? given.GetString()!) is { } word)
            return word;
        Refuse(field, $"Use {Choices<T>()}.");
        return null;
    }

    /// <summary>Several words of an enum of flags.</summary>
    public T? Flags<T>(string field) where T : struct, Enum
    {
        if (Value(field) is not { } given)
            return null;
        var all = 0;
        if (given.ValueKind == JsonValueKind.Array && given.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String
            && one.TryGetText() is { } text && JsonWords.Parse<T>(text) is { } word && (all |= Convert.ToInt32(word, CultureInfo.InvariantCulture)) >= 0))
            return (T)Enum.ToObject(typeof(T), all);
        Refuse(field, $"Use a list of {Choices<T>()}.");
        return null;
    }

    public IReadOnlyList<int>? Ids(string field, int most)
    {
        if (Value(field) is not { } given)
            return null;
        var ids = new List<int>();
        if (given.ValueKind == JsonValueKind.Array && given.GetArrayLength() <= most && given.EnumerateArray().All(one => one.ValueKind == JsonValueKind.Number && one.TryGetInt32(out var id) && Add(id)))
            return ids;
        Refuse(field, string.Create(CultureInfo.InvariantCulture, $"Use a list of at most {most:N0} numbers."));
        return null;

        bool Add(int id)
        {
            ids.Add(id);
            return true;
        }
    }

    public Guid? Id(string field)
    {
        if (Value(field) is not { } given)
            return null;
        if (given.ValueKind == JsonValueKind.String && Guid.TryParse(given.GetString(), out var id))
            return id;
        Refuse(field, "Use a version as it was read.");
        return null;
    }

    private JsonElement? Value(string field) => values.TryGetValue(Key(field), out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Choices<T>() where T : struct, Enum => JsonWords.Either(Enum.GetValues<T>().Where(word => JsonWords.IsOne(word)).Select(JsonWords.Of));

    // An offset makes it a moment; without one it is a time of the lead's clock. Year first: 03/11/2026 means one day here and another there.
    private static (DateTime Time, bool IsUtc)? Instant(string text)
        => !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) || text.Length < "yyyy-MM-dd HH:mm".Length || !text[..4].All(char.IsAsciiDigit) || text[4] != '-' || text[7] != '-' ? null
            : (time, time.Kind == DateTimeKind.Utc);

    private static HashSet<string> Names(Type record) => record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => Key(property.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string Key(string name) => name.Replace("_", "", StringComparison.Ordinal);
}

/// <summary>Enums as the four groups of leads write them: no_answer.</summary>
internal static class JsonWords
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>Read without case, blanks, hyphens and underscores; never a number.</summary>
    public static T? Parse<T>(string text) where T : struct, Enum
        => Enum.GetValues<T>().Where(word => IsOne(word) && word.ToString().Equals(string.Concat(text.Where(char.IsLetterOrDigit)), StringComparison.OrdinalIgnoreCase)).Select(word => (T?)word).FirstOrDefault();

    /// <summary>"new, contacted or closed".</summary>
    public static string Either(IEnumerable<string> words)
    {
        var all = words.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} or {all[^1]}";
    }

    // Of flags, those that are one thing and not several or none.
    internal static bool IsOne<T>(T value) where T : struct, Enum
        => !typeof(T).IsDefined(typeof(FlagsAttribute), false) || int.IsPow2(Convert.ToInt32(value, CultureInfo.InvariantCulture));
}
