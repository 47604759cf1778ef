using Intranet.Data.Contacts;
using static Intranet.Tests.Contacts.ContactsGiven;

namespace Intranet.Tests.Contacts;

/// <summary>Contacts in the search over everything.</summary>
public sealed class ContactSuggestionsTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task A_person_is_found_by_what_any_of_its_contacts_says_and_leads_to_the_primary()
    {
        var (name, company, number) = (Given.Unique("Zinaida") + "x", Given.Unique("Quill") + "x", Phone());
        var primary = await app.Contact(name, "Orlova", NewEmail("first"));
        var second = await app.Contact(name, "Orlova", NewEmail("second"), number, company);
        await app.Linked(primary, second);
        using var client = await app.SignedInAs(Cast.Employee);

        foreach (var typed in new[] { name, company, second.Email!, $"+91 ({number[..5]}) {number[5..]}" })
        {
            var page = (await client.PageAsync("/search?q=" + Uri.EscapeDataString(typed))).MustBeOk();
            Assert.Equal("Contacts", page.Texts("#results h2")[^1]);
            Assert.Equal([$"/contacts/{primary.Id}"], page.All("#results a.hit").Select(hit => hit.GetAttribute("href")));
            Assert.Equal([$"{name} Orlova"], page.Texts(".hit-name"));
            var all = page.All("#results p a").Single(link => link.Words() == "Show all contacts that match").GetAttribute("href")!;
            Assert.Contains($"#contact-{second.Id}", $"#{string.Join(" #", (await client.PageAsync(all)).MustBeOk().All("#results tbody tr").Select(row => row.Id))}", StringComparison.Ordinal);
            var list = (await client.PageAsync("/search/suggestions?q=" + Uri.EscapeDataString(typed))).MustBeOk();
            Assert.Equal([$"/contacts/{primary.Id}"], list.All("[role=group][aria-label=Contacts] [role=option]").Select(option => option.GetAttribute("href")));
        }

        Assert.Equal([$"{company}, {second.Email}, {number}"], (await client.PageAsync("/search?q=" + company)).Texts(".hit-text"));
    }

    [Fact]
    public async Task Twenty_people_are_shown_and_five_while_typing_without_deleted_ones()
    {
        var word = Given.Unique("Crowd") + "x";
        for (var i = 0; i < 23; i++)
            await app.Contact(word, $"Person{i}x");
        var gone = await app.Contact(word, "Gonex");
        await app.Operation<DeleteContact, bool>(delete => delete.RunAsync(gone.Id));
        using var client = await app.SignedInAs(Cast.Employee);

        var names = (await client.PageAsync("/search?q=" + word)).MustBeOk().Texts(".hit-name");

        Assert.Equal(20, names.Count);
        Assert.DoesNotContain($"{word} Gonex", names);
        Assert.Equal(5, (await client.PageAsync("/search/suggestions?q=" + word)).All("[role=option]").Count);
        Assert.Empty((await client.PageAsync("/search/suggestions?q=" + word + " gonex")).All("[role=option]"));
    }

    [Fact]
    public async Task The_directory_comes_first_and_a_corrected_spelling_only_where_nobody_is_called_so()
    {
        var word = Given.Unique("Marlene") + "x";
        var colleague = await app.Given.Employee(word, "Able");
        var contact = await app.Contact(word + "a", "Baker");
        using var client = await app.SignedInAs(Cast.Employee);

        var both = (await client.PageAsync("/search?q=" + word)).MustBeOk();
        var one = (await client.PageAsync($"/search?q={word}a")).MustBeOk();

        Assert.Equal(["People", "Contacts"], both.Texts("#results h2"));
        Assert.Equal([$"/directory/people/{colleague.Id}", $"/contacts/{contact.Id}"], both.All("a.hit").Select(hit => hit.GetAttribute("href")));
        Assert.Equal([$"/contacts/{contact.Id}"], one.All("a.hit").Select(hit => hit.GetAttribute("href")));
        Assert.DoesNotContain("Did you mean", one.Text, StringComparison.Ordinal);
        Assert.Contains("Did you mean", (await client.PageAsync($"/search?q={word}b")).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_of_queries_does_not_grow_with_the_contacts()
    {
        var counter = new QueryCounter();
        await using var own = await RunningApp.StartAsync(options => options.Services = counter.Listen);
        await own.Contact("Anna", "Berg", company: "Maple");
        using var client = await own.SignedInAs(Cast.Employee);
        string[] addresses = ["/search?q=anna", "/search?q=anna+berg+maple", "/search?q=anna%40shop.example", "/search?q=98200", "/search/suggestions?q=anna"];
        var few = new Dictionary<string, int>();
        foreach (var address in addresses)
            few[address] = await counter.OfPageAsync(client, address);
        for (var i = 0; i < 30; i++)
            await own.Linked(await own.Contact("Anna", "Berg", $"anna{i}@shop.example", $"98200{i:00000}", "Maple"), await own.Contact("Anna", "Berg", company: "Maple"));

        foreach (var address in addresses)
            Assert.Equal((address, few[address]), (address, await counter.OfPageAsync(client, address)));
        Assert.All(few, count => Assert.InRange(count.Value, 1, 20));
    }
}
