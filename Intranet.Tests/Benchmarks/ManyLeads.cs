using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Contacts;
using Intranet.Data.Leads;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Benchmarks;

/// <summary>Leads with two years of interactions, any number, the same on every run: each orders and is called in a rhythm of its own.</summary>
internal sealed class ManyLeads(int leads, int interactions, int firstLead, IReadOnlyList<int> owners, DateTime now)
{
    internal const int Days = 730;
    private static readonly string[] Cities = ["Berlin", "Lisbon", "Mumbai", "New York", "Tokyo", "Sydney", "London", "Paris", "Nairobi", "São Paulo"];
    private static readonly string[] Zones = ["Europe/Berlin", "Europe/Lisbon", "Asia/Kolkata", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "Europe/London", "Europe/Paris", "Africa/Nairobi", "America/Sao_Paulo"];
    private static readonly string[] Adjectives = ["Green", "Golden", "Old", "Little", "Royal", "Blue", "Hidden", "Happy", "Silver", "Wild", "Quiet", "Red"];
    private static readonly string[] Nouns = ["Olive", "Lantern", "Table", "Garden", "Fork", "Harbour", "Spoon", "Kitchen", "Pepper", "Corner", "Bakery", "Terrace"];
    private static readonly TimeZoneInfo[] Known = [.. Zones.Select(LocalDay.Zone)];

    internal async Task FillAsync(IntranetDbContext db)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.InsertManyAsync(Range().Select(Lead));
        await db.InsertManyAsync(Range().SelectMany(i => ContactWord.Of(Name(i), City(i)).Select(word => new LeadWord { Word = word, LeadId = firstLead + i, SearchKey = Lead(i).SearchKey })));
        await db.InsertManyAsync(Range().SelectMany(Periods));
        await db.InsertManyAsync(Range().SelectMany(Moves));
        await db.InsertManyAsync(Range().SelectMany(Interactions));
        await transaction.CommitAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>KAMs who only own leads; nobody signs in as one.</summary>
    internal static async Task<List<int>> OwnersAsync(IntranetDbContext db, int count)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.InsertManyAsync(Enumerable.Range(0, count).Select(i => new User { UserName = $"kam{i}@many.example", NormalizedUserName = $"KAM{i}@MANY.EXAMPLE", Email = $"kam{i}@many.example", DisplayName = $"Kam {i:000}", SecurityStamp = $"{i}", CreatedAt = DateTime.UtcNow }));
        var users = await db.Users.Where(user => user.Email!.EndsWith("@many.example")).Select(user => user.Id).ToListAsync();
        var role = await db.Roles.Where(one => one.Name == Role.Kam).Select(one => one.Id).SingleAsync();
        await db.InsertManyAsync(users.Select(user => new IdentityUserRole<int> { UserId = user, RoleId = role }));
        await transaction.CommitAsync();
        return users;
    }

    private IEnumerable<int> Range() => Enumerable.Range(0, leads);

    // Half of the leads are active; the others are spread over the stages.
    private static Stage StageOf(int i) => i % 2 == 0 ? Stage.Active : (Stage)(i / 2 % 6);

    private static string Name(int i) => $"{Adjectives[i % Adjectives.Length]} {Nouns[i / Adjectives.Length % Nouns.Length]} {i}";

    private static string City(int i) => Cities[Place(i)];

    private static int Place(int i) => (int)(i * 7919L % Cities.Length);

    private int Owner(int i) => owners[i % owners.Count];

    // Every tenth was handed over once.
    private static int? HandedOver(int i) => i % 10 == 3 ? 30 + (i % 600) : null;

    private Lead Lead(int i)
    {
        var lead = new Lead
        {
            Name = Name(i),
            City = City(i),
            TimeZone = Zones[Place(i)],
            Stage = StageOf(i),
            StageSince = now.AddDays(-10 - (i % 200)),
            OwnerId = Owner(i),
            ExpectedValue = 100_00L * (1 + (i % 90)),
            IsMain = i % 20 == 0,
            NextStep = "Send the new price list",
            Source = i % 3 == 0 ? "fair" : "web",
            CreatedAt = now.AddDays(-Days),
            UpdatedAt = now.AddMinutes(-i % 100_000),
            LastTouchAt = now.AddDays(-(i % 40)),
            LastTouchOn = DateOnly.FromDateTime(now.AddDays(-(i % 40))),
        };
        lead.SetPlan(new CallPlan(7 + (i % 4 * 7), 45));
        return lead;
    }

    private IEnumerable<OwnershipPeriod> Periods(int i)
    {
        var (start, change) = (now.AddDays(-Days), HandedOver(i) is { } ago ? now.AddDays(-ago) : (DateTime?)null);
        if (change is not null)
            yield return new OwnershipPeriod { LeadId = firstLead + i, OwnerId = owners[(i + 1) % owners.Count], From = start, To = change };
        yield return new OwnershipPeriod { LeadId = firstLead + i, OwnerId = Owner(i), From = change ?? start };
    }

    private IEnumerable<StageMove> Moves(int i)
    {
        var (at, since) = (now.AddDays(-Days), (DateTime?)null);
        for (var stage = Stage.New; stage <= StageOf(i); stage++)
        {
            yield return new StageMove { LeadId = firstLead + i, From = stage == Stage.New ? null : stage - 1, FromSince = since, To = stage, At = at, ByName = "benchmark", Reason = stage == Stage.Closed ? "gone" : null };
            since = at;
            at = at.AddDays(20 + (((i * 31) + ((int)stage * 17)) % 110));
        }
    }

    private IEnumerable<Interaction> Interactions(int i)
    {
        var count = (interactions / leads) + (i < interactions % leads ? 1 : 0);
        var change = HandedOver(i) is { } ago ? now.AddDays(-ago) : DateTime.MinValue;
        var zone = Known[Place(i)];
        // Some stopped long ago, most go on; the gap is what the number of interactions leaves.
        var last = i % 9 == 0 ? 60 + (i % 300) : i % 12;
        for (var n = 0; n < count; n++)
        {
            var at = now.AddDays(-last - ((Days - last - 1.0) * n / count)).AddMinutes(-(((i * 13) + (n * 101)) % 900) - 1);
            var on = LocalDay.Of(at, zone);
            var kind = (((i * 7) + (n * 3)) % 10) switch { < 4 => InteractionKind.Order, < 9 => InteractionKind.Call, _ => InteractionKind.Visit };
            var isOrder = kind == InteractionKind.Order;
            yield return new Interaction
            {
                LeadId = firstLead + i,
                Kind = kind,
                Outcome = kind == InteractionKind.Call ? (CallOutcome)((i + n) % 3) : null,
                At = at,
                On = on,
                Details = "As always, with a word about the season.",
                IsOrder = isOrder,
                OrderedOn = isOrder ? on : null,
                OrderValue = isOrder ? 5_000 + (((i * 37L) + (n * 911)) % 60_000) : null,
                Currency = isOrder ? "EUR" : null,
                AuthorId = Owner(i),
                CreditedToId = at < change ? owners[(i + 1) % owners.Count] : Owner(i),
                CreatedAt = at,
            };
        }
    }
}
