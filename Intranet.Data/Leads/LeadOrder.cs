using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Leads;

public enum LeadSort
{
    Name,
    Stage,
    Value,
    Owner,
    Due,
    Updated,
}

/// <summary>
/// The order of a list of leads, and how it continues after the last one shown, so that the thousandth page costs what the
/// first does. Leads without the value come last in both directions.
/// </summary>
public sealed record LeadOrder(LeadSort By, bool IsDescending)
{
    /// <summary>Where a page ended: the value that is sorted by, as text that is the same in every culture, and the id.</summary>
    public sealed record Place(string? Value, int Id)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}{(Value is null ? "" : "~" + Value)}");

        /// <returns>Null where the text is none of ours.</returns>
        public static Place? Parse(string text)
        {
            var parts = text.Split('~', 2);
            return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? new Place(parts.Length == 2 ? parts[1] : null, id) : null;
        }
    }

    /// <summary>The place of a lead in this order.</summary>
    public Place Of(int id, string searchKey, Stage stage, long? value, int? ownerId, DateTime? dueAt, DateTime updatedAt) => new(By switch
    {
        LeadSort.Name => searchKey,
        LeadSort.Stage => ((int)stage).ToString(CultureInfo.InvariantCulture),
        LeadSort.Value => value?.ToString(CultureInfo.InvariantCulture),
        LeadSort.Owner => string.Create(CultureInfo.InvariantCulture, $"{ownerId}~{searchKey}"),
        LeadSort.Due => dueAt?.Ticks.ToString(CultureInfo.InvariantCulture),
        _ => updatedAt.Ticks.ToString(CultureInfo.InvariantCulture),
    }, id);

    /// <summary>
    /// The ids of a page, in order. Only ids: what is sorted is read from an index, and the leads themselves are read for the
    /// few that show. Two queries at most; by owner four.
    /// </summary>
    /// <param name="db">Where owners are looked up.</param>
    /// <param name="found">Filtered.</param>
    /// <param name="after">Null: from the beginning. A place whose value can't be read counts as the beginning of its kind.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellation">Stops.</param>
    public Task<List<int>> PageAsync(IntranetDbContext db, FoundLeads found, Place? after, int count, CancellationToken cancellation) => PageAsync(db, found, after, count, isBackwards: false, cancellation);

    /// <summary>The ids of the page that ends before a place, in order.</summary>
    /// <param name="db">Where owners are looked up.</param>
    /// <param name="found">Filtered.</param>
    /// <param name="before">A place whose value can't be read counts as the end.</param>
    /// <param name="count">How many at most: those nearest to it.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<List<int>> PageBeforeAsync(IntranetDbContext db, FoundLeads found, Place before, int count, CancellationToken cancellation)
    {
        var ids = await new LeadOrder(By, !IsDescending).PageAsync(db, found, before, count, isBackwards: true, cancellation);
        ids.Reverse();
        return ids;
    }

    private Task<List<int>> PageAsync(IntranetDbContext db, FoundLeads found, Place? after, int count, bool isBackwards, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(found);
        return By == LeadSort.Name && found.By is { } words ? OfWordsAsync(words, found, after, count, cancellation)
            : By == LeadSort.Owner ? ByOwnerAsync(db, found, after, count, isBackwards, cancellation)
            : PageAsync(found.All, after, count, isBackwards, cancellation);
    }

    private Task<List<int>> PageAsync(IQueryable<Lead> leads, Place? after, int count, bool isBackwards, CancellationToken cancellation) => By switch
    {
        LeadSort.Name => SortedAsync(leads, lead => lead.SearchKey, after?.Value, after, count, cancellation),
        LeadSort.Stage => SortedAsync(leads, lead => lead.Stage, (Stage)(int)(Number(after) ?? 0), after, count, cancellation),
        LeadSort.Updated => SortedAsync(leads, lead => lead.UpdatedAt, Time(after) ?? DateTime.UnixEpoch, after, count, cancellation),
        LeadSort.Value => WithAndWithoutAsync(leads, lead => lead.ExpectedValue != null, lead => lead.ExpectedValue == null, lead => lead.ExpectedValue, Number(after), after, count, isBackwards, cancellation),
        _ => WithAndWithoutAsync(leads, lead => lead.DueAt != null, lead => lead.DueAt == null, lead => lead.DueAt, Time(after), after, count, isBackwards, cancellation),
    };

    /// <summary>All of them in this order; for files.</summary>
    public IQueryable<Lead> Sort(IQueryable<Lead> leads) => By switch
    {
        LeadSort.Name => Ordered(leads, lead => lead.SearchKey),
        LeadSort.Stage => Ordered(leads, lead => lead.Stage),
        LeadSort.Updated => Ordered(leads, lead => lead.UpdatedAt),
        LeadSort.Value => Then(IsDescending ? leads.OrderBy(lead => lead.ExpectedValue == null).ThenByDescending(lead => lead.ExpectedValue) : leads.OrderBy(lead => lead.ExpectedValue == null).ThenBy(lead => lead.ExpectedValue)),
        LeadSort.Owner => Then(IsDescending
            ? leads.OrderBy(lead => lead.OwnerId == null).ThenByDescending(lead => lead.Owner!.DisplayName).ThenByDescending(lead => lead.OwnerId).ThenByDescending(lead => lead.SearchKey)
            : leads.OrderBy(lead => lead.OwnerId == null).ThenBy(lead => lead.Owner!.DisplayName).ThenBy(lead => lead.OwnerId).ThenBy(lead => lead.SearchKey)),
        _ => Then(IsDescending ? leads.OrderBy(lead => lead.DueAt == null).ThenByDescending(lead => lead.DueAt) : leads.OrderBy(lead => lead.DueAt == null).ThenBy(lead => lead.DueAt)),
    };

    /// <summary>Those that come after a place in the order of changes.</summary>
    /// <exception cref="InvalidOperationException">The order is another one.</exception>
    public IQueryable<Lead> After(IQueryable<Lead> leads, Place place)
        => By != LeadSort.Updated ? throw new InvalidOperationException("Only changes have no leads without a value.")
            : Time(place) is { } time ? leads.Where(Beyond(lead => lead.UpdatedAt, time, place.Id)) : leads;

    private static long? Number(Place? place) => long.TryParse(place?.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTime? Time(Place? place)
        => Number(place) is { } ticks && ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;

    // The words are in the order of names, and are read as far as the page goes; the leads themselves only say whether they
    // fulfil the rest. Written as a cross join, because there SQLite keeps the order of the tables.
    private Task<List<int>> OfWordsAsync(IQueryable<LeadWord> words, FoundLeads found, Place? after, int count, CancellationToken cancellation)
    {
        if (after?.Value is { } key)
        {
            var id = after.Id;
#pragma warning disable CA1309 // string.Compare becomes a comparison in SQL; the collation of the column decides, and it is binary
            words = IsDescending
                ? words.Where(word => string.Compare(word.SearchKey, key) <= 0 && (string.Compare(word.SearchKey, key) < 0 || word.LeadId < id))
                : words.Where(word => string.Compare(word.SearchKey, key) >= 0 && (string.Compare(word.SearchKey, key) > 0 || word.LeadId > id));
#pragma warning restore CA1309
        }

        var rows = from word in words from lead in found.Leads where lead.Id == word.LeadId select new { word.SearchKey, word.LeadId };
        if (!found.IsOrdered)
            rows = rows.Distinct();
        return (IsDescending ? rows.OrderByDescending(row => row.SearchKey).ThenByDescending(row => row.LeadId) : rows.OrderBy(row => row.SearchKey).ThenBy(row => row.LeadId))
            .Take(count).Select(row => row.LeadId).ToListAsync(cancellation);
    }

    /// <summary>
    /// Owners in the order of their names, and each one's leads in the order of theirs, both read as far as the page goes where
    /// there are many: the rest of the owner at whose lead the page before ended, the owners after, and what nobody owns.
    /// </summary>
    private async Task<List<int>> ByOwnerAsync(IntranetDbContext db, FoundLeads those, Place? after, int count, bool isBackwards, CancellationToken cancellation)
    {
        var leads = those.All;
        var (owner, key) = after?.Value?.Split('~', 2) is [var number, var rest] ? (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0, rest) : (0, null);
        var name = owner == 0 ? null : await db.Users.Where(user => user.Id == owner).Select(user => user.DisplayName).FirstOrDefaultAsync(cancellation);
        var (isNobodys, users) = (owner == 0 && key is not null, db.Users.AsQueryable());
        var steps = new List<IQueryable<int>>();
        if (isNobodys)
            steps.Add(OfOne(null, key));
        if (name is not null)
        {
            steps.Add(OfOne(owner, key));
#pragma warning disable CA1309 // string.Compare becomes a comparison in SQL; the collation of the column decides
            users = IsDescending
                ? users.Where(user => string.Compare(user.DisplayName, name) <= 0 && (string.Compare(user.DisplayName, name) < 0 || user.Id < owner))
                : users.Where(user => string.Compare(user.DisplayName, name) >= 0 && (string.Compare(user.DisplayName, name) > 0 || user.Id > owner));
#pragma warning restore CA1309
        }

        if (isBackwards || !isNobodys)
        {
            // Many are walked: written as a cross join, because there SQLite keeps the order of the tables. Few are sorted.
            var owned = those.AreMany
                ? from user in users from lead in leads where lead.OwnerId == user.Id select new { user.DisplayName, OwnerId = user.Id, lead.SearchKey, lead.Id }
                : from lead in leads join user in users on lead.OwnerId equals user.Id select new { user.DisplayName, OwnerId = user.Id, lead.SearchKey, lead.Id };
            steps.Add((IsDescending
                ? owned.OrderByDescending(row => row.DisplayName).ThenByDescending(row => row.OwnerId).ThenByDescending(row => row.SearchKey).ThenByDescending(row => row.Id)
                : owned.OrderBy(row => row.DisplayName).ThenBy(row => row.OwnerId).ThenBy(row => row.SearchKey).ThenBy(row => row.Id)).Select(row => row.Id));
        }

        if (!isBackwards && !isNobodys)
            steps.Add(OfOne(null, null));
        var found = new List<int>();
        foreach (var step in steps.TakeWhile(_ => found.Count < count))
            found.AddRange(await step.Take(count - found.Count).ToListAsync(cancellation));
        return found;

        IQueryable<int> OfOne(int? one, string? from)
        {
            var theirs = leads.Where(lead => lead.OwnerId == one);
            return Ordered(from is null ? theirs : theirs.Where(Beyond(lead => lead.SearchKey, from, after!.Id)), lead => lead.SearchKey).Select(lead => lead.Id);
        }
    }

    private async Task<List<int>> WithAndWithoutAsync<TKey>(
        IQueryable<Lead> leads, Expression<Func<Lead, bool>> has, Expression<Func<Lead, bool>> lacks, Expression<Func<Lead, TKey>> key, object? value, Place? after, int count, bool isBackwards, CancellationToken cancellation)
    {
        // After a lead without a value only such follow; backwards, such come first and then those with one.
        var isWithout = after is not null && value is null;
        var found = isBackwards && isWithout ? await WithoutAsync(count) : [];
        if (found.Count < count && (isBackwards || !isWithout))
            found.AddRange(await SortedAsync(leads.Where(has), key, value, after, count - found.Count, cancellation));
        if (found.Count < count && !isBackwards)
            found.AddRange(await WithoutAsync(count - found.Count));
        return found;

        Task<List<int>> WithoutAsync(int most)
        {
            var rest = leads.Where(lacks);
            if (isWithout)
                rest = IsDescending ? rest.Where(lead => lead.Id < after!.Id) : rest.Where(lead => lead.Id > after!.Id);
            return (IsDescending ? rest.OrderByDescending(lead => lead.Id) : rest.OrderBy(lead => lead.Id)).Take(most).Select(lead => lead.Id).ToListAsync(cancellation);
        }
    }

    private async Task<List<int>> SortedAsync<TKey>(IQueryable<Lead> leads, Expression<Func<Lead, TKey>> key, object? value, Place? after, int count, CancellationToken cancellation)
    {
        if (after is not null && value is not null)
            leads = leads.Where(Beyond(key, value, after.Id));
        return await Ordered(leads, key).Take(count).Select(lead => lead.Id).ToListAsync(cancellation);
    }

    private IQueryable<Lead> Ordered<TKey>(IQueryable<Lead> leads, Expression<Func<Lead, TKey>> key) => Then(IsDescending ? leads.OrderByDescending(key) : leads.OrderBy(key));

    private IQueryable<Lead> Then(IOrderedQueryable<Lead> leads) => IsDescending ? leads.ThenByDescending(lead => lead.Id) : leads.ThenBy(lead => lead.Id);

    /// <summary>
    /// key ≥ value and (key > value or id > last), or the other way round. The first comparison is what makes the database
    /// begin in the middle of an index.
    /// </summary>
    private Expression<Func<Lead, bool>> Beyond<TKey>(Expression<Func<Lead, TKey>> key, object value, int id)
    {
        var lead = key.Parameters[0];
        Expression one = key.Body, other;
        if (typeof(TKey) == typeof(string))
        {
            // Becomes a comparison in SQL; the collation of the column decides, and it is binary for keys.
            one = Expression.Call(typeof(string), nameof(string.Compare), null, key.Body, Parameter((string)value));
            other = Expression.Constant(0);
        }
        else if (typeof(TKey).IsEnum)
        {
            one = Expression.Convert(key.Body, typeof(int));
            other = Parameter((int)value);
        }
        else
        {
            other = Expression.Convert(value is long number ? Parameter(number) : Parameter((DateTime)value), typeof(TKey));
        }

        var (last, own) = (Parameter(id), Expression.Property(lead, nameof(Lead.Id)));
        var (from, past, later) = IsDescending
            ? (Expression.LessThanOrEqual(one, other), Expression.LessThan(one, other), Expression.LessThan(own, last))
            : (Expression.GreaterThanOrEqual(one, other), Expression.GreaterThan(one, other), Expression.GreaterThan(own, last));
        return Expression.Lambda<Func<Lead, bool>>(Expression.AndAlso(from, Expression.OrElse(past, later)), lead);
    }

    // A parameter of the statement and not a part of its text: one plan for all pages.
    private static MemberExpression Parameter<T>(T value) => Expression.Property(Expression.Constant(new Box<T>(value)), nameof(Box<>.Value));

    private sealed record Box<T>(T Value);
}
