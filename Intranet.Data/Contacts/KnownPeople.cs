using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>What is settled about pairs without comparing them: who is linked, who was separated by a steward, and whose link was cut.</summary>
internal sealed class KnownPeople
{
    private readonly Dictionary<long, int> _primaries = [];
    private readonly HashSet<(long, long)> _separated = [], _cut = [];

    /// <summary>Tells the primary of a contact that is linked to another.</summary>
    internal void Linked(int contact, int primary) => _primaries[contact] = primary;

    /// <summary>Reads separations and cuts; call it when all links are told.</summary>
    internal async Task ReadSaidAsync(IntranetDbContext db, CancellationToken cancellation)
    {
        foreach (var (one, other) in await db.AllApartAsync(cancellation))
            _separated.Add(Clusters(one, other));
        foreach (var (one, other) in await db.AllCutsAsync(cancellation))
            _cut.Add(Clusters(one, other));
    }

    /// <summary>Nobody said yet whether the two are one person, neither about them nor about their clusters.</summary>
    internal bool LeaveOpen(long one, long other) => Clusters(one, other) is var (a, b) && a != b && !_separated.Contains((a, b));

    /// <summary>Somebody cut a link between their clusters: they may be one person, and only a steward says so.</summary>
    internal bool WereCut(long one, long other) => _cut.Contains(Clusters(one, other));

    private (long, long) Clusters(long one, long other)
    {
        var (a, b) = (_primaries.GetValueOrDefault(one, (int)one), _primaries.GetValueOrDefault(other, (int)other));
        return (Math.Min(a, b), Math.Max(a, b));
    }
}
