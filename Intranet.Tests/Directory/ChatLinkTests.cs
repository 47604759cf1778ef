using Intranet.Data.Directory;
using Intranet.Web.Pages.Directory;
using Microsoft.Extensions.Configuration;

namespace Intranet.Tests.Directory;

public sealed class ChatLinkTests
{
    [Theory]
    [InlineData("https://chat.example.com/direct/{user}", "ada", "https://chat.example.com/direct/ada")]
    [InlineData("msteams:/l/chat/0/0?users={user}", "ada&x=1", "msteams:/l/chat/0/0?users=ada%26x%3D1")]
    public void A_chat_name_becomes_part_of_the_configured_address(string template, string user, string address)
        => Assert.Equal(address, Of(template).To(user));

    [Fact]
    public void Without_a_configured_address_or_a_name_there_is_no_link()
    {
        Assert.Null(Of(null).To("ada"));
        Assert.Null(Of("").To("ada"));
        Assert.Null(Of("https://chat.example.com/{user}").To(""));
    }

    [Theory]
    [InlineData("https://chat.example.com/")]
    [InlineData("chat/{user}")]
    [InlineData("javascript:alert('{user}')")]
    public void An_address_that_cannot_be_one_says_what_to_write(string template)
        => Assert.Contains("Directory:ChatLink is", Assert.Throws<InvalidOperationException>(() => Of(template)).Message, StringComparison.Ordinal);

    private static ChatLink Of(string? template)
        => new(new ConfigurationBuilder().AddInMemoryCollection([new("Directory:ChatLink", template)]).Build());

    public sealed class WithChat() : RunningApp(options => options.Settings["Directory:ChatLink"] = "https://chat.example.com/direct/{user}");

    public sealed class OnPages(WithChat app) : IClassFixture<WithChat>
    {
        [Fact]
        public async Task The_answer_card_and_the_person_page_open_the_chat()
        {
            var product = await app.Given.Product();
            var owner = await app.Given.Employee(chat: "grace.h");
            await app.Given.Assignment(owner, product, role: AssignmentRole.Owner);

            using var client = await app.SignedInAs(Cast.Employee);
            foreach (var url in new[] { $"/directory/products/{product.Id}", $"/directory/people/{owner.Id}" })
            {
                var page = (await client.PageAsync(url)).MustBeOk();
                Assert.Contains(page.All("a"), link => link.GetAttribute("href") == "https://chat.example.com/direct/grace.h");
            }
        }
    }
}
