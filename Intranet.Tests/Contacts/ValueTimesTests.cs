using System.Globalization;
using Intranet.Data;
using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Contacts;

public sealed class ValueTimesTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly DateTime Start = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // "GivenName=Ann City=Goa": the values in the order of the fields.
    private static List<string?> Values(string text)
    {
        var given = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(value => value.Split('=')).ToDictionary(value => value[0], value => value[1]);
        return [.. PersonFields.All.Select(field => given.GetValueOrDefault(field.Name))];
    }

    private static ValueTimes Edited(ValueTimes times, string before, string after, int day) => times.After(Values(before), Values(after), Start.AddDays(day));

    [Theory]
    // Nothing stayed, or nothing was there: the row's time is enough.
    [InlineData("", "City=Goa", null)]
    [InlineData("City=Goa", "City=Pune", null)]
    [InlineData("City=Goa", "", null)]
    // What stayed is as old as the row was.
    [InlineData("City=Goa", "City=Goa Company=Works", "City 2030-01-01T00:00:00.000000Z")]
    [InlineData("City=Goa GivenName=Ann Company=Old", "City=Goa GivenName=Ann Company=New", "GivenName City 2030-01-01T00:00:00.000000Z")]
    // Another way to write it is another value.
    [InlineData("City=Goa State=GA", "City=GOA State=GA", "State 2030-01-01T00:00:00.000000Z")]
    public void Only_values_that_an_edit_leaves_are_older_than_the_row(string before, string after, string? older)
    {
        var times = Edited(new ValueTimes(Start, null), before, after, 1);

        Assert.Equal((Start.AddDays(1), older), (times.UpdatedAt, times.Older));
        foreach (var field in PersonFields.All)
            Assert.Equal(older?.Split(' ').Contains(field.Name) == true ? Start : Start.AddDays(1), times.Of(field.Name));
    }

    [Fact]
    public void A_value_keeps_its_time_through_further_edits_until_it_is_written_anew()
    {
        var times = Edited(new ValueTimes(Start, null), "City=Goa State=GA Company=Old", "City=Goa State=GA Company=New", 1);
        times = Edited(times, "City=Goa State=GA Company=New", "City=Goa State=KA Company=New", 2);
        Assert.Equal("Company 2030-01-02T00:00:00.000000Z; City 2030-01-01T00:00:00.000000Z", times.Older);

        // Emptied, it has no time; written again, it is new.
        times = Edited(times, "City=Goa State=KA Company=New", "State=KA Company=New", 3);
        Assert.Equal("State 2030-01-03T00:00:00.000000Z; Company 2030-01-02T00:00:00.000000Z", times.Older);
        times = Edited(times, "State=KA Company=New", "City=Goa State=KA Company=New", 4);
        Assert.Equal(Start.AddDays(4), times.Of(nameof(Contact.City)));
        // A clock that went back makes nothing newer than its row.
        times = Edited(times, "City=Goa State=KA Company=New", "City=Goa State=KA Company=Newer", 0);
        Assert.Equal((Start, null), (times.UpdatedAt, times.Older));
    }

    [Fact]
    public async Task Where_every_value_has_a_time_of_its_own_all_of_them_fit_in_the_column()
    {
        var (times, values) = (new ValueTimes(Start, null), Values(""));
        for (var i = 0; i < values.Count; i++)
        {
            var before = values.ToList();
            values[i] = "x";
            times = times.After(before, values, Start.AddDays(i + 1).AddMicroseconds(999_999));
        }

        Assert.Equal(values.Count - 1, times.Older!.Split("; ").Length);
        Assert.InRange(times.Older.Length, 300, await app.Database(db => Task.FromResult(db.Model.FindEntityType(typeof(Contact))!.FindProperty(nameof(Contact.OlderValues))!.GetMaxLength()!.Value)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_edited_and_edited_back_the_newest_value_shows(int seed)
    {
        var dice = new Random(seed);
        string[] fields = [nameof(Contact.GivenName), nameof(Contact.City), nameof(Contact.Company)];
        // By row and field, beside the rule itself: what it says and when that was written.
        var plain = new Dictionary<(int Row, string Field), (string Text, DateTime At)>();
        var times = Enumerable.Range(1, 4).ToDictionary(row => row, _ => new ValueTimes(Start, null));
        for (var step = 1; step <= 300; step++)
        {
            var (row, at) = (dice.Next(1, 5), Start.AddMinutes(step / 2));
            var before = Now(row);
            // Few values, so that most edits leave something and many go back.
            foreach (var field in fields.Where(_ => dice.Next(3) == 0))
            {
                var text = dice.Next(4) is > 0 and var value ? $"value {value}" : null;
                if (text is null)
                    plain.Remove((row, field));
                else if (plain.GetValueOrDefault((row, field)).Text != text)
                    plain[(row, field)] = (text, at);
            }

            if (!before.SequenceEqual(Now(row)))
                times[row] = times[row].After(before, Now(row), at);
            var rows = times.Select(one => new PersonRow(one.Key, Start, one.Value.UpdatedAt, plain.GetValueOrDefault((one.Key, nameof(Contact.GivenName))).Text,
                City: plain.GetValueOrDefault((one.Key, nameof(Contact.City))).Text, Company: plain.GetValueOrDefault((one.Key, nameof(Contact.Company))).Text, OlderValues: one.Value.Older)).ToList();
            var person = PersonOf.Rows(rows, 1, []);
            foreach (var field in fields)
            {
                var newest = plain.Where(value => value.Key.Field == field).OrderByDescending(value => value.Value.At).ThenByDescending(value => value.Key.Row).FirstOrDefault();
                Assert.Equal((step, newest.Key.Row, newest.Value.Text), (step, person.Values.GetValueOrDefault(field)?.ContactId ?? 0, person[field]));
            }
        }

        List<string?> Now(int row) => [.. PersonFields.All.Select(field => plain.GetValueOrDefault((row, field.Name)).Text)];
    }

    [Fact]
    public async Task An_edit_of_an_older_row_shows_what_was_edited_and_nothing_else_of_it()
    {
        var (older, newer) = (await app.Contact("Ann", "Lee", ContactsGiven.NewEmail(), "022-1111", company: "Old Works", city: "Goa"), await app.Contact("Ann", "Lee", city: "Pune"));
        await app.Linked(older, newer);
        using var client = await app.SignedInAs(Cast.Steward);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        await EditAsync("Phone", "022-2222");
        await ShowsAsync(city: "Pune", company: "Old Works");
        // What was changed is told, and not what that did to the times of the rest.
        var history = (await client.PageAsync($"/contacts/{older.Id}")).MustBeOk().One(".history").Words();
        Assert.Contains("Phone", history, StringComparison.Ordinal);
        Assert.DoesNotContain("Older values", history, StringComparison.OrdinalIgnoreCase);
        await EditAsync("Company", "New Works");
        await ShowsAsync(city: "Pune", company: "New Works");
        // Written anew, it is the newest; and back, as well.
        await EditAsync("City", "Delhi");
        await ShowsAsync(city: "Delhi", company: "New Works");
        await EditAsync("City", "Goa");
        await ShowsAsync(city: "Goa", company: "New Works");
        // For programs alike.
        var cluster = await client.GetStringAsync(new Uri($"/api/contacts/{newer.Id}/cluster", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.StartsWith("\"city\":\"Goa\"", cluster[cluster.IndexOf("\"city\"", StringComparison.Ordinal)..], StringComparison.Ordinal);

        async Task EditAsync(string field, string value)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            (await (await client.PageAsync($"/contacts/edit/{older.Id}")).MustBeOk().Form("Save").Fill(field, value).SubmitAsync()).MustBeOk();
        }

        async Task ShowsAsync(string city, string company)
        {
            var words = (await client.PageAsync($"/contacts/{older.Id}")).MustBeOk().One("aside .facts").Words();
            Assert.Contains($"City {city}", words, StringComparison.Ordinal);
            Assert.Contains($"Company {company}", words, StringComparison.Ordinal);
        }
    }
}
