using System.Text;
using Intranet.Data.Directory;

namespace Intranet.Tests.Directory;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@x.example")]
    [InlineData("ada.o'neil+list@mail.x-y.example")]
    [InlineData("jürgen@bücher.example")]
    [InlineData("हिन्दी@उदाहरण.भारत")]
    [InlineData("क़@क़.भारत")]
    [InlineData("нина@почта.рф")]
    public void An_address_in_any_script_is_one_however_its_accents_are_written(string address)
    {
        foreach (var form in new[] { NormalizationForm.FormC, NormalizationForm.FormD })
        {
            Assert.True(EmailAddress.IsPlausible(address.Normalize(form)), $"{form}");
            Assert.Equal(TextKey.Email(address), TextKey.Email($" {address.Normalize(form).ToUpperInvariant()} "));
        }
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("ada@x")]
    [InlineData("ada@@x.example")]
    [InlineData(".ada@x.example")]
    [InlineData("a..da@x.example")]
    [InlineData("ada.@x.example")]
    [InlineData("ada@-x.example")]
    [InlineData("ada@x-.example")]
    [InlineData("ada @x.example")]
    [InlineData("\u0308ada@x.example")]
    [InlineData("a-\u0308@x.example")]
    [InlineData("ada@\u0308.example")]
    [InlineData("ada\uD800@x.example")]
    public void What_is_none_is_refused(string address) => Assert.False(EmailAddress.IsPlausible(address));

    [Fact]
    public void The_longest_parts_are_counted_composed()
    {
        Assert.True(EmailAddress.IsPlausible($"{string.Concat(Enumerable.Repeat("u\u0308", 64))}@x.example"));
        Assert.False(EmailAddress.IsPlausible($"{new string('ü', 65)}@x.example"));
        Assert.True(EmailAddress.IsPlausible($"a@{new string('x', 63)}.example"));
        Assert.False(EmailAddress.IsPlausible($"a@{new string('x', 64)}.example"));
    }
}
