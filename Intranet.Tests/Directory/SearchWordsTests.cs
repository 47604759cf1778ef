using Intranet.Data.Directory;

namespace Intranet.Tests.Directory;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("SecurityScanAPI", "securityscanapi", "security", "scan", "api", "securityscan", "scanapi")]
    [InlineData("HTTPServer2", "httpserver2", "http", "server2")]
    [InlineData("data-lake_core", "datalakecore", "data", "lake", "core", "datalake", "lakecore")]
    [InlineData("x", "x")]
    [InlineData("---")]
    [InlineData("")]
    public void An_identifier_is_found_by_its_parts_and_neighbours(string name, params string[] words)
        => Assert.Equal(words.Order(StringComparer.Ordinal), SearchWords.OfIdentifier(name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Anne-Marie", "annemarie", "anne", "marie")]
    [InlineData("O'Brien", "obrien", "o", "brien")]
    [InlineData("van der Meer", "van", "der", "meer")]
    [InlineData("Zoë", "zoe")]
    public void A_name_is_found_by_its_parts(string name, params string[] words)
        => Assert.Equal(words.Order(StringComparer.Ordinal), SearchWords.OfName(name).Order(StringComparer.Ordinal));

    [Fact]
    public void A_person_is_found_by_name_address_chat_name_and_number()
    {
        var words = SearchWords.OfEmployee("Jean-Luc", "Picard", "jl.picard@sc1701d.example", "captain", "1701").ToHashSet();
        Assert.Superset(new HashSet<string> { "jeanluc", "jean", "luc", "picard", "jl", "jl.picard@sc1701d.example", "captain", "1701" }, words);
    }

    [Theory]
    [InlineData("picard jean", "picard", "jean")]
    [InlineData("O'Brien", "obrien")]
    [InlineData("jl.picard@sc1701d.example", "jl.picard@sc1701d.example")]
    [InlineData("@captain", "captain")]
    [InlineData("data-lake", "data", "lake")]
    [InlineData("a a A", "a")]
    [InlineData("% _ ; --")]
    [InlineData("")]
    public void A_query_is_its_words_the_longest_first(string query, params string[] words) => Assert.Equal(words, SearchWords.OfQuery(query));

    [Fact]
    public void No_word_is_longer_than_its_column_and_a_query_has_six_at_most()
    {
        var long10k = new string('x', 10_000);
        Assert.All(SearchWords.OfIdentifier(long10k).Concat(SearchWords.OfName(long10k)).Concat(SearchWords.OfQuery(long10k)), word => Assert.True(word.Length <= SearchWord.MaxLength));
        Assert.Equal(6, SearchWords.OfQuery("one two three four five six seven eight").Count);
        Assert.True(SearchWords.OfIdentifier(string.Concat(Enumerable.Range(0, 500).Select(i => $"Part{(char)('a' + (i % 26))}"))).Count() <= 56);
    }
}
