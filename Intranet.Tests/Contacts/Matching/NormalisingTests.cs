using Intranet.Data.Contacts.Matching;

namespace Intranet.Tests.Contacts.Matching;

public sealed class NormalisingTests
{
    [Theory]
    [InlineData("O'Connor", "oconnor")]
    [InlineData("  Müller-Lüdenscheidt ", "muller ludenscheidt")]
    [InlineData("Małgorzata", "malgorzata")]
    [InlineData("STRASSE", "strasse")]
    [InlineData("Straße", "strasse")]
    [InlineData(null, "")]
    public void Text_is_folded(string? text, string folded) => Assert.Equal(folded, FoldText.Words(text));

    [Theory]
    [InlineData("1980-02-29", 19800229)]
    [InlineData("1980-02-29T00:00:00", 19800229)]
    [InlineData("19800229", 19800229)]
    [InlineData("29.2.1980", 19800229)]
    [InlineData("2/29/1980", 19800229)]
    [InlineData("29 Feb 1980", 19800229)]
    [InlineData("February 29, 1980", 19800229)]
    [InlineData("29.2.80", 19800229)]
    [InlineData("1980", 19800000)]
    [InlineData("1980-02", 19800200)]
    [InlineData("unknown", 0)]
    [InlineData("", 0)]
    public void Days_are_read(string text, int day) => Assert.Equal(day, Birth.Parse(text));

    [Theory]
    [InlineData("01/02/1980", true)]
    [InlineData("1.2.80", true)]
    [InlineData("3-4-1980 00:00", true)]
    [InlineData("13/02/1980", false)]
    [InlineData("02/13/1980", false)]
    [InlineData("01/01/1980", false)]
    [InlineData("1980-02-01", false)]
    [InlineData("19800201", false)]
    [InlineData("1 Feb 1980", false)]
    [InlineData("02/1980", false)]
    [InlineData("0/1/1980", false)]
    [InlineData("", false)]
    public void Which_days_may_be_read_in_two_ways_is_told(string text, bool either) => Assert.Equal(either, Birth.IsAmbiguous(text));

    [Theory]
    [InlineData("+44 (0) 7442 198491", "07442198491")]
    [InlineData("0044 7442198491", "7442 198 491")]
    [InlineData("(818) 482-3988", "1 818.482.3988")]
    [InlineData("310/246-1501", "310-246-1501")]
    [InlineData("020 7946 0018 ext. 12", "+44 20 7946 0018")]
    public void Phones_are_one_however_they_are_written(string a, string b)
    {
        var (x, y) = (PhoneDigits.Parse(a), PhoneDigits.Parse(b));
        Assert.Equal(FieldLevels.PhoneEqual, CompareValues.Phones(x.Number, x.Length, y.Number, y.Length));
    }

    [Theory]
    [InlineData("0000000000")]
    [InlineData("123456789")]
    [InlineData("n/a")]
    [InlineData("1234")]
    public void What_is_nobody_s_phone_is_none(string text) => Assert.Equal(0UL, PhoneDigits.Parse(text).Number);

    [Theory]
    [InlineData("12 High Street", null, "12", "high st")]
    [InlineData("Hauptstraße 5", null, "5", "hauptstr")]
    [InlineData("162Maple Court", null, "162", "maple ct")]
    [InlineData("112 Highland Ct, Apt 12", null, "112", "highland ct")]
    [InlineData("High St.", "12b", "12b", "high st")]
    [InlineData("38", null, "38", "")]
    public void Streets_are_parted(string street, string? number, string houseNumber, string words)
    {
        var parts = StreetParts.Parse(street, number);
        Assert.Equal((houseNumber, words), (parts.Number, string.Join(' ', parts.Words)));
    }

    [Theory]
    [InlineData(null, null, "Lovelace, Ada", "ada", "lovelace")]
    [InlineData(null, null, "Ada King Lovelace", "ada king", "lovelace")]
    [InlineData(null, null, "Ludwig van Beethoven", "ludwig", "vanbeethoven")]
    [InlineData(null, null, "Stephanie Salner-Harris", "stephanie", "salner harris")]
    [InlineData(null, null, "Dr. Ada Lovelace", "ada", "lovelace")]
    [InlineData("Ada", "Lovelace", "Somebody Else", "ada", "lovelace")]
    [InlineData(null, null, "Plato", "", "plato")]
    public void Names_are_parted(string? given, string? family, string? full, string givenWords, string familyWords)
    {
        var name = NameParts.Parse(given, family, full);
        Assert.Equal((givenWords, familyWords), (string.Join(' ', name.Given), string.Join(' ', name.Family)));
    }

    [Theory]
    [InlineData("Pioneer Insurance Corporation", "pioneer insurance")]
    [InlineData("Johnson & Smith Private Limited", "johnson smith")]
    [InlineData("Ulwood & Clark S.A.R.L.", "ulwood clark")]
    [InlineData("Müller GmbH & Co. KG", "muller")]
    [InlineData("Limited", "limited")]
    public void Companies_lose_their_legal_form(string name, string words) => Assert.Equal(words, string.Join(' ', CompanyWords.Of(name)));

    [Fact]
    public void Mailboxes_of_desks_and_free_mail_are_known()
    {
        Assert.True(EmailParts.Parse("Info@Example.org").IsGeneric);
        Assert.False(EmailParts.Parse("ada@lovelace.example").IsGeneric);
        Assert.True(EmailParts.Parse("ada@gmail.com").IsFreeMail);
        Assert.Equal("", EmailParts.Parse("no address").Local);
    }

    [Theory]
    [InlineData("bill", "william", true)]
    [InlineData("peggy", "margaret", true)]
    [InlineData("alexander", "alexandra", false)]
    [InlineData("alex", "alexandra", true)]
    public void Short_forms_are_known(string a, string b, bool one) => Assert.Equal(one, Nicknames.Share(Nicknames.GroupsOf(a), Nicknames.GroupsOf(b)));
}
