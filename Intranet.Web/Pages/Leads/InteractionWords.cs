using System.Globalization;
using Intranet.Data.Contacts;
using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Leads;

/// <summary>What was said and done with leads, in words. Pure.</summary>
public static class InteractionWords
{
    public static string Of(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Reached => "Reached",
        CallOutcome.NoAnswer => "No answer",
        CallOutcome.LeftMessage => "Left a message",
        _ => "Follow-up",
    };

    /// <summary>"Call: reached", "Visit".</summary>
    public static string Of(InteractionKind kind, CallOutcome? outcome)
        => outcome is { } how ? $"{kind}: {Of(how).ToLowerInvariant()}" : kind.ToString();

    public static string Icon(InteractionKind kind) => kind switch
    {
        InteractionKind.Call => "phone",
        InteractionKind.Visit => "briefcase",
        InteractionKind.Mail => "mail",
        InteractionKind.Order => "package",
        _ => "note",
    };

    /// <summary>"9 Dec", with the year where it isn't this one.</summary>
    public static string Day(DateOnly day, DateOnly today)
        => day.Year == today.Year ? day.InMonth(CultureInfo.CurrentCulture) : day.InYear(CultureInfo.CurrentCulture);

    /// <summary>"3 days", "1 day".</summary>
    public static string Days(int days) => string.Create(CultureInfo.CurrentCulture, $"{days:N0} {(days == 1 ? "day" : "days")}");

    /// <summary>What a telephone dials: digits, and a plus in front.</summary>
    public static string Dial(string phone)
    {
        var plain = PhoneRules.PlainDigits(phone);
        return string.Concat(plain.Where((letter, at) => char.IsAsciiDigit(letter) || (letter == '+' && !plain.AsSpan(0, at).ContainsAnyInRange('0', '9'))));
    }
}
