using Intranet.Data.Contacts;

namespace Intranet.Tests.Contacts;

public sealed class GenericValuesTests
{
    [Theory]
    [InlineData("info@example.com", true)]
    [InlineData("sales@example.com", true)]
    [InlineData("noreply@example.com", true)]
    [InlineData("informer@example.com", false)]
    [InlineData("info.desk@example.com", false)]
    [InlineData("test@example.com", false)]
    [InlineData("info", false)]
    public void Mailboxes_of_a_role_are_nobodys(string email, bool isGeneric) => Assert.Equal(isGeneric, GenericValues.IsGenericEmail(email));

    [Theory]
    [InlineData("0000000000", true)]
    [InlineData("00000", true)]
    [InlineData("1111111111", true)]
    [InlineData("0000", true)]
    [InlineData("0", true)]
    [InlineData("111", false)]
    [InlineData("", false)]
    [InlineData("0000000001", false)]
    [InlineData("123456", false)]
    // Invented or not, these are numbers that somebody can have.
    [InlineData("9999999999", false)]
    [InlineData("9876543210", false)]
    [InlineData("1234567890", false)]
    public void Numbers_that_no_plan_gives_out_are_nobodys(string phone, bool isGeneric) => Assert.Equal(isGeneric, GenericValues.IsGenericPhone(phone));
}
