using System.ComponentModel.DataAnnotations;
using Intranet.Web.Infrastructure;

namespace Intranet.Tests.Infrastructure;

public sealed class AddressListTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(" , ;\r\n\t ")]
    [InlineData("a@x.example", "a@x.example")]
    [InlineData("a@x.example,b@x.example; c@x.example\r\nd@x.example\te@x.example", "a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example")]
    [InlineData("a@x.example A@X.example", "a@x.example")]
    public void A_text_is_cut_into_addresses(string? text, params string[] addresses) => Assert.Equal(addresses, AddressList.Parse(text));

    // Browsers refuse most of these in a field for addresses; programs and forms made by hand don't.
    [Theory]
    [InlineData("a@x.example", true)]
    [InlineData(" a@x.example ", true)]
    [InlineData("jörg@müller.example", true)]
    [InlineData("a+b@x.example", true)]
    [InlineData("a@x.example, b@x.example", false)]
    [InlineData("a@x.example a@x.example", false)]
    [InlineData("a@x.example;", false)]
    [InlineData("Jane <a@x.example>", false)]
    [InlineData("a@x.example\r\nBcc: b@x.example", false)]
    [InlineData("a@b", false)]
    [InlineData("a@@x.example", false)]
    [InlineData("\"a b\"@x.example", false)]
    [InlineData("a@x..example", false)]
    [InlineData(".a@x.example", false)]
    public void A_persons_address_is_one_address(string text, bool valid)
        => Assert.Equal(valid, Validator.TryValidateValue(text, new ValidationContext(text) { MemberName = "EmailId" }, null, [new AddressAttribute()]));

    [Fact]
    public void No_address_is_longer_than_its_column()
    {
        var text = $"a@{string.Join('.', Enumerable.Repeat(new string('b', 60), 5))}.example";

        Assert.False(Validator.TryValidateValue(text, new ValidationContext(text) { MemberName = "EmailId" }, null, [new AddressAttribute()]));
    }
}
