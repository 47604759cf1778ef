using System.Globalization;
using Intranet.Seed;
using Intranet.Tests.Contacts.Matching.Samples;

namespace Intranet.Tests.Contacts.Matching;

/// <summary>
/// Floors on invented sets of every kind the engine is measured by, with the shipped thresholds and without labels. The sets are
/// small; <see cref="Benchmarks.MatchingBenchmark"/> measures the real ones.
/// </summary>
public sealed class MatchingQualityTests
{
    public static TheoryData<string, double> Floors => new()
    {
        { "clean people", 0.98 },
        { "hard people", 0.92 },
        { "historical people", 0.83 },
        { "common names", 0.88 },
        { "restaurants by full name", 0.92 },
        { "restaurants by company", 0.92 },
        { "restaurants that few share", 0.92 },
        { "look-alikes", 0.88 },
    };

    [Theory]
    [MemberData(nameof(Floors))]
    public void Finds_who_is_who(string kind, double floor)
    {
        var quality = Quality.Of(Set(kind));

        Assert.True(quality.F1 >= floor, $"{kind}: {quality}");
        Assert.True(quality.ClosureF1 >= quality.F1 - 0.02, $"{kind}: {quality}");
        Assert.True(quality.AutomaticPrecision >= 0.97, $"{kind}: {quality}");
    }

    /// <summary>Names, firms and addresses go with a country there, which is where independence fails most.</summary>
    [Fact]
    public void Finds_who_is_who_among_contacts_of_the_generator()
    {
        var labelled = new LabelledRows([], []);
        foreach (var row in ContactGenerator.Labelled(6000))
        {
            var id = int.Parse(row.Id.AsSpan(1), CultureInfo.InvariantCulture);
            labelled.People.Add(id, row.ClusterId);
            labelled.Rows.Add(new()
            {
                Id = id,
                GivenName = row.GivenName,
                FamilyName = row.Surname,
                Email = row.Email,
                Phone = row.Phone,
                BirthDate = row.DateOfBirth,
                Street = row.Street,
                City = row.City,
                Postcode = row.Postcode,
                State = row.State,
                Country = row.Country,
                Company = row.Company,
                JobTitle = row.JobTitle,
            });
        }

        var quality = Quality.Of(labelled);

        Assert.True(quality.F1 >= 0.935, quality.ToString());
        Assert.True(quality.ClosureF1 >= quality.F1 - 0.02, quality.ToString());
        Assert.True(quality.AutomaticPrecision >= 0.98, quality.ToString());
    }

    private static LabelledRows Set(string kind) => kind switch
    {
        "clean people" => CleanPeople.Rows(21, 800, 0.75, 4, 3),
        "hard people" => CleanPeople.Rows(22, 800, 0.7, 3, 8, 0.08),
        "historical people" => HistoricalPeople.Rows(23, 250),
        "common names" => BusinessContacts.Rows(24, 800, 0.05, commonNames: true),
        "restaurants by full name" => Organisations.Rows(25, 600, 0.3, asCompany: false),
        "restaurants by company" => Organisations.Rows(25, 600, 0.3, asCompany: true),
        "restaurants that few share" => Organisations.Rows(103, 750, 0.15, asCompany: false),
        _ => BusinessContacts.Rows(26, 1000, 0.25),
    };
}
