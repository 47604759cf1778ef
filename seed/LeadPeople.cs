using System.Globalization;

namespace Intranet.Seed;

/// <summary>Whom to ask at a lead.</summary>
internal static class LeadPeople
{
    private static readonly string[] Roles = ["decision maker", "purchasing", "kitchen", "accounts", "owner"];

    public static IEnumerable<PocRow> Of(LeadStory story, int seed)
    {
        var draws = Draws.For(seed, "pocs", story.Number);
        var count = draws.Number(1, 3);
        for (var i = 0; i < count; i++)
        {
            // Somebody runs the restaurant before as well.
            var of = i == 1 && story.Number > 1 && draws.Bool(0.15f) ? story.Number - 1 : story.Number;
            var (name, phone, email) = Person(of, of == story.Number ? i : 0, story, seed);
            yield return new(story.Id, name, Roles[Math.Min(i + draws.Number(2), Roles.Length - 1)], phone, email, i == 0 ? "yes" : "no");
        }
    }

    private static (string Name, string Phone, string Email) Person(int lead, int position, LeadStory story, int seed)
    {
        var draws = Draws.For(seed, "poc", (lead * 4) + position);
        // Whoever answers for two restaurants is the same person at both.
        var country = lead == story.Number ? story.Place.Country : new LeadStory(lead, seed, LeadGenerator.SampleOwners).Place.Country;
        var (given, family) = (country.Given(draws, draws.Bool()), country.Family(draws));
        var (phone, mail) = (country.Format(draws, country.Phone(draws, office: false)), string.Create(CultureInfo.InvariantCulture, $"{Ascii.Fold(given)}.{Ascii.Fold(family)}@r{lead}.example.com"));
        var has = draws.Number(9);
        return ($"{given} {family}", has == 0 ? "" : phone, has is 1 or 2 ? "" : mail);
    }
}
