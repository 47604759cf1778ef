namespace Intranet.Web.Infrastructure;

/// <summary>An empty list (<c>_Empty</c>): what would be here, and the next step.</summary>
public sealed record Empty(string Icon, string Title, string Text, string? LinkText = null, string? LinkUrl = null);

/// <summary>
/// The foot of a list (<c>_Pager</c>). Pages count from 1. <paramref name="Target"/> is the part of the page that the links
/// replace; null makes them plain links.
/// </summary>
public sealed record Pager(int PageNumber, int PageSize, long Total, Func<int, string> Url, string? Target = "#results")
{
    /// <summary>The number of the last page; 1 for an empty list.</summary>
    public int Last => (int)Math.Max(1, (Total + PageSize - 1) / PageSize);

    /// <summary>The number of the first row on this page, from 1; 0 for an empty list.</summary>
    public long FirstRow => Total == 0 ? 0 : (long)(PageNumber - 1) * PageSize + 1;

    /// <summary>The number of the last row on this page.</summary>
    public long LastRow => Math.Min((long)PageNumber * PageSize, Total);

    /// <summary>What a page after the last one shows: lists get shorter, and their addresses are sent around.</summary>
    public Empty Beyond => new("mood-empty", $"There is no page {PageNumber:N0}", "The list is not that long, or not any more.", "To the first page", Url(1));

    /// <summary>The page numbers to link: first, last and the neighbours of this one; 0 stands for a gap.</summary>
    public IEnumerable<int> Numbers()
    {
        var shown = new SortedSet<int> { 1, Last };
        for (var number = PageNumber - 1; number <= PageNumber + 1; number++)
            if (number >= 1 && number <= Last) shown.Add(number);

        var previous = 0;
        foreach (var number in shown)
        {
            if (number == previous + 2) yield return number - 1;
            else if (number > previous + 1) yield return 0;
            yield return number;
            previous = number;
        }
    }
}

/// <summary>One line under a search box (<c>_Suggestions</c>). Lines with the same group stand together.</summary>
public sealed record Suggestion(string Group, string Icon, string Text, string? Detail, string Url);

/// <summary>Addresses of which many differ in one number: a list makes what is the same once.</summary>
public static class NumberedAddress
{
    /// <summary>An address made by routing with one more value; one that it has already stays.</summary>
    public static string With(this string address, string name, int value)
        => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={value}");
}
