using Intranet.Data.Directory;

namespace Intranet.Tests.Directory;

public sealed class SpellingTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    [InlineData(7, 1)]
    [InlineData(8, 2)]
    [InlineData(64, 2)]
    public void The_longer_the_word_the_more_errors_are_forgiven(int length, int errors) => Assert.Equal(errors, Spelling.Tolerance(length));

    [Theory]
    [InlineData("picard", "picard", 0)]
    [InlineData("pica", "picard", 0)]        // a beginning
    [InlineData("pikard", "picard", 1)]      // another letter
    [InlineData("piard", "picard", 1)]       // a letter missing
    [InlineData("piccard", "picard", 1)]     // one too many
    [InlineData("pciard", "picard", 1)]      // two swapped
    [InlineData("oicard", "picard", 1)]      // the first wrong
    [InlineData("pic", "pick", 0)]
    [InlineData("pix", "picard", null)]      // three letters forgive nothing
    [InlineData("pikkrd", "picard", null)]   // two errors in six letters
    [InlineData("securitty", "securityscanapi", 1)]
    [InlineData("secuirtyscnapi", "securityscanapi", 2)]
    [InlineData("sceuirtyscnapi", "securityscanapi", null)]
    [InlineData("picards", "picard", 1)]
    [InlineData("longerthanword", "long", null)]
    public void Errors_are_counted_to_the_nearest_beginning(string typed, string word, int? errors) => Assert.Equal(errors, Spelling.Errors(typed, word));

    [Theory]
    [InlineData("picard", "pikard")]
    [InlineData("picard", "pcard")]
    [InlineData("picard", "piccard")]
    [InlineData("picard", "ipcard")]
    [InlineData("security", "secuirtty")]
    [InlineData("kubernetes", "kubrnets")]
    public void A_misspelling_shares_a_variant_with_its_word(string word, string typed)
        => Assert.NotEmpty(Spelling.Variants(word).Intersect(Spelling.Variants(typed), StringComparer.Ordinal));

    [Fact]
    public void Short_words_have_no_variants_and_none_is_empty()
    {
        Assert.Empty(Spelling.Variants("abc"));
        Assert.DoesNotContain("", Spelling.Variants("aaaa"));
        Assert.Equal(["aaaa", "aaa"], Spelling.Variants("aaaa"));
    }
}
