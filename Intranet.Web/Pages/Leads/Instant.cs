using System.Globalization;

namespace Intranet.Web.Pages.Leads;

/// <summary>An instant as addresses carry it, in ticks: exactly what is stored with what was done then. Pure.</summary>
public static class Instant
{
    /// <returns>UTC; null when there is no such instant.</returns>
    public static DateTime? Of(long? ticks) => ticks is { } number && number >= 0 && number <= DateTime.MaxValue.Ticks ? new DateTime(number, DateTimeKind.Utc) : null;

    public static string ToText(DateTime at) => at.Ticks.ToString(CultureInfo.InvariantCulture);
}
