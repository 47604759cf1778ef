using Intranet.Data.Contacts;

namespace Intranet.Tests.Contacts;

public sealed class NameAgreementTests
{
    [Theory]
    [InlineData("Ada", "Lovelace", "Ada", "Lovelace")]
    [InlineData("Ada", "Lovelace", "ADA", "lovelace")]
    [InlineData("Bob", "Smith", "Robert", "Smith")]
    [InlineData("R", "Smith", "Robert", "Smith")]
    [InlineData("Jhon", "Smith", "John", "Smith")]
    [InlineData("Smith", "John", "John", "Smith")]
    [InlineData("Anna Maria", "Rossi", "Maria", "Rossi")]
    [InlineData("Jonathan", "Featherstone", "Jonathon", "Fetherstone")]
    [InlineData(null, null, "John", "Smith")]
    [InlineData(null, "Smith", "John", "Smith")]
    public void Two_spellings_of_one_name_agree(string? given, string? family, string? otherGiven, string? otherFamily)
        => Both(new(given, family, null, null), new(otherGiven, otherFamily, null, null), differ: false);

    [Theory]
    [InlineData("John", "Smith", "Joan", "Smith")]
    [InlineData("Mary", "Jones", "Peter", "Jones")]
    [InlineData("John", "Smith", "John", "Taylor")]
    [InlineData("Tomasz Alexandra", "Brown", "Ines Alexandra", "Brown")]
    [InlineData("Ada", "Lovelace", "Charles", "Babbage")]
    public void Different_people_on_one_line_clearly_differ(string given, string family, string otherGiven, string otherFamily)
        => Both(new(given, family, null, null), new(otherGiven, otherFamily, null, null), differ: true);

    [Fact]
    public void A_full_name_is_read_in_parts()
    {
        Both(new(null, null, "Lovelace, Ada", null), new("Ada", "Lovelace", null, null), differ: false);
        Both(new(null, null, "Ada Lovelace", null), new("Charles", "Babbage", null, null), differ: true);
    }

    [Fact]
    public void People_are_compared_by_all_their_names_and_one_that_both_have_decides()
    {
        NameAgreement.Who ada = new("Ada", "Lovelace", null, null), byron = new("Ada", "Byron", null, null), charles = new("Charles", "Babbage", null, null), nobody = default;
        Assert.True(NameAgreement.ClearlyDiffer([ada], [nobody, charles]));
        Assert.False(NameAgreement.ClearlyDiffer([ada], [byron, new(null, null, "Lovelace, Ada", null)]));
        Assert.False(NameAgreement.ClearlyDiffer([ada], []));
        Assert.False(NameAgreement.ClearlyDiffer([ada], [nobody]));
    }

    [Theory]
    [InlineData("1950-03-01", "1978-11-20", true)]
    [InlineData("1950-03-01", "1950-03-01", false)]
    [InlineData("1950-03-01", "1950-01-03", false)]
    [InlineData("1950-03-01", null, false)]
    public void Father_and_son_of_one_name_are_told_apart_by_their_birth_dates(string birth, string? other, bool differ)
        => Both(new("John", "Smith", null, birth), new("John", "Smith", null, other), differ);

    private static void Both(NameAgreement.Who one, NameAgreement.Who other, bool differ)
    {
        Assert.Equal(differ, NameAgreement.ClearlyDiffer(one, other));
        Assert.Equal(differ, NameAgreement.ClearlyDiffer(other, one));
    }
}
