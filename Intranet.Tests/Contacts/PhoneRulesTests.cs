using Intranet.Data.Contacts;

namespace Intranet.Tests.Contacts;

public sealed class PhoneRulesTests
{
    [Theory]
    [InlineData("IN", "9999999999", "+91 99999 99999", "919999999999", "0 99999-99999", "0091 9999999999", "(+91) 99999.99999")]
    [InlineData("IN", "6598765432", "+91 65987 65432")]
    [InlineData("IN", "9199999999", "+91 91999 99999", "91999-99999")]
    [InlineData("US", "8184823988", "(818) 482-3988", "+1 818 482 3988", "1-818-482-3988")]
    [InlineData("GB", "2079460000", "020 7946 0000", "+44 (0)20 7946 0000", "0044 20 7946 0000")]
    [InlineData("DE", "301234567", "030 1234567", "+49 30 1234567", "+49 (0) 30 / 123 45 67", "(+49) 30 1234567", "tel:+49-30-1234567")]
    [InlineData("IN", "9820303253", "९८२०३ ०३२५३", "٩٨٢٠٣٠٣٢٥٣", "＋９１　９８２０３　０３２５３", "𝟗𝟖𝟐𝟎𝟑 𝟎𝟑𝟐𝟓𝟑", "98203 ०३२५३")]
    [InlineData("IN", "4479460000", "4479460000")]
    [InlineData("IN", "123456", "123456", "12-34-56", "123 456")]
    [InlineData("IN", "911", "911")]
    [InlineData("IN", "0000000000", "0000000000", "000-000-0000")]
    public void Spellings_of_one_number_have_one_key(string home, string key, params string[] spellings)
    {
        var rules = new PhoneRules(home);
        Assert.All(spellings, spelling => Assert.Equal(key, rules.Key(spelling)));
    }

    [Theory]
    [InlineData("IN", "+44 20 7946 0000", "442079460000")]
    [InlineData("IN", "0044 20 7946 0000", "442079460000")]
    [InlineData("IN", "442079460000", "442079460000")]
    public void A_number_abroad_keeps_its_calling_code(string home, string phone, string key)
        => Assert.Equal(key, new PhoneRules(home).Key(phone));

    [Theory]
    [InlineData("045 807 2104", "61458072104")]
    [InlineData("45-807-2104", "61458072104")]
    [InlineData("020 7946 0000", "442079460000")]
    [InlineData("(818) 482-3988", "18184823988")]
    public void As_written_at_home_a_number_is_looked_up_abroad(string phone, string key)
        => Assert.Contains(key, new PhoneRules("IN").KeysAbroad(phone));

    [Theory]
    [InlineData("+44 20 7946 0000")]
    [InlineData("0044 20 7946 0000")]
    [InlineData("123456")]
    public void With_a_calling_code_or_too_short_it_is_not(string phone) => Assert.Empty(new PhoneRules("IN").KeysAbroad(phone));

    [Theory]
    [InlineData("ring 09820011111 today", "9820011111")]
    [InlineData("12.05. +91 (98200) 11-111, 3 boxes", "9820011111")]
    [InlineData("2026-11-28 9820011111 2026-11-29", "9820011111")]
    [InlineData("+44 20 7946 0000", "442079460000")]
    [InlineData("ring 98200 - 11111", "9820011111")]
    [InlineData("ring 98200\u00A011111", "9820011111")]
    [InlineData("फ़ोन ९८२०० ११११२", "9820011112")]
    [InlineData("ring 98200\u201311111 or 98200\u201111112", "9820011112")]
    public void A_number_is_found_in_a_text(string text, string key) => Assert.Contains(key, new PhoneRules("IN").KeysIn(text));

    [Theory]
    [InlineData("")]
    [InlineData("12345 of them")]
    [InlineData("98200111111")]
    [InlineData("98200, 11111")]
    public void What_is_longer_or_parted_otherwise_is_not_that_number(string text) => Assert.DoesNotContain("9820011111", new PhoneRules("IN").KeysIn(text));

    [Theory]
    [InlineData("")]
    [InlineData("call me")]
    [InlineData("+")]
    [InlineData("½ ² Ⅷ")]
    public void Without_a_digit_there_is_no_number(string phone) => Assert.Null(new PhoneRules("IN").Key(phone));

    [Fact]
    public void An_unknown_country_is_refused_with_the_known_ones()
        => Assert.Contains("DE", Assert.Throws<ArgumentException>(() => new PhoneRules("XX")).Message, StringComparison.Ordinal);
}
