using Intranet.Web.Pages.Contacts.Duplicates;

namespace Intranet.Tests.Contacts.Duplicates;

public sealed class ReviewDifferenceTests
{
    /// <summary>What the other text hasn't stands in brackets.</summary>
    [Theory]
    [InlineData("Smith", "Smith", "Smith", "Smith")]
    [InlineData("Smith", "Smyth", "Sm[i]th", "Sm[y]th")]
    [InlineData("Jon", "John", "Jon", "Jo[h]n")]
    [InlineData("Ada", "Bob", "[Ada]", "[Bob]")]
    [InlineData("", "Bob", "", "[Bob]")]
    [InlineData("", "", "", "")]
    [InlineData("12 Main Street", "12 Main St", "12 Main [Street]", "12 Main [St]")]
    [InlineData("12 Oak Road", "14 Oak Road", "1[2] Oak Road", "1[4] Oak Road")]
    [InlineData("Old Mill Lane", "Mill Lane", "[Old ]Mill Lane", "Mill Lane")]
    [InlineData("ada@x.example", "ada@y.example", "ada@[x].example", "ada@[y].example")]
    [InlineData("ada", "Ada", "[a]da", "[A]da")]
    [InlineData("Zoe\u0301", "Zoe", "Zo[e\u0301]", "Zo[e]")]
    [InlineData("👩🏽 Ada", "👩🏿 Ada", "[👩🏽] Ada", "[👩🏿] Ada")]
    public void Only_what_the_other_has_not_is_marked(string one, string other, string marked, string otherMarked)
    {
        var (left, right) = TextDifference.Of(one, other);

        Assert.Equal((marked, otherMarked), (Text(left), Text(right)));
        // The other way round as well, and nothing gets lost.
        Assert.Equal((one, other), (string.Concat(left.Select(piece => piece.Text)), string.Concat(right.Select(piece => piece.Text))));
    }

    private static string Text(IEnumerable<TextPiece> pieces) => string.Concat(pieces.Select(piece => piece.Differs ? $"[{piece.Text}]" : piece.Text));
}
