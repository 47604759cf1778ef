using System.Globalization;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// How the API cuts lists: <c>pageNumber</c> from 1, <c>pageSize</c> to 1,000. The answer tells X-Total-Count and, as
/// Link (RFC 8288), first, prev, next and last.
/// </summary>
public readonly record struct Paging(int Number, int Size)
{
    public const int MaxSize = 1000;

    // Read without case, and so passed over without case.
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase) { "pageNumber", "pageSize", "after" };

    public int Skip => (Number - 1) * Size;

    /// <summary>Reads the two query values; what is wrong goes into <paramref name="errors"/> under the value's name.</summary>
    public static Paging Read(HttpRequest request, Dictionary<string, string[]> errors, int defaultSize = 100)
        => new(ReadNumber(request, "pageNumber", 1, 1_000_000, errors), ReadNumber(request, "pageSize", defaultSize, MaxSize, errors));

    /// <summary>Tells the answer's reader how many there are in all, and where the other pages are.</summary>
    /// <param name="after">Where this page ends, for lists that can begin there: the next page is found without counting up to it.</param>
    public void Tell(HttpContext context, int total, int? after = null)
    {
        context.Response.Headers["X-Total-Count"] = total.ToString(CultureInfo.InvariantCulture);
        var last = Math.Max(1, (total + Size - 1) / Size);
        var links = new List<string> { Link(context.Request, 1, "first") };
        if (Number > 1)
            links.Add(Link(context.Request, Math.Min(Number - 1, last), "prev"));
        if (Number < last)
            links.Add(Link(context.Request, Number + 1, "next", after));
        links.Add(Link(context.Request, last, "last"));
        context.Response.Headers.Link = string.Join(", ", links);
    }

    private string Link(HttpRequest request, int number, string relation, int? after = null)
    {
        var others = request.Query.Where(pair => !Own.Contains(pair.Key))
            .SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)));
        var query = QueryString.Create(others)
            .Add("pageNumber", number.ToString(CultureInfo.InvariantCulture)).Add("pageSize", Size.ToString(CultureInfo.InvariantCulture));
        if (after is { } end)
            query = query.Add("after", end.ToString(CultureInfo.InvariantCulture));
        return $"<{request.PathBase}{request.Path}{query}>; rel=\"{relation}\"";
    }

    private static int ReadNumber(HttpRequest request, string name, int otherwise, int most, Dictionary<string, string[]> errors)
    {
        if (request.Query[name].ToString() is not { Length: > 0 } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
            return number;
        errors[name] = [string.Create(CultureInfo.InvariantCulture, $"Use a number from 1 to {most}.")];
        return otherwise;
    }
}
