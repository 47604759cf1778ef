using System.Globalization;
using Intranet.Data.Reports;

namespace Intranet.Web.Pages.Reports;

/// <summary>The mail of a subscription: what is different since the last one, and the rows where there is no file.</summary>
public sealed record SubscriptionMail
{
    /// <summary>Rows that a mail shows itself.</summary>
    public const int Shown = 100;

    // Mails are English, like all texts; who reads them is not known here.
    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("en-GB");

    private readonly List<IReadOnlyList<string>> shown = [];

    public required Subscription Subscription { get; init; }

    /// <summary>What links begin with.</summary>
    public required string Address { get; init; }

    /// <summary>How much its owner saw when the list was read.</summary>
    public required string Sight { get; init; }

    /// <summary>The page and its filters in words.</summary>
    public required string List { get; init; }

    /// <summary>When the list was read, by the clock of the subscription.</summary>
    public required DateTime At { get; init; }

    /// <summary>What a row is, such as lead.</summary>
    public required string Row { get; init; }

    public int Rows { get; set; }

    /// <summary>Null in the first mail.</summary>
    public ListDifference? Difference { get; set; }

    /// <summary>Headers of <see cref="ShownRows"/>.</summary>
    public IReadOnlyList<string> Columns { get; set; } = [];
    public IReadOnlyList<IReadOnlyList<string>> ShownRows => shown;
    public int Hidden => Rows - shown.Count;

    /// <summary>The attachment; null where there is none.</summary>
    public string? FileName { get; set; }
    public bool IsTooLarge { get; set; }
    public string Unsubscribe { get; init; } = "";

    public string Link => $"{Address}{Subscription.Page}{(Subscription.Query.Length == 0 ? "" : $"?{Subscription.Query}")}";
    public string Title => string.Create(Culture, $"{List}, read on {At:d MMMM yyyy HH:mm} {Subscription.TimeZone} as {Subscription.Owner!.DisplayName} sees it");
    public string Count => string.Create(Culture, $"{Rows:N0} {Row}{(Rows == 1 ? "" : "s")}");
    public string Why => $"{Subscription.Owner!.DisplayName} sends this {Subscription.Schedule().InWords}.";
    public string Subject => $"{Subscription.Name}: {Changes ?? Count}";

    /// <summary>"2 new, 1 gone"; null where there was nothing to compare with.</summary>
    public string? Changes => Difference switch
    {
        null => null,
        { IsNone: true } => "nothing changed",
        var difference => string.Join(", ", new[] { (difference.Added.Count, "new"), (difference.Gone.Count, "gone"), (difference.Changed.Count, "changed") }
            .Where(kind => kind.Count > 0).Select(kind => string.Create(Culture, $"{kind.Count:N0} {kind.Item2}"))),
    };

    /// <summary>What is different, kind by kind.</summary>
    public IEnumerable<(string Title, NamedRows Rows)> Kinds => Difference is null ? []
        : new[] { ("New", Difference.Added), ("Gone", Difference.Gone), ("Changed", Difference.Changed) }.Where(kind => kind.Item2.Count > 0);

    /// <summary>What the reader finds where.</summary>
    public string Where => this switch
    {
        { IsTooLarge: true } => "The file would be larger than a mail takes. Open the list to have it.",
        { FileName: { } name } => $"The whole list is attached: {name}.",
        { Rows: 0 } => "The list is empty now.",
        { Hidden: > 0 } => string.Create(Culture, $"The first {shown.Count}; {Hidden:N0} more are on the page."),
        _ => "The whole list:",
    };

    // A name with line breaks would look like lines of the mail's own.
    public string Text => string.Join('\n', Lines().Select(line => line.ReplaceLineEndings(" ")));

    public static string Others(NamedRows rows) => string.Create(Culture, $"and {rows.Others:N0} more");

    internal void Shows(IReadOnlyList<object?> values) => shown.Add([.. values.Select(Shape)]);

    private IEnumerable<string> Lines()
    {
        yield return $"{Subscription.Name}: {Count}{(Changes is null ? "" : $", {Changes} since the last mail")}";
        yield return $"{Title}.";
        foreach (var (title, rows) in Kinds)
        {
            yield return "";
            yield return $"{title}:";
            foreach (var name in rows.Names)
                yield return $"- {name}";
            if (rows.Others > 0)
                yield return $"- {Others(rows)}";
        }

        yield return "";
        yield return Where;
        foreach (var row in ShownRows)
            yield return $"- {string.Join(", ", row.Where(value => value.Length > 0))}";
        yield return "";
        yield return $"The list: {Link}";
        yield return Why;
        yield return $"Stop these mails: {Unsubscribe}";
    }

    private string Shape(object? value) => value switch
    {
        null => "",
        DateOnly day => day.ToString("d MMM yyyy", Culture),
        DateTime time => TimeZoneInfo.ConvertTimeFromUtc(time, TimeZoneInfo.FindSystemTimeZoneById(Subscription.TimeZone)).ToString("d MMM yyyy HH:mm", Culture),
        // Amounts are read as such: with all their decimals, or with none.
        decimal amount when amount != decimal.Truncate(amount) => amount.ToString("#,##0.00#", Culture),
        int or long or decimal or double => ((IFormattable)value).ToString("#,##0.##", Culture),
        // A line break would end the line of the text part.
        _ => Convert.ToString(value, Culture)!.ReplaceLineEndings(" "),
    };
}
