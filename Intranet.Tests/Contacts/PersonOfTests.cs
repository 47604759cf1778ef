using Intranet.Data.Contacts;

namespace Intranet.Tests.Contacts;

public sealed class PersonOfTests
{
    private static readonly DateTime Start = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static PersonRow Row(int id, int created, int updated, string? given = null, string? city = null, string? email = null, string? phone = null, string? phoneKey = null, DateOnly? born = null, string? full = null)
        => new(id, Start.AddDays(created), Start.AddDays(updated), GivenName: given, FullName: full, City: city, Email: email, Phone: phone, PhoneKey: phoneKey ?? phone, BirthDate: born);

    private static PersonOf.Choice Choice(int id, int contact, string field, int at) => new(id, contact, field, Start.AddDays(at));

    [Fact]
    public void Emails_and_phones_are_the_union_the_primarys_first_each_once_however_written()
    {
        var person = PersonOf.Rows(
        [
            Row(1, 0, 0, email: "second@x.example", phone: "2"),
            Row(3, 1, 9, email: "First@x.example", phone: "+91 1", phoneKey: "1"),
            Row(4, 2, 2, email: "first@X.example", phone: "1", phoneKey: "1"),
            Row(5, 3, 3, email: "third@x.example"),
        ], 3, []);

        Assert.Equal(["First@x.example", "second@x.example", "third@x.example"], person.Emails);
        Assert.Equal(["+91 1", "2"], person.Phones);
    }

    [Fact]
    public void Every_other_field_is_the_newest_value_there_is_and_of_equals_the_later_contacts()
    {
        var person = PersonOf.Rows([Row(1, 0, 5, given: "Ann"), Row(2, 1, 5, given: "Anna"), Row(3, 2, 9, city: "Pune", born: new DateOnly(1990, 2, 3)), Row(4, 3, 4, given: "Anne", city: "Goa")], 1, []);

        Assert.Equal(("Anna", 2, false), (person["GivenName"], person.Values["GivenName"].ContactId, person.Values["GivenName"].IsChosen));
        Assert.Equal(("Pune", "1990-02-03", null), (person["City"], person["BirthDate"], person["Company"]));
    }

    [Theory]
    // The latest choice counts, whatever is newer.
    [InlineData("1:City:1 4:City:2", "Goa", true)]
    [InlineData("4:City:2 1:City:3", "Delhi", true)]
    // One whose value is gone leaves the one before.
    [InlineData("4:City:1 2:City:5", "Goa", true)]
    // Of another field, of another contact, and of a value that is gone: nothing.
    [InlineData("1:Company:1", "Pune", false)]
    [InlineData("99:City:1", "Pune", false)]
    [InlineData("2:City:1", "Pune", false)]
    [InlineData("", "Pune", false)]
    public void A_choice_goes_before(string choices, string city, bool isChosen)
    {
        var person = PersonOf.Rows([Row(1, 0, 0, city: "Delhi"), Row(2, 1, 1, given: "No city"), Row(3, 2, 9, city: "Pune"), Row(4, 3, 3, city: "Goa")], 1,
            [.. choices.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((choice, i) => choice.Split(':') is var parts ? Choice(i, int.Parse(parts[0], null), parts[1], int.Parse(parts[2], null)) : null!)]);

        Assert.Equal((city, isChosen), (person["City"], person.Values["City"].IsChosen));
    }

    [Fact]
    public void A_person_is_called_by_what_is_known()
    {
        Assert.Equal("Ann", PersonOf.Rows([Row(1, 0, 0, given: "Ann", full: "Whole")], 1, []).Name);
        Assert.Equal("Whole", PersonOf.Rows([Row(1, 0, 0, full: "Whole", email: "a@x.example")], 1, []).Name);
        Assert.Equal("a@x.example", PersonOf.Rows([Row(1, 0, 0, email: "a@x.example", phone: "1")], 1, []).Name);
        Assert.Equal("1", PersonOf.Rows([Row(1, 0, 0, phone: "1")], 1, []).Name);
        Assert.Equal("Contact 1", PersonOf.Rows([Row(1, 0, 0)], 1, []).Name);
    }

    [Theory]
    // A chain comes apart where it is cut; the older part keeps the primary.
    [InlineData("1-2 2-3 3-4", 1, "1:1,2 3:3,4")]
    [InlineData("1-2 2-3 3-4", 0, "1:1 2:2,3,4")]
    // A ring holds.
    [InlineData("1-2 2-3 3-4 1-4", 2, "1:1,2,3,4")]
    // A second link of the same two holds.
    [InlineData("1-2 1-2 2-3 3-4", 0, "1:1,2,3,4")]
    // A link to somebody who takes no part connects nothing.
    [InlineData("1-2 2-9 9-3 3-4", 0, "1:1 2:2 3:3,4")]
    public void A_cut_takes_apart_what_only_it_held(string links, int cut, string parts)
        => Assert.Equal(parts, string.Join(' ', CutPreview.Of(
            [.. Enumerable.Range(1, 4).Select(id => new Components.Node(id, Start.AddDays(id)))],
            links.Split(' ').Select((link, i) => (i, int.Parse(link[..1], null), int.Parse(link[2..], null))), cut)
            .Select(part => $"{part.PrimaryId}:{string.Join(',', part.Ids)}")));
}
