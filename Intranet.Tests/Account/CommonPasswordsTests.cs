using Intranet.Web.Pages.Account;

namespace Intranet.Tests.Account;

public sealed class CommonPasswordsTests
{
    [Theory]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("Abc123Abc123")]
    [InlineData("123456789012")]
    [InlineData("0987654321098")]
    [InlineData("abcdefghijkl")]
    [InlineData("qwertyuiop123")]
    [InlineData("1234567890qwerty")]
    [InlineData("QWERTZUIOPas")]
    [InlineData("unbelievable")]
    [InlineData("Password1234")]
    public void What_everybody_tries_first_is_common(string password) => Assert.True(CommonPasswords.IsCommon(password));

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("Engage-1701-D!")]
    [InlineData("drei Tassen Tee")]
    [InlineData("密码密码一二三四五六七八")]
    public void A_few_words_are_not(string password) => Assert.False(CommonPasswords.IsCommon(password));
}
