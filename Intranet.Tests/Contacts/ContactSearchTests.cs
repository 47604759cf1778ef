using Intranet.Data.Contacts;

namespace Intranet.Tests.Contacts;

/// <summary>What is typed into the search box, by itself.</summary>
public sealed class ContactSearchTests
{
    [Theory]
    [InlineData("98203 03253")]
    [InlineData("+91 (98203) 03.253")]
    [InlineData("98203\u201303253")]
    [InlineData("98203\u201103253")]
    [InlineData("98203\u00B703253")]
    [InlineData("98203_03253")]
    [InlineData("98203,03253")]
    [InlineData("[98203] 03253")]
    [InlineData("\u202A+91 98203 03253\u202C")]
    [InlineData("tel:+919820303253")]
    [InlineData("Tel. 98203 03253")]
    [InlineData("TEL 98203 03253")]
    [InlineData("९८२०३ ०३२५३")]
    public void A_number_is_one_in_any_formatting(string text) => Assert.Equal(ContactSearch.Kind.Phone, ContactSearch.KindOf(text));

    [Theory]
    [InlineData("1&1", ContactSearch.Kind.Words)]
    [InlineData("100% Fitness", ContactSearch.Kind.Words)]
    [InlineData("100%", ContactSearch.Kind.Words)]
    [InlineData("Telford 21", ContactSearch.Kind.Words)]
    [InlineData("Tel Aviv", ContactSearch.Kind.Words)]
    [InlineData("3M", ContactSearch.Kind.Words)]
    [InlineData("98203@x.example", ContactSearch.Kind.Email)]
    [InlineData("()", ContactSearch.Kind.Nothing)]
    [InlineData(" ", ContactSearch.Kind.Everything)]
    public void All_else_is_what_it_was(string text, ContactSearch.Kind kind) => Assert.Equal(kind, ContactSearch.KindOf(text));
}
