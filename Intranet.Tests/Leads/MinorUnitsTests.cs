using System.Globalization;
using Intranet.Data.Leads;

namespace Intranet.Tests.Leads;

public sealed class MinorUnitsTests
{
    [Theory]
    [InlineData("en-GB", "1250", "1250")]
    [InlineData("en-GB", "1,250.50", "1250.50")]
    [InlineData("en-GB", " 12.5 ", "12.5")]
    [InlineData("en-GB", "12,500", "12500")]
    [InlineData("en-GB", "1,234,567", "1234567")]
    [InlineData("en-GB", "12,50", null)]
    [InlineData("en-GB", "1,2345", null)]
    [InlineData("en-GB", "1250,000", null)]
    [InlineData("en-GB", "1,,250", null)]
    [InlineData("en-GB", ",250", null)]
    [InlineData("de-DE", "1.250,50", "1250.50")]
    [InlineData("de-DE", "12.50", null)]
    [InlineData("de-DE", "12,50", "12.50")]
    [InlineData("en-IN", "12,34,567.5", "1234567.5")]
    [InlineData("fr-FR", "12\u202f500,25", "12500.25")]
    [InlineData("fr-FR", " 1250,50 ", "1250.50")]
    [InlineData("en-GB", "-5", "-5")]
    [InlineData("en-GB", "five", null)]
    [InlineData("en-GB", "", null)]
    [InlineData("en-GB", null, null)]
    public void A_separator_of_thousands_counts_only_where_thousands_are(string culture, string? text, string? amount)
        => Assert.Equal(amount is null ? null : decimal.Parse(amount, CultureInfo.InvariantCulture), MinorUnits.Read(text, CultureInfo.GetCultureInfo(culture)));
}
