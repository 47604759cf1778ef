using Intranet.Data.Contacts.Matching;
using Intranet.Tests.Contacts.Matching.Samples;

namespace Intranet.Tests.Contacts.Matching;

/// <summary>What people of one place have in common is counted among people of that place.</summary>
public sealed class SharedPlaceTests
{
    private const int City = 0, Country = 2;

    [Fact]
    public void Names_that_go_with_a_country_are_found_to_do_so_and_others_aren_t()
    {
        var tied = Estimate(nativeNames: true).Places[(int)PairKind.People][Country][(int)MatchField.FamilyName][FieldLevels.NameEqual];
        var free = Estimate(nativeNames: false).Places[(int)PairKind.People][Country][(int)MatchField.FamilyName][FieldLevels.NameEqual];

        Assert.InRange(tied, 0.7, 1);
        Assert.InRange(free, 0, 0.2);
    }

    [Fact]
    public void A_name_says_less_among_people_of_a_country_that_bears_it()
    {
        var tied = Evidence(Estimate(nativeNames: true));
        var free = Evidence(Estimate(nativeNames: false));

        // Four countries: two bits.
        Assert.InRange(free - tied, 1, 2.5f);
    }

    [Fact]
    public void A_place_takes_no_more_than_it_gave()
    {
        var model = MatchModel.Initial(10_000);
        foreach (var field in model.Places[(int)PairKind.People][City])
            Array.Fill(field, 1);
        var weights = new PairWeights(model);
        var found = Found(MatchField.City, FieldLevels.CityEqual);
        Span<float> alone = stackalloc float[FieldLevels.Fields];
        Span<float> shared = stackalloc float[FieldLevels.Fields];
        weights.Bits(Found(), alone);
        weights.Bits(found, shared);

        var taken = alone[(int)MatchField.FamilyName] - shared[(int)MatchField.FamilyName];

        Assert.True(taken > 0);
        Assert.True(taken <= weights.PlaceBits((int)PairKind.People, City, 0) + 0.01f);
        Assert.True(shared[(int)MatchField.FamilyName] >= 0);
    }

    private static Comparison Found(MatchField? place = null, int level = 0)
    {
        var found = new Comparison { Kind = PairKind.People };
        found.Set(MatchField.FamilyName, FieldLevels.NameEqual, 0);
        if (place is { } shared)
            found.Set(shared, level, 0);
        return found;
    }

    private static float Evidence(MatchModel model)
    {
        var found = new Comparison { Kind = PairKind.People };
        found.Set(MatchField.FamilyName, FieldLevels.NameEqual, Rarity.ToByte(20));
        found.Set(MatchField.Country, 2, Rarity.ToByte(500));
        Span<float> bits = stackalloc float[FieldLevels.Fields];
        new PairWeights(model).Bits(found, bits);
        return bits[(int)MatchField.FamilyName];
    }

    private static readonly string[] Countries = ["Spain", "Poland", "Sweden", "Brazil"];

    // 2,000 strangers in four countries; either each country has 25 family names of its own, or all have the same hundred.
    private static MatchModel Estimate(bool nativeNames)
    {
        var random = new Random(61);
        var rows = Enumerable.Range(1, 2000).Select(id =>
        {
            var country = random.Next(4);
            return new ContactRow
            {
                Id = id,
                GivenName = random.Pick(Words.Women),
                FamilyName = Words.Families[nativeNames ? (country * 25) + random.Next(25) : random.Next(100)],
                BirthDate = random.Day(1940, 2000),
                City = random.Pick(Words.Cities),
                Country = Countries[country],
            };
        });
        return EstimateModel.Run(MatchRecords.Read(rows), cancellation: TestContext.Current.CancellationToken);
    }
}
