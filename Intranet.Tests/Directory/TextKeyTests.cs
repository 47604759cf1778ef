using Intranet.Data.Directory;

namespace Intranet.Tests.Directory;

public sealed class TextKeyTests
{
    [Theory]
    [InlineData("SecurityScanAPI", "  securityscanapi ")]
    [InlineData("Straße", "STRAßE")]
    [InlineData("Élan", "élan")]
    public void Names_are_the_same_without_case_and_outer_blanks(string one, string other) => Assert.Equal(TextKey.Name(one), TextKey.Name(other));

    [Theory]
    [InlineData("Elan", "Élan")]
    [InlineData("Security Scan", "SecurityScan")]
    [InlineData("a-b", "a_b")]
    public void Names_that_differ_otherwise_are_different(string one, string other) => Assert.NotEqual(TextKey.Name(one), TextKey.Name(other));

    [Theory]
    [InlineData(" Jean.Luc@SC1701D.example", "jean.luc@sc1701d.example", true)]
    [InlineData("jean.luc@sc1701d.example", "jeanluc@sc1701d.example", false)]
    [InlineData("jean+x@sc1701d.example", "jean@sc1701d.example", false)]
    public void Addresses_compare_without_case_but_keep_dots_and_plus(string one, string other, bool same) => Assert.Equal(same, TextKey.Email(one) == TextKey.Email(other));

    [Theory]
    [InlineData("42", "0042", true)]
    [InlineData("42", " 42 ", true)]
    [InlineData("42", "420", false)]
    [InlineData("ab-7", "AB-7", true)]
    [InlineData("A042", "A42", false)]
    [InlineData("000000000000000000042", "42", false)]
    public void Numbers_of_employees_compare_as_numbers_other_codes_as_text(string one, string other, bool same) => Assert.Equal(same, TextKey.EmpId(one) == TextKey.EmpId(other));

    [Fact]
    public void Numbers_sort_by_value_and_before_codes()
    {
        string[] sorted = ["7", "42", "1001", "A1", "B0"];
        Assert.Equal(sorted, sorted.Reverse().OrderBy(TextKey.EmpId, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("  Jean-Luc   Picard ", "jean-luc picard")]
    [InlineData("ÅSA Lindström", "asa lindstrom")]
    [InlineData("Großmann", "grossmann")]
    [InlineData("Łukasz Ørsted", "lukasz orsted")]
    [InlineData("Æther Œuvre", "aether oeuvre")]
    [InlineData("a\tb\nc", "abc")]
    [InlineData("北京", "北京")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    public void Folding_leaves_plain_lower_case_with_single_blanks(string text, string folded) => Assert.Equal(folded, TextKey.Fold(text));

    [Fact]
    public void Folding_twice_changes_nothing_more()
    {
        foreach (var text in new[] { "Ǆ Ⅳ ﬁ", "İstanbul", "ß", "e\u0301\u0323", "👩‍🚀 Zoë" })
            Assert.Equal(TextKey.Fold(text), TextKey.Fold(TextKey.Fold(text)));
    }
}
