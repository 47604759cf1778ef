using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// What somebody else stored while a form was being filled in. It stands beside each field that differs from what was typed
/// ("now: Bonn"), and the form holds the version of now: saving once more saves over it, knowingly.
/// </summary>
public static class StoredMeanwhile
{
    private const string Key = nameof(StoredMeanwhile);

    /// <summary>Says so above the form, and gives the form the version of <paramref name="stored"/>; what was typed stays.</summary>
    /// <param name="page">The page with the form.</param>
    /// <param name="prefix">Of the names of its fields.</param>
    /// <param name="thing">"this lead".</param>
    /// <param name="typed">What was sent, with a <c>Version</c>.</param>
    /// <param name="stored">The same as it would be filled in now.</param>
    /// <param name="words">What the value of a property is called where it is a number that nobody knows; null: as it is.</param>
    public static void ShowStored<T>(this PageModel page, string prefix, string thing, T typed, T stored, Func<string, string?>? words = null) where T : class
    {
        ArgumentNullException.ThrowIfNull(page);
        var version = typeof(T).GetProperty("Version") ?? throw new ArgumentException($"{typeof(T).Name} has no version.", nameof(typed));
        var different = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite && property != version && Text(property.GetValue(typed)) != Text(property.GetValue(stored)))
            .ToDictionary(property => $"{prefix}.{property.Name}", property => (words?.Invoke(property.Name) ?? Text(property.GetValue(stored))) is { Length: > 0 } text ? text.Replace("\n", ", ", StringComparison.Ordinal) : "empty");
        page.ViewData[Key] = different;
        version.SetValue(typed, version.GetValue(stored));
        // What was sent would stand in the field again.
        page.ModelState.Remove($"{prefix}.{version.Name}");
        page.ModelState.AddModelError("", different.Count == 0
            ? $"Somebody changed {thing} in the meantime, but nothing that stands here. Save again."
            : $"Somebody changed {thing} in the meantime. What is stored now stands beside each field that differs; saving again puts what stands in the fields in its place.");
    }

    /// <summary>What is stored now in a field that differs from it; null in all others.</summary>
    public static string? Of(ViewDataDictionary view, string field)
    {
        ArgumentNullException.ThrowIfNull(view);
        return (view[Key] as Dictionary<string, string>)?.GetValueOrDefault(field);
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text.ReplaceLineEndings("\n").Trim(),
        bool yes => yes ? "yes" : "no",
        DateTime time => time.ToString("g", CultureInfo.CurrentCulture),
        DateOnly day => day.ToString("d", CultureInfo.CurrentCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.###", CultureInfo.CurrentCulture),
        IEnumerable several => string.Join(", ", several.Cast<object>().Order()),
        _ => Convert.ToString(value, CultureInfo.CurrentCulture) ?? "",
    };
}
