using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Contacts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Contacts;

/// <summary>One contact as the person it belongs to: what holds, where it comes from, and why these rows are one person.</summary>
public sealed class DetailsModel(IntranetDbContext db, PhoneRules phones) : PageModel
{
    // As many as one looks through; some have thousands.
    private const int Most = 50;

    /// <summary>The contact of the address; the page shows its whole cluster.</summary>
    public int Id { get; private set; }

    public required Cluster Cluster { get; set; }

    /// <summary>Null when the contact takes part in nothing.</summary>
    public PersonOf? Person { get; private set; }
    public IReadOnlyList<PersonOf.Choice> Choices { get; private set; } = [];
    public IReadOnlyList<ContactHistory.Entry> Changes { get; private set; } = [];
    public IReadOnlyList<PairRow> Pairs { get; private set; } = [];
    public IReadOnlyList<SeparationRow> Separations { get; private set; } = [];

    /// <summary>"Why are these one person?": the two rows asked about, by number or by what finds them.</summary>
    [BindProperty(SupportsGet = true)]
    public string? One { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Other { get; set; }

    public WhyTogether Why { get; private set; } = WhyTogether.Unasked;

    /// <summary>Everything, however many contacts one person has; else the first of them.</summary>
    [BindProperty(SupportsGet = true)]
    public bool All { get; set; }

    /// <summary>The one of the address and the primary are always among them.</summary>
    public IEnumerable<PersonRow> Sources => !IsShortened ? Cluster.All
        : Cluster.All.Where(row => row.Id == Id || row.Id == Cluster.PrimaryId).Concat(Cluster.All).DistinctBy(row => row.Id).Take(Most);

    public IEnumerable<Link> Links => All ? Cluster.Links : Cluster.Links.Take(Most);

    /// <summary>There is more to show than is shown.</summary>
    public bool IsShortened => !All && (Cluster.All.Count() > Most || Cluster.Links.Count > Most);

    /// <summary>Whose accounts linked and cut.</summary>
    public AccountNames Names { get; private set; } = AccountNames.None;

    private Dictionary<int, string> names = [];

    public bool IsOfPerson(int id) => names.ContainsKey(id);

    /// <summary>A row by its name and number.</summary>
    public string Called(int id) => names.TryGetValue(id, out var found) && found != $"Contact {id}" ? $"{found} ({id})" : $"contact {id}";

    public PersonRow Shown => Cluster.All.First(row => row.Id == Id);

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation)
    {
        if (await db.ClusterAsync(id, cancellation) is not { } cluster)
            return NotFound();
        (Id, Cluster) = (id, cluster);
        var ids = cluster.Rows.Select(row => row.Id).ToArray();
        if (ids.Length > 0)
        {
            Choices = await db.ChoicesAsync(ids, cancellation);
            Person = PersonOf.Rows(cluster.Rows, cluster.PrimaryId, Choices);
        }

        Why = WhyTogether.Of(cluster, One, Other, phones);
        names = cluster.All.ToDictionary(row => row.Id, row => row.Name);
        Pairs = await PairRow.OfAsync(db, ids, cancellation);
        // What was said of deleted rows stands, too.
        var all = cluster.All.Select(row => row.Id).ToArray();
        Separations = await db.Separations.Where(s => EF.Parameter(all).Contains(s.FirstId) || EF.Parameter(all).Contains(s.SecondId)).OrderByDescending(s => s.Id).Take(50).Select(SeparationRow.FromSeparation).ToListAsync(cancellation);
        Names = await db.NamesOfAsync(Links.Concat(Why.Chain ?? []).SelectMany(link => new[] { link.CreatedBy, link.CutBy }).Concat(Separations.Select(separation => separation.CreatedBy)), cancellation);
        Changes = await db.ContactHistoryAsync(cluster, cancellation);
        return Page();
    }
}
