using Intranet.Data.Contacts.Matching;
using static Intranet.Data.Contacts.Matching.FieldLevels;

namespace Intranet.Tests.Contacts.Matching;

public sealed class ComparingTests
{
    [Theory]
    [InlineData("martha", "marhta", 0.961)]
    [InlineData("dwayne", "duane", 0.840)]
    [InlineData("dixon", "dicksonx", 0.813)]
    [InlineData("abc", "xyz", 0)]
    public void Jaro_and_winkler_are_as_published(string a, string b, double expected)
    {
        Assert.Equal(expected, TextDistance.JaroWinkler(a, b), 3);
        Assert.Equal(TextDistance.JaroWinkler(a, b), TextDistance.JaroWinkler(b, a));
    }

    [Theory]
    [InlineData("smith", "smiht", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void Edits_count_swapped_neighbours_once(string a, string b, int edits) => Assert.Equal(edits, TextDistance.Edits(a, b));

    [Fact]
    public void Words_of_any_length_are_compared_as_the_definitions_say()
    {
        var random = new Random(1701);
        for (var round = 0; round < 20_000; round++)
        {
            var (a, b) = (Word(random), Word(random));
            // Half of them are each other with some letters changed.
            if (round % 2 == 0)
                b = Changed(random, a);
            Assert.True(TextDistance.Edits(a, b) == EditsByTable(a, b), $"{a} and {b}: {TextDistance.Edits(a, b)} edits, not {EditsByTable(a, b)}");
            Assert.Equal(JaroWinklerLetterByLetter(a, b), TextDistance.JaroWinkler(a, b), 12);
        }
    }

    private static string Word(Random random) => new([.. Enumerable.Range(0, random.Next(41)).Select(_ => "abcdé"[random.Next(5)])]);

    private static string Changed(Random random, string word)
    {
        for (var changes = random.Next(4); changes > 0 && word.Length > 1; changes--)
        {
            var place = random.Next(word.Length - 1);
            word = random.Next(4) switch
            {
                0 => word.Remove(place, 1),
                1 => word.Insert(place, "e"),
                2 => word[..place] + word[place + 1] + word[place] + word[(place + 2)..],
                _ => word[..place] + "x" + word[(place + 1)..],
            };
        }

        return word;
    }

    private static int EditsByTable(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[a.Length, b.Length];
    }

    private static double JaroWinklerLetterByLetter(string a, string b)
    {
        if (a.Length > b.Length || (a.Length == b.Length && string.CompareOrdinal(a, b) > 0))
            (a, b) = (b, a);
        if (a.Length == 0)
            return b.Length == 0 ? 1 : 0;
        var reach = Math.Max(0, (b.Length / 2) - 1);
        var taken = new bool[b.Length];
        var common = new List<char>();
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = Math.Max(0, i - reach); j < Math.Min(b.Length, i + reach + 1); j++)
            {
                if (taken[j] || a[i] != b[j])
                    continue;
                taken[j] = true;
                common.Add(a[i]);
                break;
            }
        }

        if (common.Count == 0)
            return 0;
        var swapped = common.Zip(b.Where((_, j) => taken[j])).Count(pair => pair.First != pair.Second);
        var jaro = (((double)common.Count / a.Length) + ((double)common.Count / b.Length) + ((common.Count - (swapped / 2.0)) / common.Count)) / 3;
        var prefix = a.Zip(b).Take(4).TakeWhile(pair => pair.First == pair.Second).Count();
        return jaro + (prefix * 0.1 * (1 - jaro));
    }

    [Theory]
    [InlineData("1980-03-04", "1980-03-04", BirthEqual)]
    [InlineData("1980-03-04", "1980-04-03", BirthSwapped)]
    [InlineData("1980-03-04", "1981-03-04", BirthOneEdit)]
    [InlineData("1980-03-04", "1980-03-17", BirthTwoParts)]
    [InlineData("1980-03-04", "1980", BirthYearOnly)]
    [InlineData("1980-03-04", "1980-11-27", BirthYear)]
    [InlineData("1980-03-04", "1953-08-21", 1)]
    public void Birth_dates_have_levels(string a, string b, int level)
    {
        Assert.Equal(level, CompareValues.Births(Birth.Parse(a), Birth.Parse(b)));
        Assert.Equal(level, CompareValues.Births(Birth.Parse(b), Birth.Parse(a)));
    }

    [Theory]
    [InlineData("7442198491", "7442198491", PhoneEqual)]
    [InlineData("7442198491", "7442198401", PhoneEdit)]
    [InlineData("7442198491", "7442918491", PhoneEdit)]
    [InlineData("7442198491", "744219891", PhoneEdit)]
    [InlineData("7442198491", "6137198491", PhoneTail)]
    [InlineData("7442198491", "9031557226", 1)]
    public void Phones_have_levels(string a, string b, int level)
    {
        var (x, y) = (PhoneDigits.Parse(a), PhoneDigits.Parse(b));
        Assert.Equal(level, CompareValues.Phones(x.Number, x.Length, y.Number, y.Length));
        Assert.Equal(level, CompareValues.Phones(y.Number, y.Length, x.Number, x.Length));
    }

    [Theory]
    [InlineData("Robert", "Smith", "Bob", "Smith", NameShort, NameEqual, false)]
    [InlineData("Robert", "Smith", "R.", "Smith", NameInitial, NameEqual, false)]
    [InlineData("Robert", "Smith", "Smith", "Robert", NameEqual, NameEqual, true)]
    [InlineData("Robert", "Smith", "Robert William", "Smith", NameEqual, NameEqual, false)]
    [InlineData("Stephanie", "Salner", "Stephanie", "Salner-Harris", NameEqual, NameShort, false)]
    [InlineData("Robert", "Smith", "Robret", "Smtih", NameVerySimilar, NameVerySimilar, false)]
    [InlineData("Robert", "Smith", "Alice", "Smith", 1, NameEqual, false)]
    [InlineData("Robert", "Smith", null, "Smith", 0, NameEqual, false)]
    [InlineData("Anna", "Mariarossi", "Annamaria", "Rossi", NameEqual, NameEqual, false)]
    public void Names_have_levels(string? given, string? family, string? otherGiven, string? otherFamily, int givenLevel, int familyLevel, bool swapped)
    {
        var a = new ContactRow { Id = 1, GivenName = given, FamilyName = family };
        var b = new ContactRow { Id = 2, GivenName = otherGiven, FamilyName = otherFamily };
        foreach (var found in new[] { Compare(a, b), Compare(b, a) })
            Assert.Equal((givenLevel, familyLevel, swapped), (found.Level((int)MatchField.GivenName), found.Level((int)MatchField.FamilyName), found.Swapped));
    }

    [Theory]
    [InlineData("12 High Street", "12 High St.", StreetEqual)]
    [InlineData("12 High Street", "12 Hihg Street", StreetSimilar)]
    [InlineData("12 High Street", "High Street", StreetPart)]
    [InlineData("12 High Street", "97 High Street", StreetWords)]
    [InlineData("12 High Street", "12 Mill Road", StreetNumber)]
    [InlineData("12 High Street", "97 Mill Road", 1)]
    [InlineData("12", "High Street", 0)]
    public void Streets_have_levels(string a, string b, int level)
        => Assert.Equal(level, Compare(new() { Id = 1, Street = a }, new() { Id = 2, Street = b }).Level((int)MatchField.Street));

    [Theory]
    [InlineData("Bright Packaging Ltd", "Bright Packaging Corp", WordsEqual)]
    [InlineData("Bright Packaging", "Packaging Bright", WordsSimilar)]
    [InlineData("International Business Machines", "IBM", WordsAcronym)]
    [InlineData("Art's Delicatessen", "Art's Deli", WordsSimilar)]
    [InlineData("Bright Packaging", "Quantum Robotics", 1)]
    public void Organisations_have_levels(string a, string b, int level)
        => Assert.Equal(level, Compare(new() { Id = 1, Company = a }, new() { Id = 2, Company = b }).Level((int)MatchField.Company));

    [Fact]
    public void A_shared_desk_s_mailbox_says_no_more_than_the_organisation()
        => Assert.Equal(EmailDomain, Compare(new() { Id = 1, Email = "info@bright.example" }, new() { Id = 2, Email = "info@bright.example" }).Level((int)MatchField.Email));

    [Fact]
    public void More_agreement_never_weighs_less_and_missing_weighs_nothing()
    {
        var weights = new PairWeights(MatchModel.Initial(10_000));
        for (var field = 0; field < Fields; field++)
        {
            Assert.Equal(0, weights.Bits(0, field, 0, 0));
            Assert.True(weights.Bits(0, field, 1, 0) <= 0);
            for (var level = 2; level <= Top(field); level++)
                Assert.True(weights.Bits(0, field, level, 0) >= weights.Bits(0, field, level - 1, 0), $"{(MatchField)field} {level}");
            Assert.True(weights.Bits(0, field, Top(field), 0) >= weights.Bits(0, field, Top(field), 60));
        }
    }

    [Fact]
    public void A_name_that_every_tenth_has_is_no_rarer_in_a_small_set()
    {
        var bits = new PairWeights(MatchModel.Initial(300)).Bits(0, (int)MatchField.FamilyName, NameEqual, Rarity.ToByte(28));

        // log2 of 0.81 times ten is three.
        Assert.InRange(bits, 2.5f, 3.5f);
    }

    [Fact]
    public void A_year_says_what_it_says_where_nobody_has_a_day()
    {
        var model = MatchModel.Initial(5000);
        model.Matches[0][(int)MatchField.BirthDate] = [0, 0.05, 0.03, 0.01, 0.90, 0.003, 0.003, 0.003, 0.001];
        model.Random[0][(int)MatchField.BirthDate] = [0, 0.95, 0.03, 0.006, 0.014, 1e-6, 1e-6, 1e-6, 1e-7];

        var bits = new PairWeights(model).Bits(0, (int)MatchField.BirthDate, BirthYearOnly, Rarity.ToByte(60));

        Assert.InRange(bits, 4, 7);
    }

    [Theory]
    [InlineData("Art's Delicatessen", true)]
    [InlineData("Ada Lovelace", false)]
    public void A_name_without_anything_of_people_is_read_as_the_others_of_its_list(string other, bool organisations)
    {
        var records = MatchRecords.Read(new[] { "Campanile", "Patina", "Fenix", other }.Select((name, i) => new ContactRow { Id = i + 1, FullName = name, Phone = $"213/938-144{i}" }));

        Assert.All(records.All.ToArray(), record => Assert.Equal(organisations ? PairKind.Organisations : PairKind.Contacts, record.Kind));
    }

    [Fact]
    public void An_explanation_adds_up_to_the_probability()
    {
        var records = MatchRecords.Read([
            new() { Id = 1, GivenName = "Robert", FamilyName = "Featherstonehaugh", Phone = "07442 198491", City = "Leeds" },
            new() { Id = 2, GivenName = "Bob", FamilyName = "Featherstonehaugh", Phone = "+44 7442 198491", City = "York" }]);
        var model = MatchModel.Initial(1000);
        var pair = Assert.Single(FindPairs.Run(model, records, 0.01, cancellation: TestContext.Current.CancellationToken));

        var evidence = ExplainPair.Run(model, PairLevels.Parse(pair.Levels.ToString())!.Value, pair.Probability);

        Assert.Contains(evidence, entry => entry is { Field: MatchField.GivenName, Text: "a short form", Bits: > 0 });
        Assert.Contains(evidence, entry => entry is { Field: MatchField.City, Text: "different", Bits: < 0 });
        Assert.Equal(Math.Log2(pair.Probability / (1 - pair.Probability)), evidence.Sum(entry => entry.Bits), 0.6);
    }

    [Fact]
    public void What_twins_would_share_as_well_is_named_and_counts_for_less()
    {
        var records = MatchRecords.Read([
            new() { Id = 1, GivenName = "Odile", FamilyName = "Featherstonehaugh", BirthDate = "1984-03-07", Street = "12 Oak Road", Postcode = "LS1 4DY" },
            new() { Id = 2, GivenName = "Bertrand", FamilyName = "Featherstonehaugh", BirthDate = "1984-03-07", Street = "12 Oak Road", Postcode = "LS1 4DY" }]);
        var model = MatchModel.Initial(1000);
        var pair = Assert.Single(FindPairs.Run(model, records, 0.0001, cancellation: TestContext.Current.CancellationToken));

        var evidence = ExplainPair.Run(model, pair.Levels, pair.Probability);

        Assert.Equal("two contacts drawn at random are seldom one person", evidence[0].Text);
        Assert.Contains(evidence, entry => entry is { Field: null, Text: "they could be twins, who would share family name, birth date, street and postcode too and differ in given name: these count for less", Bits: < 0 });
        Assert.Equal(Math.Log2(pair.Probability / (1 - pair.Probability)), evidence.Sum(entry => entry.Bits), 0.6);
    }

    [Fact]
    public void What_is_as_good_as_certain_is_not_said_to_be_contradicted()
    {
        var records = MatchRecords.Read([.. Enumerable.Range(1, 2).Select(id => new ContactRow
        {
            Id = id, GivenName = "Odile", FamilyName = "Featherstonehaugh", BirthDate = "1984-03-07", Email = "odile@featherstonehaugh.example", Phone = "07442 198491", Street = "12 Oak Road", Postcode = "LS1 4DY",
        })]);
        var model = MatchModel.Initial(1000);
        var pair = Assert.Single(FindPairs.Run(model, records, 0.01, cancellation: TestContext.Current.CancellationToken));

        Assert.DoesNotContain(ExplainPair.Run(model, pair.Levels, Math.Clamp(pair.Probability, 1e-9, 1 - 1e-9)), entry => entry.Text.StartsWith("other contacts", StringComparison.Ordinal));
    }

    private static Comparison Compare(ContactRow a, ContactRow b)
    {
        var records = MatchRecords.Read([a, b]);
        return new ComparePair(records).Of(records.All[0], records.All[1]);
    }
}
