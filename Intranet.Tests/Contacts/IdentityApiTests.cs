using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Contacts;

public sealed class IdentityApiTests(RunningApp app) : IClassFixture<RunningApp>, IAsyncLifetime
{
    private HttpClient client = null!;

    public async ValueTask InitializeAsync() => client = await SignedIn(app);

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Mail(string word) => $"{Given.Unique(word)}@shop.example";

    // Ten digits that no other test has, and nobody counts up.
    private static string Phone() => $"97{int.Parse(Given.Unique(""), System.Globalization.CultureInfo.InvariantCulture):00000000}";

    [Fact]
    public async Task A_number_at_home_is_one_with_and_without_its_calling_code_even_where_it_looks_invented()
    {
        var first = await Identify(Mail("home"), "+91 99999 99999");

        Assert.Equal(first.Primary, (await Identify(null, "919999999999")).Primary);
        Assert.Equal(first.Primary, (await Identify(null, "9999999999")).Primary);
    }

    [Fact]
    public async Task Somebody_new_is_a_primary_of_their_own()
    {
        var (mail, phone) = (Mail("new"), Phone());
        var answer = await Identify(mail, phone);

        Assert.Equal([mail], answer.Emails);
        Assert.Equal([phone], answer.Phones);
        Assert.Empty(answer.Secondaries);
        var row = await Row(answer.Primary);
        Assert.Equal((mail, phone, null, "identify"), (row.Email, row.Phone, row.LinkedId, row.Source));
    }

    [Fact]
    public async Task The_same_again_in_any_spelling_adds_no_row()
    {
        var mail = Mail("again");
        var first = await Identify(mail, "+91 98200 10001");
        foreach (var (email, phone) in new (string?, string?)[] { (mail, "9820010001"), ($"  {mail.ToUpperInvariant()} ", "919820010001"), (mail, null), (null, "098200-10001"), (mail, "") })
            Assert.Equal(first, await Identify(email, phone), Person.Comparer);
        Assert.Equal(1, await Rows(first.Primary));
    }

    [Fact]
    public async Task A_new_value_beside_a_known_one_becomes_a_secondary_linked_with_its_reason()
    {
        var (mail, phone, other) = (Mail("known"), Phone(), Mail("second"));
        var first = await Identify(mail, phone);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        var answer = await Identify(other, phone);

        Assert.Equal((first.Primary, 1), (answer.Primary, answer.Secondaries.Count));
        Assert.Equal([mail, other], answer.Emails);
        Assert.Equal([phone], answer.Phones);
        var link = await app.Database(db => db.Links.SingleAsync(l => l.FirstId == first.Primary));
        Assert.Equal((answer.Secondaries[0], LinkReason.Phone, phone, Cast.Employee.Name), (link.SecondId, link.Reason, link.Detail, link.CreatedBy));
        Assert.Equal(first.Primary, (await Row(answer.Secondaries[0])).LinkedId);
        // Gmail dots and plus-addresses stay distinct values.
        Assert.Equal(2, (await Identify(mail.Replace("@", "+x@", StringComparison.Ordinal), phone)).Secondaries.Count);
    }

    [Fact]
    public async Task A_match_on_a_secondary_is_as_good_as_one_on_the_primary()
    {
        var (mail, phone, second, third) = (Mail("first"), Phone(), Mail("second"), Phone());
        var first = await Identify(mail, phone);
        await Identify(second, phone);

        var answer = await Identify(second, third);

        Assert.Equal((first.Primary, 2), (answer.Primary, answer.Secondaries.Count));
        Assert.Equal([phone, third], answer.Phones);
        // Flat: never a secondary of a secondary.
        var rows = await app.Database(db => db.Contacts.AsNoTracking().ToListAsync());
        Assert.All(answer.Secondaries, id => Assert.Equal(first.Primary, rows.Single(row => row.Id == id).LinkedId));
    }

    [Fact]
    public async Task Two_clusters_that_a_request_connects_fuse_under_the_older_primary_without_a_row()
    {
        var (oldMail, oldPhone, mail, phone, extra) = (Mail("old"), Phone(), Mail("young"), Phone(), Mail("extra"));
        var old = await Identify(oldMail, oldPhone);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var young = await Identify(mail, phone);
        await Identify(extra, phone);
        var rows = await app.Database(db => db.Contacts.CountAsync());

        var answer = await Identify(mail, oldPhone);

        Assert.Equal(old.Primary, answer.Primary);
        Assert.Equal([oldMail, mail, extra], answer.Emails);
        Assert.Equal([oldPhone, phone], answer.Phones);
        Assert.Equal(2, answer.Secondaries.Count);
        Assert.Equal(answer.Secondaries.Order(), answer.Secondaries);
        Assert.Equal(rows, await app.Database(db => db.Contacts.CountAsync()));
        Assert.Equal(LinkReason.Together, (await app.Database(db => db.Links.SingleAsync(l => l.FirstId == old.Primary && l.SecondId == young.Primary))).Reason);
        var all = await app.Database(db => db.Contacts.AsNoTracking().ToListAsync());
        Assert.All(answer.Secondaries, id => Assert.Equal(old.Primary, all.Single(row => row.Id == id).LinkedId));
    }

    [Fact]
    public async Task A_deleted_contact_takes_no_part_and_comes_back_as_it_was()
    {
        var (mail, phone, second) = (Mail("gone"), Phone(), Mail("stays"));
        var first = await Identify(mail, phone);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var whole = await Identify(second, phone);
        await Operation<DeleteContact, bool>(operation => operation.RunAsync(first.Primary));

        var without = await Identify(second, null);
        Assert.Equal((whole.Secondaries[0], 0), (without.Primary, without.Secondaries.Count));
        Assert.Equal([second], without.Emails);

        await Operation<DeleteContact, LinkContacts.Refusal?>(operation => operation.RestoreAsync(first.Primary, "somebody"));
        Assert.Equal(whole, await Identify(second, null), Person.Comparer);
    }

    [Fact]
    public async Task Who_comes_back_is_one_with_whoever_came_with_the_same_value_meanwhile_but_for_what_a_steward_parted()
    {
        var (mail, phone) = (Mail("back"), Phone());
        var first = await Identify(mail, null);
        await Operation<DeleteContact, bool>(operation => operation.RunAsync(first.Primary));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var meanwhile = await Identify(mail, phone);
        Assert.NotEqual(first.Primary, meanwhile.Primary);

        await Operation<DeleteContact, LinkContacts.Refusal?>(operation => operation.RestoreAsync(first.Primary, "Stella Steward"));
        Assert.Equal((first.Primary, 1), ((await Identify(mail, null)).Primary, (await Identify(null, phone)).Secondaries.Count));
        var link = await app.Database(db => db.Links.SingleAsync(l => l.FirstId == first.Primary));
        Assert.Equal((meanwhile.Primary, LinkReason.Email, mail, "Stella Steward"), (link.SecondId, link.Reason, link.Detail, link.CreatedBy));

        // What is cut stays apart, and waits for somebody to look at it.
        await Operation<CutLink, IReadOnlyList<int>?>(operation => operation.RunAsync(link.Id, "Stella Steward"));
        await Operation<DeleteContact, bool>(operation => operation.RunAsync(first.Primary));
        await Operation<DeleteContact, LinkContacts.Refusal?>(operation => operation.RestoreAsync(first.Primary, "Stella Steward"));
        Assert.Equal((null, null), ((await Row(first.Primary)).LinkedId, (await Row(meanwhile.Primary)).LinkedId));
        Assert.Equal(PairCause.Cut, (await app.Database(db => db.DuplicatePairs.SingleAsync(p => p.FirstId == first.Primary))).Cause);
    }

    [Fact]
    public async Task A_cut_in_the_middle_takes_exactly_that_apart_and_taking_it_back_restores_it()
    {
        var mails = Enumerable.Range(0, 5).Select(i => Mail($"chain{i}")).ToArray();
        // A chain: each row brings a number that the next one has.
        var phones = Enumerable.Range(0, 5).Select(_ => Phone()).ToArray();
        for (var i = 0; i < 5; i++)
        {
            if (i > 0)
                await Identify(mails[i], phones[i - 1]);
            await Identify(mails[i], phones[i]);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var whole = await Identify(mails[0], null);
        Assert.Equal(5, whole.Emails.Count);
        var middle = await app.Database(db => db.Links.Where(l => l.CutAt == null && l.Detail == phones[1]).Select(l => l.Id).SingleAsync());

        await Operation<CutLink, IReadOnlyList<int>?>(operation => operation.RunAsync(middle, Cast.Steward.Name));
        var (left, right) = (await Identify(mails[0], null), await Identify(mails[4], null));
        Assert.NotEqual(left.Primary, right.Primary);
        Assert.Equal(whole.Emails.Order(), left.Emails.Concat(right.Emails).Order());
        Assert.Equal(mails[2..], right.Emails);

        await Operation<CutLink, LinkContacts.Refusal?>(operation => operation.UndoAsync(middle));
        Assert.Equal(whole, await Identify(mails[4], null), Person.Comparer);
    }

    [Fact]
    public async Task What_a_steward_separated_no_request_brings_together_again()
    {
        var (mail, ofMail, phone, ofPhone) = (Mail("left"), Phone(), Phone(), Mail("right"));
        var (left, right) = (await Identify(mail, ofMail), await Identify(ofPhone, phone));
        Assert.Equal(SeparateContacts.Outcome.Separated, await Operation<SeparateContacts, SeparateContacts.Outcome>(operation => operation.RunAsync(right.Primary, left.Primary, Cast.Steward.Name)));

        var answer = await Identify(mail, phone);

        // The row joins the cluster of the e-mail match; the bridge is up for review.
        Assert.Equal((left.Primary, 1), (answer.Primary, answer.Secondaries.Count));
        Assert.Equal([ofMail, phone], answer.Phones);
        var pair = await app.Database(db => db.DuplicatePairs.SingleAsync(p => p.FirstId == right.Primary || p.SecondId == right.Primary));
        Assert.Equal((PairCause.Separated, PairState.Open), (pair.Cause, pair.State));
        Assert.Equal(right.Primary, (await Identify(ofPhone, null)).Primary);
        // Again: nothing more.
        Assert.Equal(answer, await Identify(mail, phone), Person.Comparer);
    }

    [Fact]
    public async Task A_generic_value_links_nobody_and_its_rows_go_to_review()
    {
        var info = $"info@{Given.Unique("shop")}.example";
        var (one, other) = (await Identify(info, Phone()), await Identify(info, Phone()));

        Assert.NotEqual(one.Primary, other.Primary);
        Assert.Equal(PairCause.GenericValue, (await app.Database(db => db.DuplicatePairs.SingleAsync(p => p.FirstId == one.Primary && p.SecondId == other.Primary))).Cause);
        Assert.Equal(one, await Identify(info, one.Phones[0]), Person.Comparer);

        // On the stewards' list.
        var phone = Phone();
        await app.Database(async db =>
        {
            db.GenericValues.Add(new GenericValue { Kind = GenericValueKind.Phone, ValueKey = phone, AddedAt = app.Clock.UtcNow, AddedBy = Cast.Steward.Name });
            await db.SaveChangesAsync();
        });
        Assert.NotEqual((await Identify(Mail("a"), phone)).Primary, (await Identify(Mail("b"), phone)).Primary);
    }

    [Fact]
    public async Task Many_rows_with_a_generic_value_are_one_pair_each_against_the_oldest()
    {
        var info = $"info@{Given.Unique("flood")}.example";
        var oldest = await Identify(info, Phone());
        for (var i = 0; i < 5; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await Identify(info, Phone());
        }

        var pairs = await app.Database(db => db.DuplicatePairs.Where(p => p.First!.EmailKey == info || p.Second!.EmailKey == info).ToListAsync());
        Assert.Equal((5, true), (pairs.Count, pairs.TrueForAll(pair => pair.FirstId == oldest.Primary && pair.Cause == PairCause.GenericValue)));
    }

    [Fact]
    public async Task A_generic_address_beside_a_known_number_joins_the_numbers_cluster_once()
    {
        var (info, phone) = ($"info@{Given.Unique("beside")}.example", Phone());
        var others = await Identify(info, Phone());
        var known = await Identify(Mail("beside"), phone);

        var answer = await Identify(info, phone);

        Assert.Equal((known.Primary, 1), (answer.Primary, answer.Secondaries.Count));
        Assert.Contains(info, answer.Emails);
        Assert.Equal(answer, await Identify(info, phone), Person.Comparer);
        Assert.Single(await app.Database(db => db.DuplicatePairs.Where(p => p.FirstId == others.Primary && p.SecondId == answer.Secondaries[0]).ToListAsync()));
    }

    [Fact]
    public async Task A_placeholder_of_zeros_is_nobodys_number_however_short()
    {
        foreach (var zeros in new[] { "0", "0000" })
        {
            var first = await Identify(Mail("zeros"), zeros);
            var second = await Identify(Mail("zeros"), zeros);
            Assert.NotEqual(first.Primary, second.Primary);
            Assert.Empty(second.Secondaries);
        }
    }

    [Fact]
    public async Task Digits_of_another_script_are_the_same_number_and_strangers_stay_apart()
    {
        var first = await Identify(null, "98201 ७७७०१");
        Assert.Equal(first.Primary, (await Identify(null, "9820177701")).Primary);
        Assert.Equal(first.Primary, (await Identify(null, "٩٨٢٠١٧٧٧٠١")).Primary);
        Assert.NotEqual(first.Primary, (await Identify(null, "98201 ७७७०२")).Primary);
    }

    [Fact]
    public async Task An_address_whose_accents_are_written_apart_is_the_same_and_is_kept_as_typed()
    {
        var typed = $"ju\u0308rgen.{Given.Unique("nfd")}@bu\u0308cher.example";
        var first = await Identify(typed, null);
        Assert.Equal([typed], first.Emails);
        Assert.Equal(first, await Identify(typed.Normalize(), null), Person.Comparer);
        Assert.Equal(1, await Rows(first.Primary));
    }

    [Fact]
    public async Task An_address_that_several_clusters_share_after_a_cut_means_the_one_with_both_else_the_oldest()
    {
        var (mail, one, other) = (Mail("shared"), Phone(), Phone());
        var first = await Identify(mail, one);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = (await Identify(mail, other)).Secondaries[0];
        var link = await app.Database(db => db.Links.Where(l => l.SecondId == second).Select(l => l.Id).SingleAsync());
        await Operation<CutLink, IReadOnlyList<int>?>(operation => operation.RunAsync(link, Cast.Steward.Name));

        Assert.Equal(second, (await Identify(mail, other)).Primary);
        Assert.Equal(first.Primary, (await Identify(mail, one)).Primary);
        Assert.Equal(first.Primary, (await Identify(mail, null)).Primary);
        Assert.Equal(first.Primary, (await Identify(mail, Phone())).Primary);
    }

    [Fact]
    public async Task A_number_of_more_people_than_the_limit_links_nobody_any_more()
    {
        await using var small = await RunningApp.StartAsync(options => options.Settings["Contacts:MostPeoplePerValue"] = "2");
        using var caller = await SignedIn(small);
        // Three who were never linked share a number, as an import may bring them.
        await small.Database(async db =>
        {
            for (var i = 0; i < 3; i++)
            {
                var contact = new Contact { Source = "import", CreatedAt = small.Clock.UtcNow, UpdatedAt = small.Clock.UtcNow };
                contact.SetEmail($"person{i}@office.example");
                contact.SetPhone("9740055501", new PhoneRules("IN"));
                db.Contacts.Add(contact);
            }

            await db.SaveChangesAsync();
        });

        using var answer = await caller.PostAsJsonAsync("/api/identify", new { email = "person3@office.example", phoneNumber = "9740055501" }, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await Json(answer)).GetProperty("contact").GetProperty("secondaryContactIds").GetArrayLength());
        Assert.Equal(4, await small.Database(db => db.Contacts.CountAsync(c => c.LinkedId == null)));
        Assert.Equal(1, await small.Database(db => db.DuplicatePairs.CountAsync()));
    }

    [Fact]
    public async Task A_row_that_identify_adds_is_audited_in_the_callers_name()
    {
        var added = await Identify(Mail("audited"), Phone());
        var entry = await app.Database(db => db.AuditEntries.SingleAsync(e => e.Subject == nameof(Contact) && e.SubjectId == added.Primary));
        Assert.Equal(("added", Cast.Employee.Email), (entry.Action, entry.Actor));
        Assert.Contains(added.Emails[0], entry.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "email")]
    [InlineData("""{"email":"","phonenumber":"  "}""", "email")]
    [InlineData("""{"email":null,"phoneNumber":null}""", "email")]
    [InlineData("""{"email":"nobody"}""", "email")]
    [InlineData("""{"email":7}""", "email")]
    [InlineData("""{"email":["a@b.example"]}""", "email")]
    [InlineData("""{"phonenumber":true}""", "phonenumber")]
    [InlineData("""{"phonenumber":1.5}""", "phonenumber")]
    [InlineData("""{"phonenumber":"none"}""", "phonenumber")]
    [InlineData("""{"phonenumber":"123456789012345678901234567890123"}""", "phonenumber")]
    [InlineData("""{"email":"\ud800@shop.example"}""", "email")]
    [InlineData("""{"phonenumber":"98200 \udc00"}""", "phonenumber")]
    [InlineData("""{"phonenumber":"98200\u0000111"}""", "phonenumber")]
    [InlineData("""{"\ud800":1}""", "email")]
    [InlineData("""{"phonenumber":1e9}""", "phonenumber")]
    [InlineData("""{"phonenumber":-98200}""", "phonenumber")]
    [InlineData("""{"phonenumber":123456789012345678901234567890123}""", "phonenumber")]
    [InlineData("""{"email":"a@shop.example","EMAIL":{}}""", "email")]
    [InlineData("[]", "body")]
    [InlineData("null", "body")]
    [InlineData("\"text\"", "body")]
    [InlineData("""{"email":""", "email")]
    [InlineData("""{"email":"a@x.example","phonenumber":}""", "phonenumber")]
    [InlineData("""{"email":"a@x.example","phonenumber":01}""", "phonenumber")]
    [InlineData("""{"email":{"phonenumber":]}}""", "email")]
    [InlineData("""{"email":"a@x.example"} {""", "body")]
    [InlineData("{", "body")]
    [InlineData("nonsense", "body")]
    [InlineData(" ", "body")]
    public async Task What_is_wrong_is_told_at_its_field(string body, string field)
    {
        foreach (var url in new[] { "/api/identity/", "/api/identify", "/api/test/createData" })
        {
            var before = await app.Database(db => db.Contacts.CountAsync());
            // Each endpoint has its own spelling.
            var named = field == "phonenumber" && url == "/api/identify" ? "phoneNumber" : field;
            using var answer = await Post(url, field == "phonenumber" ? body.Replace("phonenumber", named, StringComparison.Ordinal) : body);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.True((await Json(answer)).GetProperty("errors").TryGetProperty(named, out _), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(before, await app.Database(db => db.Contacts.CountAsync()));
        }
    }

    [Fact]
    public async Task An_empty_body_is_a_problem_document_in_plain_words()
    {
        using var answer = await Post("/api/identify", "");
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var problem = await Json(answer);
        Assert.Equal("The body is empty. Send JSON.", problem.GetProperty("detail").GetString());
        Assert.Equal("The body is empty. Send JSON.", problem.GetProperty("errors").GetProperty("body")[0].GetString());
    }

    [Fact]
    public async Task The_seeds_test_endpoint_answers_with_the_row_of_the_values_in_any_spelling()
    {
        var (mail, phone, second) = (Mail("row"), Phone(), Mail("second"));
        using var first = await Post("/api/test/createData", $$"""{"phonenumber":"+91 {{phone}}","email":"{{mail}}"}""");
        using var other = await Post("/api/test/createData", $$"""{"phonenumber":{{phone}},"email":"{{second}}"}""");
        var (one, two) = ((await Json(first)).GetProperty("id").GetInt32(), (await Json(other)).GetProperty("id").GetInt32());
        Assert.NotEqual(one, two);

        foreach (var (body, id) in new[] { ($$"""{"phonenumber":{{phone}},"email":"{{mail.ToUpperInvariant()}}"}""", one), ($$"""{"email":"{{mail}}"}""", one), ($$"""{"email":"{{second}}","phonenumber":"0{{phone}}"}""", two) })
        {
            using var again = await Post("/api/test/createData", body);
            Assert.Equal((HttpStatusCode.Created, id), (again.StatusCode, (await Json(again)).GetProperty("id").GetInt32()));
        }

        using var third = await Post("/api/test/createData", $$"""{"email":"{{Mail("third")}}"}""");
        using var page = await client.GetAsync(new Uri("/api/test/getData/?pageSize=1&pageNumber=2", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(1, (await Json(page)).GetArrayLength());
        Assert.Contains("pageNumber=3", page.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_seeds_endpoint_answers_plain_digits_as_numbers_and_reads_both()
    {
        var number = 9_600_000_000 + Random.Shared.Next(100_000_000);
        using var first = await Post("/api/identity/", $$"""{"EMAIL":"{{Mail("seed")}}","phoneNumber":{{number}}}""");
        var contact = (await Json(first)).GetProperty("Contact");
        Assert.Equal(["primaryContatctId", "emails", "phoneNumbers", "secondaryContactIds"], contact.EnumerateObject().Select(property => property.Name));
        Assert.Equal(number, contact.GetProperty("phoneNumbers")[0].GetInt64());

        using var second = await Post("/api/identity", $$"""{"phonenumber":"+91 {{number}}","email":"{{Mail("seed")}}"}""");
        contact = (await Json(second)).GetProperty("Contact");
        Assert.Equal([number], contact.GetProperty("phoneNumbers").EnumerateArray().Select(phone => phone.GetInt64()));
        Assert.Equal(1, contact.GetProperty("secondaryContactIds").GetArrayLength());

        using var text = await Post("/api/identify", $$"""{"phoneNumber":"{{number}}"}""");
        Assert.Equal([$"{number}"], (await Json(text)).GetProperty("contact").GetProperty("phoneNumbers").EnumerateArray().Select(phone => phone.GetString()));
    }

    [Fact]
    public async Task The_seeds_test_endpoints_create_and_list_rows()
    {
        var mail = Mail("data");
        using var created = await Post("/api/test/createData", $$"""{"phonenumber":"","email":"{{mail}}"}""");
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var row = await Json(created);
        Assert.Equal(["id", "phonenumber", "email", "linkedId", "linkPrecedence", "createdAt", "updatedAt", "deletedAt"], row.EnumerateObject().Select(property => property.Name));
        Assert.Equal((mail, "primary"), (row.GetProperty("email").GetString(), row.GetProperty("linkPrecedence").GetString()));

        using var listed = await client.GetAsync(new Uri("/api/test/getData/?pageSize=1000", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains((await Json(listed)).EnumerateArray(), one => one.GetProperty("email").GetString() == mail);
        Assert.Equal(await app.Database(db => db.Contacts.CountAsync()), int.Parse(listed.Headers.GetValues("X-Total-Count").Single(), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_rows_are_the_same_by_number_of_page_and_by_where_the_last_page_ended()
    {
        for (var i = 0; i < 7; i++)
            await app.Contact("Paged");
        var ids = await app.Database(db => db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
        await SeesAllAsync();
        // A number that was given out and taken back leaves a hole.
        var gone = (await app.Contact("Gone")).Id;
        await app.Contact("Last");
        await app.Database(async db =>
        {
            await db.ContactWords.Where(word => word.ContactId == gone).ExecuteDeleteAsync();
            await db.Contacts.Where(c => c.Id == gone).ExecuteDeleteAsync();
        });
        ids = await app.Database(db => db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
        await SeesAllAsync();
        using var wrong = await client.GetAsync(new Uri("/api/test/getData?after=x", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);

        async Task SeesAllAsync()
        {
            var (byNumber, byLink) = (new List<int>(), new List<int>());
            for (var page = 1; page <= (ids.Count / 3) + 2; page++)
                byNumber.AddRange((await PageAsync($"/api/test/getData?pageSize=3&pageNumber={page}")).Ids);
            Assert.Equal(ids, byNumber);
            for (var next = "/api/test/getData?pageSize=3"; next is not null;)
            {
                (var some, next) = await PageAsync(next);
                byLink.AddRange(some);
            }

            Assert.Equal(ids, byLink);
        }

        async Task<(IEnumerable<int> Ids, string? Next)> PageAsync(string url)
        {
            using var answer = await client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal($"{ids.Count}", answer.Headers.GetValues("X-Total-Count").Single());
            var next = answer.Headers.GetValues("Link").Single().Split(", ").FirstOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal));
            Assert.Equal(next is not null, next?.Contains("after=", StringComparison.Ordinal) ?? false);
            return ([.. (await Json(answer)).EnumerateArray().Select(row => row.GetProperty("id").GetInt32())], next?.Split('<', '>')[1]);
        }
    }

    [Fact]
    public async Task A_stranger_is_told_to_sign_in()
    {
        using var stranger = app.Anonymous();
        foreach (var url in new[] { "/api/identity/", "/api/identify", "/api/test/createData" })
        {
            using var answer = await stranger.PostAsJsonAsync(url, new { email = "a@b.example" }, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Twenty_five_first_requests_at_once_make_one_primary_and_twenty_equal_ones_one_secondary()
    {
        for (var round = 0; round < 5; round++)
        {
            var (mail, phone, other) = (Mail("race"), Phone(), Mail("race"));
            var first = await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => Identify(mail, phone)));
            Assert.Single(first.Select(answer => answer.Primary).Distinct());
            Assert.Equal(1, await Rows(first[0].Primary));

            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Identify(other, phone)));
            Assert.Equal(2, await Rows(first[0].Primary));
        }
    }

    [Fact]
    public async Task Crossing_bridges_end_in_one_flat_cluster()
    {
        for (var round = 0; round < 5; round++)
        {
            var values = Enumerable.Range(0, 6).Select(i => (Mail: Mail($"bridge{i}"), Phone: Phone())).ToArray();
            foreach (var (mail, phone) in values)
                await Identify(mail, phone);
            // Every neighbour is bridged to both sides at the same moment.
            await Task.WhenAll(Enumerable.Range(0, values.Length).SelectMany(i => new[]
            {
                Identify(values[i].Mail, values[(i + 1) % values.Length].Phone),
                Identify(values[(i + 2) % values.Length].Mail, values[i].Phone),
            }));

            var answers = new List<Person>();
            foreach (var (mail, _) in values)
                answers.Add(await Identify(mail, null));
            Assert.All(answers, answer => Assert.Equal(answers[0], answer, Person.Comparer));
            Assert.Equal((6, 5), (answers[0].Emails.Count, answers[0].Secondaries.Count));
        }
    }

    private async Task<Person> Identify(string? email, string? phone)
    {
        using var answer = await client.PostAsJsonAsync("/api/identify", new { email, phoneNumber = phone }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var contact = (await Json(answer)).GetProperty("contact");
        return new Person(
            contact.GetProperty("primaryContatctId").GetInt32(),
            [.. contact.GetProperty("emails").EnumerateArray().Select(email => email.GetString()!)],
            [.. contact.GetProperty("phoneNumbers").EnumerateArray().Select(phone => phone.GetString()!)],
            [.. contact.GetProperty("secondaryContactIds").EnumerateArray().Select(id => id.GetInt32())]);
    }

    private async Task<HttpResponseMessage> Post(string url, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await client.PostAsync(new Uri(url, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    private Task<Contact> Row(int id) => app.Database(db => db.Contacts.AsNoTracking().SingleAsync(c => c.Id == id));

    private Task<int> Rows(int primary) => app.Database(db => db.Contacts.CountAsync(c => c.Id == primary || c.LinkedId == primary));

    private async Task<TResult> Operation<T, TResult>(Func<T, Task<TResult>> act) where T : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
        => await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    private static async Task<HttpClient> SignedIn(RunningApp app)
    {
        var client = app.Anonymous();
        using var answer = await client.PostAsJsonAsync("/api/auth/login", new { username = Cast.Employee.Email, password = Cast.Password }, TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await Json(answer)).GetProperty("access_token").GetString());
        return client;
    }

    private sealed record Person(int Primary, IReadOnlyList<string> Emails, IReadOnlyList<string> Phones, IReadOnlyList<int> Secondaries)
    {
        internal static readonly IEqualityComparer<Person> Comparer = EqualityComparer<Person>.Create(
            (one, other) => one!.Primary == other!.Primary && one.Emails.SequenceEqual(other.Emails) && one.Phones.SequenceEqual(other.Phones) && one.Secondaries.SequenceEqual(other.Secondaries),
            person => person.Primary);
    }
}
