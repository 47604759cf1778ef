using System.Globalization;
using Intranet.Web.Infrastructure;

namespace Intranet.Tests.Infrastructure;

public sealed class DayWordsTests
{
    private static readonly DateOnly Day = new(2026, 11, 28);

    [Theory]
    [InlineData("en-GB", "28 Nov", "28 Nov 2026", "Saturday,? 28 November")]
    [InlineData("en-US", "Nov 28", "Nov 28, 2026", "Saturday, November 28")]
    [InlineData("de-DE", "28. Nov.", "28. Nov. 2026", "Samstag, 28. November")]
    [InlineData("fr-FR", "28 nov.", "28 nov. 2026", "samedi 28 novembre")]
    [InlineData("es-ES", "28 de nov", "28 de nov de 2026", "sábado, 28 de noviembre")]
    [InlineData("ja-JP", "11月28日", "2026年11月28日", "11月28日土曜日")]
    [InlineData("ko-KR", "11월 28일", "2026년 11월 28일", "11월 28일 토요일")]
    public void Days_are_written_in_the_order_of_the_culture(string name, string inMonth, string inYear, string inWeek)
    {
        var culture = CultureInfo.GetCultureInfo(name);
        Assert.Equal((inMonth, inYear), (Day.InMonth(culture), Day.InYear(culture)));
        Assert.Matches($"^{inWeek}$", Day.InWeek(culture));
    }

    [Fact]
    public void Every_culture_has_a_way()
        => Assert.All(CultureInfo.GetCultures(CultureTypes.SpecificCultures), culture => Assert.All([Day.InMonth(culture), Day.InYear(culture), Day.InWeek(culture)], text => Assert.True(text.Length > 3, culture.Name)));
}
