using Intranet.Data.Contacts.Matching;
using Intranet.Tests.Contacts.Matching.Samples;

namespace Intranet.Tests.Contacts.Matching;

public sealed class MatchIndexTests
{
    private static readonly ContactRow Kate = new()
    {
        Id = 900_001,
        GivenName = "Katherine",
        FamilyName = "Featherstonehaugh",
        Email = "w.feather@analytical.example",
        Phone = "+44 7700 900123",
        BirthDate = "1985-12-10",
        Street = "12 Mill Road",
        City = "Cambridge",
    };

    [Fact]
    public void An_arrival_finds_the_row_it_repeats()
    {
        var index = Index();
        index.Add(Kate);

        var found = index.Find(Kate with { Id = 900_002, GivenName = "Kate", FamilyName = "Fetherstonehaugh", Phone = "07700 900123", Email = null });

        var pair = Assert.Single(found);
        Assert.Equal((900_001, 900_002), (pair.A, pair.B));
        Assert.True(pair.Probability > 0.9);
    }

    [Fact]
    public void What_was_removed_or_changed_isn_t_found_by_its_old_values()
    {
        var index = Index();
        index.Add(Kate);
        index.Add(new ContactRow { Id = Kate.Id, GivenName = "Somebody", FamilyName = "Else" });
        Assert.Empty(index.Find(Kate with { Id = 900_002 }));

        index.Add(Kate);
        index.Remove(Kate.Id);
        index.Remove(Kate.Id);
        Assert.Empty(index.Find(Kate with { Id = 900_002 }));
    }

    [Fact]
    public void A_row_isn_t_its_own_duplicate()
    {
        var index = Index();
        index.Add(Kate);

        Assert.Empty(index.Find(Kate));
    }

    [Fact]
    public void Finds_what_the_scan_finds_for_rows_of_the_set()
    {
        var labelled = BusinessContacts.Rows(41, 600, 0.1);
        var records = MatchRecords.Read(labelled.Rows);
        var model = EstimateModel.Run(records, cancellation: TestContext.Current.CancellationToken);
        var sure = FindPairs.Run(model, records, 0.99, cancellation: TestContext.Current.CancellationToken).Where(pair => !pair.Followed).Take(50).ToList();
        var index = new MatchIndex(model, records);
        var rows = labelled.Rows.ToDictionary(row => row.Id);

        Assert.NotEmpty(sure);
        foreach (var pair in sure)
            // Alone a pair may say less than with the others of its group, but never less than what groups are made from.
            Assert.Contains(index.Find(rows[pair.A], GroupPairs.Weakest), found => found.A == pair.A && found.B == pair.B);
    }

    private static MatchIndex Index()
    {
        var records = MatchRecords.Read(BusinessContacts.Rows(42, 300, 0.1).Rows);
        return new MatchIndex(EstimateModel.Run(records, cancellation: TestContext.Current.CancellationToken), records);
    }
}
