using System.Net;
using Intranet.Data.Directory;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Directory;

/// <summary>Finding things through the search box, its suggestions and its address.</summary>
public sealed class SearchTests(RunningApp app) : IClassFixture<RunningApp>
{
    private Given Given => app.Given;

    [Theory]
    [InlineData("/directory?handler=Suggestions&q=")]
    [InlineData("/search/suggestions?q=")]
    public async Task Suggestions_name_products_repositories_and_people(string url)
    {
        var word = Word("Quas");
        var product = await Given.Product($"{word}Gateway");
        var repository = await Given.Repository($"{word}Repo");
        var person = await Given.Employee(word, "Smith", title: "Data Scientist");

        var list = await Get(url + word[..^1].ToUpperInvariant());

        Assert.Equal([$"Products: {product.Name}", $"Repositories: {repository.Name}", $"People: {word} Smith"],
            list.All("[role=group]").Select(group => $"{group.GetAttribute("aria-label")}: {string.Join(", ", group.QuerySelectorAll(".search-text").Select(text => text.TextContent))}"));
        Assert.Equal([$"/directory?product={product.Name}", $"/directory?repository={repository.Name}", $"/directory/people/{person.Id}"],
            list.All("[role=option]").Select(option => option.GetAttribute("href")));
        Assert.Equal(["Data Scientist, Berlin"], list.Texts(".search-detail"));
        // Only the list: it goes below the box.
        Assert.Empty(list.All("main"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%20%20")]
    [InlineData("%25")]
    [InlineData("---")]
    [InlineData("zzzzqqqqxxxx")]
    public async Task Without_anything_to_suggest_the_list_is_empty(string query)
    {
        await Given.Product();

        Assert.Equal("", (await Get("/search/suggestions?q=" + query)).Html.Trim());
        Assert.Equal("", (await Get("/directory?handler=Suggestions&q=" + query)).Html.Trim());
    }

    [Fact]
    public async Task Suggestions_are_few_and_a_query_too_long_has_none()
    {
        var word = Word("Plenty");
        for (var i = 0; i < 8; i++)
            await Given.Employee(word, $"Person{i}");

        Assert.Equal(5, (await Get("/search/suggestions?q=" + word)).All("[role=option]").Count);
        Assert.Empty((await Get("/search/suggestions?q=" + new string('x', 201))).All("[role=option]"));
    }

    [Fact]
    public async Task Who_has_left_is_neither_suggested_nor_listed_and_crowds_nobody_out()
    {
        var word = Word("Crowd");
        for (var i = 0; i < 40; i++)
            await Given.Employee(word, $"Aaaa{i}", leftOn: app.Clock.Today);
        await Given.Employee(word, "Zander");

        Assert.Equal([$"{word} Zander"], (await Get("/search/suggestions?q=" + word)).Texts(".search-text"));
        Assert.Equal([$"{word} Zander"], (await Get("/search?q=" + word)).Texts(".hit-name"));
        Assert.Equal(["Zander"], await LastNames(word));
        Assert.Equal([], await LastNames($"{word} aaaa1"));
    }

    [Theory]
    [InlineData("securtyscan")] // a letter missing
    [InlineData("secruityscan")] // two swapped
    [InlineData("securityscam")]
    [InlineData("securittyscan")]
    [InlineData("Securty Scan API")]
    public async Task A_typing_error_still_finds_and_asks_did_you_mean(string typed)
    {
        await using var other = await RunningApp.StartAsync();
        await other.Given.Product("SecurityScanAPI");
        using var client = await other.SignedInAs(Cast.Employee);

        var page = (await client.PageAsync("/directory?q=" + Uri.EscapeDataString(typed))).MustBeOk();

        Assert.Contains($"Nothing matches {typed} as typed. Did you mean SecurityScanAPI?", page.One("#results").Words(), StringComparison.Ordinal);
        Assert.Equal(["SecurityScanAPI"], page.Texts(".hit-name"));
        Assert.Equal("/directory?q=SecurityScanAPI", page.One("#results .results-count a").GetAttribute("href"));
        Assert.Equal(["SecurityScanAPI"], (await client.PageAsync("/search/suggestions?q=" + Uri.EscapeDataString(typed))).Texts(".search-text"));
    }

    [Fact]
    public async Task A_misspelled_name_in_the_address_is_answered_with_near_ones()
    {
        var product = await Given.Product(Word("Notifications"));
        var page = await Get($"/directory?product={product.Name.Replace("Noti", "Noty", StringComparison.Ordinal)}");

        Assert.Contains("Did you mean", page.One("#results").Words(), StringComparison.Ordinal);
        Assert.Contains(product.Name, page.Texts("#results a"));
        Assert.Empty(page.All(".answer"));
    }

    [Fact]
    public async Task Nobody_of_a_like_name_is_listed_beside_a_product_that_matches_as_typed()
    {
        await using var own = await RunningApp.StartAsync();
        await own.Given.Product("MarchService");
        await own.Given.Employee("Marcha", "Able");
        await own.Given.Employee("Marsh", "Baker");
        using var client = await own.SignedInAs(Cast.Employee);

        var page = await client.PageAsync("/directory?q=marchs");

        Assert.Equal(["MarchService"], page.MustBeOk().Texts(".hit-name"));
        Assert.Empty(page.All("#results tbody tr"));
        Assert.DoesNotContain("Did you mean", page.Text, StringComparison.Ordinal);
        Assert.Equal(["Marcha"], (await client.PageAsync("/directory?q=march")).Texts("#results tbody td:first-child"));
        // The other way round both are corrected alike, and it says so.
        var corrected = await client.PageAsync("/directory?q=mrcha");
        Assert.Contains("Did you mean", corrected.Text, StringComparison.Ordinal);
        Assert.Equal(["Marcha"], corrected.Texts("#results tbody td:first-child"));
    }

    [Fact]
    public async Task A_misspelled_person_is_found_and_listed()
    {
        var name = Word("Montgomery");
        await Given.Employee("Kathleen", name);

        Assert.Equal([name], await LastNames(name.Replace("gom", "gmo", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("SØREN IPEK")]
    [InlineData("soren ipek")]
    [InlineData("søren İpek")]
    [InlineData("ipek soren")]
    [InlineData("ipek")]
    [InlineData("grosse")]
    [InlineData("GRÖßE")]
    [InlineData("große")]
    [InlineData("lukasz")]
    [InlineData("Łuk")]
    [InlineData("anne-marie")]
    [InlineData("annemarie")]
    [InlineData("marie")]
    [InlineData("obrien")]
    [InlineData("O’Brien")]
    [InlineData("o'brien anne")]
    [InlineData("soe.ren@world.example")]
    [InlineData("SOE.REN@WORLD.EXAMPLE")]
    [InlineData("@soeren_1")]
    [InlineData("soeren_1")]
    [InlineData("0077123")]
    public async Task Case_accents_and_spelling_of_names_do_not_matter(string typed)
    {
        await using var other = await RunningApp.StartAsync();
        await other.Given.Employee("Søren", "İpek", "0077123", "soe.ren@world.example", "soeren_1");
        await other.Given.Employee("Łukasz", "Größe", "0077124", "l.g@world.example", "lg");
        await other.Given.Employee("Anne-Marie", "O'Brien", "0077125", "amo@world.example", "amo");
        using var client = await other.SignedInAs(Cast.Employee);

        var page = (await client.PageAsync("/directory?q=" + Uri.EscapeDataString(typed))).MustBeOk();

        Assert.DoesNotContain("Did you mean", page.Text, StringComparison.Ordinal);
        Assert.Single(page.All("#results tbody tr"));
    }

    [Theory]
    [InlineData("scan", true)]
    [InlineData("SCANA", true)]
    [InlineData("api", true)]
    [InlineData("security api", true)]
    [InlineData("api sec", true)]
    [InlineData("securityscan", true)]
    [InlineData("ecurity", false)] // the middle of a word
    [InlineData("security other", false)]
    public async Task An_identifier_is_found_by_the_beginnings_of_its_parts(string typed, bool found)
    {
        await using var other = await RunningApp.StartAsync();
        await other.Given.Product("SecurityScanAPI");
        using var client = await other.SignedInAs(Cast.Employee);

        var hits = await other.Database(db => db.SearchDirectoryAsync(typed, 5, other.Clock.Today));

        Assert.Equal(found, hits.Corrected is null && hits.Products.Count == 1);
        Assert.Equal(found, (await client.PageAsync("/directory?q=" + Uri.EscapeDataString(typed))).Texts("#results .hit-name").Contains("SecurityScanAPI")
            && hits.Corrected is null);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("a%")]
    [InlineData("[a-z]")]
    [InlineData("*")]
    [InlineData("' OR '1'='1")]
    [InlineData("\"; DROP TABLE Employees; --")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("{{7*7}} ${7*7} @(7*7)")]
    [InlineData("😀👨‍👩‍👧")]
    [InlineData("\u202Ertl")]
    [InlineData("\0\u0001\u001f")]
    [InlineData("\ud800")]
    [InlineData("ﷺﷺﷺ")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x y z")]
    [InlineData("../../etc/passwd")]
    [InlineData("@")]
    [InlineData("@@@@")]
    [InlineData("\\")]
    public async Task Whatever_is_typed_is_only_words(string typed)
    {
        await Given.Assignment();
        foreach (var address in new[] { "/directory?q=", "/directory?product=", "/directory?repository=", "/directory?region=", "/search?q=", "/directory/products?q=", "/directory/repositories?q=" })
        {
            var page = await Get(address + Uri.EscapeDataString(typed));

            Assert.Empty(page.All("main script, main img:not([src*='/assets/'])"));
            if (address.Contains("?q=", StringComparison.Ordinal) && !address.StartsWith("/search", StringComparison.Ordinal) && typed.All(letter => letter > 31 && !char.IsSurrogate(letter)))
                Assert.Equal(typed, page.One("main [name=q]").GetAttribute("value"));
        }

        Assert.Empty(app.Log.Errors);
    }

    [Theory]
    [InlineData("/directory?q=")]
    [InlineData("/directory?product=")]
    [InlineData("/directory?repository=")]
    [InlineData("/directory?region=")]
    [InlineData("/directory?city=")]
    [InlineData("/directory?title=")]
    [InlineData("/search?q=")]
    [InlineData("/directory/products?q=")]
    [InlineData("/directory/repositories?q=")]
    public async Task Ten_thousand_letters_are_refused_with_a_sentence(string address)
    {
        using var client = await app.SignedInAs(Cast.Employee);

        // As long as the server takes a line.
        var page = (await client.PageAsync(address + new string('x', 8_000))).MustBe(HttpStatusCode.UnprocessableEntity);

        Assert.Matches("at most \\d+ characters", string.Join(' ', page.Texts("main .field-validation-error, main .alert-danger, main [role=alert]")));
        Assert.DoesNotContain("in the directory yet", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("99999999999")]
    public async Task A_page_number_that_is_none_is_refused_with_a_sentence(string number)
    {
        using var client = await app.SignedInAs(Cast.Employee);
        foreach (var address in new[] { "/directory", "/directory/products", "/directory/repositories" })
        {
            var page = (await client.PageAsync($"{address}?pageNumber={number}")).MustBe(HttpStatusCode.UnprocessableEntity);
            Assert.Matches("Pages are counted from 1\\.|'.*' is not a valid value here", string.Join(' ', page.Texts("main .field-validation-error, main .alert-danger, main [role=alert]")));
        }
    }

    [Fact]
    public async Task A_page_beyond_the_last_says_so_and_leads_back()
    {
        await Given.Employee();
        await Given.Product();
        foreach (var address in new[] { "/directory", "/directory/products" })
        {
            var page = await Get($"{address}?pageNumber=4711");

            Assert.Contains("There is no page 4,711", page.One("#results").Words(), StringComparison.Ordinal);
            Assert.Contains(address, page.All("#results a").Select(link => link.GetAttribute("href")));
        }
    }

    [Fact]
    public async Task The_address_carries_search_and_filters_and_opens_as_it_was_sent()
    {
        var title = "Cloud Architect";
        var place = await Given.Location(city: Word("Tallinn"), region: Word("Baltics"));
        var first = Word("Kadri");
        var wanted = await Given.Employee(first, "Kask", title: title, location: place);
        await Given.Employee(first, "Other", title: title);
        await Given.Employee(first, "Another", title: "QA Engineer", location: place);

        var page = await (await Get("/directory")).Form("Search").Fill("Product, repository or person", first)
            .Fill("Region", place.Region).Fill("City", place.City).Fill("Title", title).SubmitAsync();
        // A colleague opens the same address.
        using var colleague = await app.SignedInAs(Cast.Kam);
        var same = (await colleague.PageAsync(page.Path)).MustBeOk();

        Assert.Equal($"?q={first}&region={place.Region}&city={place.City}&title=Cloud+Architect", page.Url.Query);
        foreach (var seen in new[] { page, same })
        {
            Assert.Equal(["Kask"], seen.Texts("#results tbody tr td:nth-child(2)"));
            Assert.Equal([first, place.Region, place.City, title], seen.All("main [name=q], main select").Select(field
                => field is AngleSharp.Html.Dom.IHtmlSelectElement select ? select.Value : field.GetAttribute("value")));
        }

        Assert.Equal($"/directory/people/{wanted.Id}", same.All("#results tbody a")[0].GetAttribute("href"));
    }

    [Theory]
    [InlineData("region")]
    [InlineData("city")]
    [InlineData("title")]
    public async Task A_filter_alone_lists_who_it_fits(string filter)
    {
        var place = await Given.Location(city: Word("Turku"), region: Word("Nordics"));
        var title = filter == "title" ? "Technical Writer" : "Software Engineer";
        var fits = await Given.Employee(location: place, title: title);
        var left = await Given.Employee(location: place, title: title, leftOn: app.Clock.Today);
        var other = await Given.Employee();

        var names = (await Get($"/directory?{filter}={Uri.EscapeDataString(filter switch { "region" => place.Region, "city" => place.City, _ => title })}"))
            .Texts("#results tbody tr td:nth-child(2)");

        Assert.Contains(fits.LastName, names);
        Assert.DoesNotContain(left.LastName, names);
        Assert.DoesNotContain(other.LastName, names);
    }

    [Fact]
    public async Task Filters_narrow_the_answer_for_a_product_too()
    {
        var place = await Given.Location(city: Word("Porto"));
        var product = await Given.Product();
        var here = await Given.Employee(location: place);
        await Given.Assignment(here, product);
        await Given.Assignment(product: product, role: AssignmentRole.Backup);

        Assert.Equal([here.LastName], (await Get($"/directory?product={product.Name}&city={place.City}")).Texts("#results tbody tr td:nth-child(2)"));
        Assert.Contains("Nobody here with these filters", (await Get($"/directory?product={product.Name}&city=Nowhere")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exact_name_of_a_product_shows_its_answer_with_roles()
    {
        var product = await Given.Product();
        var owner = await Given.Employee("Olga", email: $"{Word("olga")}@sc1701d.example", chat: "olga");
        await Given.Assignment(owner, product, confirmedOn: new DateOnly(2030, 5, 2));
        await Given.Assignment(await Given.Employee("Bo"), product, role: AssignmentRole.Backup);

        var page = await Get($"/directory?q={product.Name.ToUpperInvariant()}");

        Assert.Equal($"Olga {owner.LastName}", page.One(".answer-name").Words());
        Assert.Contains("is the owner and at work", page.One(".answer-why").Words(), StringComparison.Ordinal);
        Assert.Equal($"mailto:{owner.EmailId.Replace("@", "%40", StringComparison.Ordinal)}", page.One(".answer-actions a").GetAttribute("href"));
        Assert.Equal([owner.EmailId, "@olga"], page.All(".answer [data-copy]").Select(button => button.GetAttribute("data-copy")).OrderByDescending(text => text?.Length));
        Assert.Equal(["First name", "Last name", "Email ID", "Chat user name", "Region", "City", "Title", "Role", "Local time", "Confirmed on"], page.Texts("#results thead th"));
        Assert.Equal(["Bo", "Olga"], page.Texts("#results tbody td:first-child"));
        Assert.Equal(["backup", "owner"], page.Texts("#results tbody td[data-label=Role]"));
        Assert.Equal(["–", "02/05/2030"], page.Texts("#results tbody td[data-label='Confirmed on']"));
        Assert.Equal(["12:00 at work", "12:00 at work"], page.Texts("#results tbody td[data-label='Local time']"));
    }

    [Fact]
    public async Task Nobody_assigned_and_nobody_at_all_are_told_apart()
    {
        var product = await Given.Product();

        Assert.Contains("Nobody is assigned", (await Get($"/directory?product={product.Name}")).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing found", (await Get("/directory?q=zzqqxxwwkk")).Text, StringComparison.Ordinal);
        await using var empty = await RunningApp.StartAsync();
        using var client = await empty.SignedInAs(Cast.Employee);
        Assert.Contains("Nobody is in the directory yet", (await client.PageAsync("/directory")).MustBeOk().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_and_a_repository_of_one_name_both_stay_reachable()
    {
        var name = Word("Twin");
        var product = await Given.Product(name);
        var repository = await Given.Repository(name);
        await Given.Assignment(await Given.Employee("Prudence"), product);
        await Given.Assignment(await Given.Employee("Reponzel"), repository: repository);

        var page = await Get($"/directory?q={name}");

        Assert.Equal(["Prudence"], page.Texts("#results tbody td:first-child"));
        Assert.Contains($"/directory?repository={name}", page.All("#results a").Select(link => link.GetAttribute("href")));
        Assert.Equal(["Reponzel"], (await Get($"/directory?repository={name}")).Texts("#results tbody td:first-child"));
    }

    [Fact]
    public async Task What_was_renamed_is_found_by_its_new_name_only()
    {
        var (oldName, newName) = (Word("Oldy"), Word("Newly"));
        var product = await Given.Product(oldName);
        var person = await Given.Employee(oldName, email: $"{Word("other")}@sc1701d.example");
        await app.Database(async db =>
        {
            (await db.Products.FindAsync(product.Id))!.Name = newName;
            (await db.Employees.FindAsync(person.Id))!.FirstName = newName;
            await db.SaveChangesAsync();
        });

        Assert.Equal([newName, $"{newName} {person.LastName}"], (await Get("/search?q=" + newName)).Texts(".hit-name"));
        var old = await app.Database(db => db.SearchDirectoryAsync(oldName, 5, app.Clock.Today));
        Assert.True(old.IsEmpty || old.Corrected is not null);
    }

    [Fact]
    public async Task What_was_removed_is_not_found_any_more()
    {
        var product = await Given.Product(Word("Gone"));
        await app.Database(async db =>
        {
            db.Remove((await db.Products.FindAsync(product.Id))!);
            await db.SaveChangesAsync();
        });

        Assert.Contains("Nothing found", (await Get("/search?q=" + product.Name)).Text, StringComparison.Ordinal);
        Assert.False(await app.Database(db => db.SearchWords.AnyAsync(word => word.Kind == SearchKind.Product && word.TargetId == product.Id)));
    }

    [Fact]
    public async Task Many_people_are_paged_in_one_order_and_nobody_is_lost()
    {
        var word = Word("Manifold");
        for (var i = 0; i < 120; i++)
            await Given.Employee(word, $"Person{i * 37 % 120:000}");

        var all = new List<string>();
        var page = await Get("/directory?q=" + word);
        Assert.Contains("120 people", page.One("#results [role=status]").Words(), StringComparison.Ordinal);
        while (true)
        {
            all.AddRange(page.Texts("#results tbody tr td:nth-child(2)"));
            if (page.All("#results a[aria-label='Next page']") is not [var next])
                break;
            page = await Get(next.GetAttribute("href")!);
        }

        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"Person{i:000}"), all);
    }

    [Fact]
    public async Task The_search_of_every_page_shows_all_kinds_and_leads_on()
    {
        var word = Word("Global");
        var product = await Given.Product($"{word}Product", description: "What it is for");
        var repository = await Given.Repository($"{word}Repo");
        var person = await Given.Employee(word, "Jones", title: "Network Engineer");

        // The box at the top of another page.
        var box = (await Get("/directory/products")).One("header form[role=search]");
        Assert.Equal(("/search", "q"), (box.GetAttribute("action"), box.QuerySelector("input")?.GetAttribute("name")));
        var page = await Get("/search?q=" + word);

        Assert.Equal("Search · Intranet", page.Title);
        Assert.Equal([product.Name, repository.Name, $"{word} Jones"], page.Texts(".hit-name"));
        Assert.Equal([$"/directory?product={product.Name}", $"/directory?repository={repository.Name}", $"/directory/people/{person.Id}"], page.All("a.hit").Select(hit => hit.GetAttribute("href")));
        Assert.Contains("What it is for", page.Texts(".hit-text"));
        Assert.Equal($"Network Engineer, Berlin, {person.EmailId}", page.Texts(".hit-text")[^1]);
        Assert.Contains($"/directory?q={word}", page.All("main a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task The_search_of_every_page_without_words_says_what_it_would_find()
        => Assert.Contains("Products, repositories and people are found", (await Get("/search")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_stranger_finds_nothing_and_is_sent_to_sign_in()
    {
        using var client = app.Anonymous();
        foreach (var address in new[] { "/directory?q=a", "/directory?handler=Suggestions&q=a", "/directory?handler=Csv", "/directory?handler=Xlsx", "/search?q=a", "/search/suggestions?q=a", "/directory/people/options?q=ab" })
            Assert.StartsWith("/account/sign-in", (await client.PageAsync(address, follow: false)).MustBe(HttpStatusCode.Redirect).RedirectsTo, StringComparison.Ordinal);
    }

    // A word that no other test uses, without a digit at its end: numbers would begin one another.
    private static string Word(string word) => Given.Unique(word) + "x";

    private async Task<Page> Get(string url)
    {
        // Pages keep their client, to submit their forms with.
        var client = await app.SignedInAs(Cast.Employee);
        return (await client.PageAsync(url)).MustBeOk();
    }

    private async Task<IReadOnlyList<string>> LastNames(string query) => (await Get("/directory?q=" + Uri.EscapeDataString(query))).Texts("#results tbody tr td:nth-child(2)");
}
