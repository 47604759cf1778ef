using Intranet.Data.Contacts.Matching;
using Intranet.Tests.Contacts.Matching.Samples;

namespace Intranet.Tests.Contacts.Matching;

public sealed class MatchingInvarianceTests
{
    private static readonly LabelledRows Contacts = BusinessContacts.Rows(31, 700, 0.2);

    [Fact]
    public void The_order_of_rows_changes_nothing()
    {
        var shuffled = Contacts.Rows.ToArray();
        new Random(5).Shuffle(shuffled);

        Assert.Equal(Pairs(Contacts.Rows), Pairs(shuffled));
    }

    [Fact]
    public void Other_ids_change_nothing()
    {
        var renamed = Contacts.Rows.Select(row => row with { Id = 9_000_000 - (row.Id * 7) });

        Assert.Equal(
            Pairs(Contacts.Rows).Select(pair => (9_000_000 - (pair.B * 7), 9_000_000 - (pair.A * 7))).Order(),
            Pairs(renamed).Order());
    }

    public static TheoryData<string> Sets => ["contacts", "people", "restaurants"];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Rows_that_have_nothing_in_common_with_the_others_change_no_decision(string set)
    {
        var rows = set switch
        {
            "people" => CleanPeople.Rows(35, 800, 0.7, 3, 8, 0.08).Rows,
            "restaurants" => Organisations.Rows(33, 750, 0.15, asCompany: false).Rows,
            _ => Contacts.Rows,
        };

        var strange = StrangeRows.Like(rows, 4 * rows.Count).Select(row => row with { Id = row.Id + 100_000 });

        Assert.Equal(0, Changed(rows, strange));
    }

    [Fact]
    public void Who_shares_a_word_a_mailbox_or_a_number_has_something_in_common()
    {
        ContactRow[] rows =
        [
            new() { Id = 1, GivenName = "Wilhelmina", FamilyName = "Oestergaard" },
            new() { Id = 2, GivenName = "Per", FamilyName = "Ostergaard" },
            new() { Id = 3, GivenName = "Zbigniew", FamilyName = "Kwiatkowski", Phone = "+48 22 555 01 23" },
            new() { Id = 4, GivenName = "Chidinma", FamilyName = "Adeyemi", Phone = "0048225550123" },
            new() { Id = 5, GivenName = "Giuseppe", FamilyName = "Rossellini", Email = "giuseppe@rossellini.example" },
            new() { Id = 6, GivenName = "unit1001", FamilyName = "unit2001" },
            new() { Id = 7, GivenName = "unit1002", FamilyName = "unit2002" },
            new() { Id = 8, GivenName = "Li", FamilyName = "Wu" },
            new() { Id = 9, GivenName = "Lo", FamilyName = "Xu", Company = "Rossellini" },
        ];

        var records = MatchRecords.Read(rows);

        MarkAlone.Run(records);
        Assert.Equal([5, 6, 7, 8, 9], records.All.ToArray().Where(record => record.IsAlone).Select(record => record.Id));
    }

    /// <summary>Rows that programs sent with an address and a number and no name, and customers of one city who have no name in common.</summary>
    [Fact]
    public void Where_hardly_anybody_has_anything_in_common_all_are_counted()
    {
        ContactRow[] sent = [.. Enumerable.Range(0, 400).Select(i => new ContactRow { Id = i + 1, Email = $"user{i * 7919}@mail{i}.example", Phone = $"+91 {9_000_000_000 + (i * 7_654_321L)}" })];
        ContactRow[] customers = [.. StrangeRows.Like([new() { Id = 1, GivenName = "a", FamilyName = "b", Email = "c", Phone = "d" }], 300).Select(row => row with { City = "Mumbai" })];

        foreach (var rows in new[] { sent, customers })
        {
            var records = MatchRecords.Read(rows);
            Assert.Equal(rows.Length, records.Population);
            Assert.Equal(rows.Length, records.Counted[(int)PairKind.Contacts]);
            Assert.Empty(Pairs(rows));
        }
    }

    [Fact]
    public void Rows_of_few_days_and_places_part_no_block_of_the_others()
    {
        var rows = CleanPeople.Rows(35, 800, 0.7, 3, 8, 0.08).Rows;
        var strange = StrangeRows.Like(rows, 5 * rows.Count).Select(row => row with { Id = row.Id + 100_000, BirthDate = rows[(int)row.Id % 3].BirthDate, Postcode = rows[(int)row.Id % 3].Postcode, City = rows[0].City });

        Assert.Equal(0, Changed(rows, strange));
    }

    [Fact]
    public void Rows_of_other_people_hardly_change_a_decision()
    {
        var others = CleanPeople.Rows(32, 700, 0.5, 1, 2).Rows.Select(row => row with { Id = row.Id + 100_000 });

        // Only pairs at the threshold itself may tip over.
        Assert.InRange(Changed(Contacts.Rows, others), 0, 0.03);
    }

    [Fact]
    public void Contacts_of_a_sales_department_hardly_change_how_restaurants_and_people_are_found()
    {
        var contacts = BusinessContacts.Rows(34, 2000, 0.25, firstId: 100_001).Rows;

        Assert.InRange(Changed(Organisations.Rows(33, 750, 0.15, asCompany: false).Rows, contacts), 0, 0.02);
        Assert.InRange(Changed(CleanPeople.Rows(35, 800, 0.7, 3, 8, 0.08).Rows, contacts), 0, 0.02);
    }

    [Fact]
    public void A_guide_to_restaurants_hardly_changes_how_contacts_are_found()
        => Assert.InRange(Changed(Contacts.Rows, Organisations.Rows(36, 750, 0.15, asCompany: false).Rows.Select(row => row with { Id = row.Id + 100_000 })), 0, 0.01);

    [Fact]
    public void A_model_survives_being_stored()
    {
        var records = MatchRecords.Read(Contacts.Rows);
        var model = EstimateModel.Run(records, cancellation: TestContext.Current.CancellationToken);

        var stored = MatchModel.FromJson(model.ToJson());

        Assert.NotNull(stored);
        Assert.Equal(FindPairs.Run(model, records, cancellation: TestContext.Current.CancellationToken), FindPairs.Run(stored, records, cancellation: TestContext.Current.CancellationToken));
        Assert.Null(MatchModel.FromJson("{}"));
        Assert.Null(MatchModel.FromJson("no json"));
    }

    [Fact]
    public void A_scan_can_be_cancelled_and_tells_how_far_it_is()
    {
        var records = MatchRecords.Read(Contacts.Rows);
        var model = MatchModel.Initial(records.Count);
        using var cancelled = new CancellationTokenSource();
        var told = new List<double>();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => FindPairs.Run(model, records, cancellation: cancelled.Token));
        FindPairs.Run(model, records, progress: new Recorder(told), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(1, told[^1]);
        Assert.Equal(told.Order(), told);
    }

    [Fact]
    public void Nothing_and_one_row_are_sets_too()
    {
        foreach (var rows in new[] { [], Contacts.Rows[..1] })
        {
            var records = MatchRecords.Read(rows);
            Assert.Empty(FindPairs.Run(EstimateModel.Run(records, cancellation: TestContext.Current.CancellationToken), records, cancellation: TestContext.Current.CancellationToken));
        }
    }

    // Of the pairs found without the others, the share that is decided otherwise with them.
    private static double Changed(List<ContactRow> rows, IEnumerable<ContactRow> others)
    {
        var before = Pairs(rows).ToHashSet();
        var after = Pairs(rows.Concat(others)).Where(pair => pair.A < 100_000 && pair.B < 100_000).ToHashSet();
        return (before.Except(after).Count() + after.Except(before).Count()) / (double)before.Count;
    }

    private static List<(long A, long B)> Pairs(IEnumerable<ContactRow> rows)
    {
        var records = MatchRecords.Read(rows);
        return [.. FindPairs.Run(EstimateModel.Run(records, cancellation: TestContext.Current.CancellationToken), records, cancellation: TestContext.Current.CancellationToken).Select(pair => (pair.A, pair.B)).Order()];
    }

    private sealed class Recorder(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }
}
