using System.Data.Common;
using Intranet.Data.Accounts;
using Intranet.Data.Auditing;
using Intranet.Data.Contacts;
using Intranet.Data.Directory;
using Intranet.Data.Imports;
using Intranet.Data.Jobs;
using Intranet.Data.Leads;
using Intranet.Data.Mail;
using Intranet.Data.Reports;
using Intranet.Data.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Intranet.Data;

/// <summary>
/// The one model. What the two databases do differently is abstract here and answered in <c>Providers/</c>.
/// Saving also writes the audit, new versions and the search words of what changed, in the same transaction.
/// </summary>
public abstract class IntranetDbContext(DbContextOptions options) : IdentityDbContext<User, Role, int>(options)
{
    public DbSet<Employee> Employees => Set<Employee>();
    public DbSet<Location> Locations => Set<Location>();
    public DbSet<Title> Titles => Set<Title>();
    public DbSet<TitleMapping> TitleMappings => Set<TitleMapping>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<Repository> Repositories => Set<Repository>();
    public DbSet<Assignment> Assignments => Set<Assignment>();
    public DbSet<PocReport> PocReports => Set<PocReport>();
    public DbSet<SearchWord> SearchWords => Set<SearchWord>();
    public DbSet<SpellingVariant> SpellingVariants => Set<SpellingVariant>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<Link> Links => Set<Link>();
    public DbSet<Separation> Separations => Set<Separation>();
    public DbSet<FieldChoice> FieldChoices => Set<FieldChoice>();
    public DbSet<GenericValue> GenericValues => Set<GenericValue>();
    public DbSet<DuplicatePair> DuplicatePairs => Set<DuplicatePair>();
    public DbSet<ContactWord> ContactWords => Set<ContactWord>();
    public DbSet<ErasedValue> ErasedValues => Set<ErasedValue>();
    public DbSet<EstimatedModel> EstimatedModels => Set<EstimatedModel>();
    public DbSet<Lead> Leads => Set<Lead>();
    public DbSet<LeadWord> LeadWords => Set<LeadWord>();
    public DbSet<LeadTotal> LeadTotals => Set<LeadTotal>();
    public DbSet<LabelTotal> LabelTotals => Set<LabelTotal>();
    public DbSet<DueTotal> DueTotals => Set<DueTotal>();
    public DbSet<KamDay> KamDays => Set<KamDay>();
    public DbSet<AllowedMove> AllowedMoves => Set<AllowedMove>();
    public DbSet<StageMove> StageMoves => Set<StageMove>();
    public DbSet<OwnershipPeriod> OwnershipPeriods => Set<OwnershipPeriod>();
    public DbSet<Poc> Pocs => Set<Poc>();
    public DbSet<Interaction> Interactions => Set<Interaction>();
    public DbSet<LeadPerformance> LeadPerformance => Set<LeadPerformance>();
    public DbSet<SavedList> SavedLists => Set<SavedList>();
    public DbSet<Subscription> Subscriptions => Set<Subscription>();
    public DbSet<SubscriptionRecipient> SubscriptionRecipients => Set<SubscriptionRecipient>();
    public DbSet<SubscriptionSnapshot> SubscriptionSnapshots => Set<SubscriptionSnapshot>();
    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();
    public DbSet<OutboxAttachment> OutboxAttachments => Set<OutboxAttachment>();
    public DbSet<Import> Imports => Set<Import>();
    public DbSet<ImportRow> ImportRows => Set<ImportRow>();
    public DbSet<JobRun> JobRuns => Set<JobRun>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<Setting> Settings => Set<Setting>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>An embedded database is brought up to date by whoever opens it; a server's by whoever runs the server.</summary>
    public abstract bool MigratesAtStart { get; }

    /// <summary>Brings the database to the current schema, whatever it has now.</summary>
    public virtual Task BringUpToDateAsync(CancellationToken cancellation = default) => Database.MigrateAsync(cancellation);

    /// <summary>
    /// FindPOC: who answers for a product, a repository, or (both given) a repository as part of a product.
    /// Names compare without case. Nobody who left before <paramref name="today"/> or on it appears; nobody appears
    /// twice. Ordered by first name, last name, EmpId.
    /// </summary>
    /// <exception cref="ArgumentException">Neither name is given.</exception>
    public async Task<List<PocRow>> FindPocAsync(string? productName, string? repositoryName, DateOnly today, CancellationToken cancellation = default)
    {
        if (productName is null && repositoryName is null)
            throw new ArgumentException("Name a product, a repository, or both.", nameof(productName));
        var product = productName is null ? null : TextKey.Name(productName);
        var repository = repositoryName is null ? null : TextKey.Name(repositoryName);
        // Nothing has a longer name, and a procedure's parameter would be cut down to one that something may have.
        return product?.Length > 100 || repository?.Length > 100 ? [] : await PocAsync(product, repository, today, cancellation);
    }

    /// <summary>The answer of <see cref="FindPocAsync"/>, by <see cref="TextKey.Name"/>.</summary>
    protected abstract Task<List<PocRow>> PocAsync(string? productKey, string? repositoryKey, DateOnly today, CancellationToken cancellation);

    /// <summary>
    /// Inserts many rows with few statements inside the current transaction, past change tracking, audit and
    /// search words: the caller writes those. Generated keys are not read back.
    /// </summary>
    public abstract Task InsertManyAsync<T>(IEnumerable<T> rows, CancellationToken cancellation = default) where T : class;

    /// <summary>
    /// Writes the named properties of many rows, found by their key, with few statements inside the current transaction,
    /// past change tracking, audit and search words: the caller writes those, and gives versioned rows a new version.
    /// </summary>
    public abstract Task UpdateManyAsync<T>(IEnumerable<T> rows, IReadOnlyList<string> properties, CancellationToken cancellation = default) where T : class;

    // What charts of all KAMs show; a database that keeps sums answers from them.

    /// <summary>What is credited in a period. A row is a day's, or a whole week's under its Monday.</summary>
    internal virtual IQueryable<KamDay> KamDaysOf(Period period) => KamDays.Where(day => day.Day >= period.From && day.Day <= period.To);

    internal virtual Task<List<KamLeads>> KamLeadsOfAsync(Period period, CancellationToken cancellation) => this.CountLeadsAsync(period, cancellation);

    internal virtual Task<List<StageFlow>> StageFlowsOfAsync(Period period, CancellationToken cancellation) => this.CountFlowsAsync(period, null, cancellation);

    internal virtual Task<List<StageStay>> StageStaysOfAsync(Period period, CancellationToken cancellation) => this.CountStaysAsync(period, null, cancellation);

    /// <summary>Until it is disposed of, this context writes very many rows, in one transaction after the other.</summary>
    internal virtual Task<IAsyncDisposable> ExpectManyRowsAsync(CancellationToken cancellation = default) => Task.FromResult<IAsyncDisposable>(new Nothing());

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>
    /// Adds a new record and its audit entry inside the current transaction and gives it its id; for hot paths, where
    /// the embedded database goes past change tracking. Not for records that are searched by words.
    /// </summary>
    internal virtual async Task InsertAsync<T>(T record, CancellationToken cancellation = default) where T : class, IAudited
    {
        Add(record);
        await SaveChangesAsync(cancellation);
    }

    /// <summary>Clusters that have the values of a request; asked for by every request.</summary>
    internal virtual Task<(IdentifyQueries.Holders OfEmail, IdentifyQueries.Holders OfPhone)> HoldersAsync(IdentifyRequest asked, int mostPeople, CancellationToken cancellation)
        => IdentifyQueries.HoldersAsync(this, asked, mostPeople, cancellation);

    /// <summary>The oldest row of a cluster that has the value; null when none has.</summary>
    internal virtual Task<int?> OldestWithAsync(GenericValueKind kind, int cluster, string key, CancellationToken cancellation)
        => IdentifyQueries.OldestWithAsync(this, kind, cluster, key, cancellation);

    /// <summary>The cluster of a primary, null when it is none (any more); asked for by every request.</summary>
    internal virtual Task<Identify.Person?> PersonAsync(int primary, CancellationToken cancellation)
        => IdentifyQueries.PersonAsync(this, primary, cancellation);

    /// <summary>What is asked within uses one connection, where it is asked by the methods above.</summary>
    internal virtual async Task<T> OverOneConnectionAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        await Database.OpenConnectionAsync(cancellation);
        try
        {
            return await ask();
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    /// <summary>Contacts that take part and have words with each of the beginnings.</summary>
    internal virtual Task<ContactSearch.Newest> NewestWithWordsAsync(IReadOnlyList<string> beginnings, ContactSearch.Part part, CancellationToken cancellation)
        => ContactSearch.NewestWithWordsAsync(this, beginnings, part, cancellation);

    /// <summary>Closes connections that nobody uses right now, with the memory each has; whoever asks next opens one anew.</summary>
    public virtual void CloseIdleConnections()
    {
    }

    /// <summary>Whether this process is the only one that uses the database: what was at work when it started is not any more.</summary>
    public abstract bool IsOfOneProcess { get; }

    /// <summary>
    /// Holds a named lock until the current transaction ends, across processes. Needs a transaction.
    /// </summary>
    /// <exception cref="TimeoutException">Somebody else holds it for longer than one waits.</exception>
    public abstract Task LockAsync(string name, CancellationToken cancellation = default);

    /// <summary>Whether saving failed because a unique index already holds the value.</summary>
    public abstract bool IsUniqueViolation(Exception failure);

    /// <summary>
    /// Whether the database only couldn't do it now: it chose this side of a deadlock, somebody held what was needed for too long, or it
    /// can't be reached. Nothing was written; the same may go well in a moment.
    /// </summary>
    public abstract bool IsPassing(Exception failure);

    // A pattern that takes too long for a text does so the next time, too.
    protected static bool IsTimeout(Exception failure) => failure is TimeoutException and not System.Text.RegularExpressions.RegexMatchTimeoutException;

    /// <summary>How often 24 hours fit between two instants; inside queries only, where each database says it in its own way.</summary>
    public static int WholeDays(DateTime from, DateTime to) => throw new InvalidOperationException("Only inside a query.");

    /// <summary>A text as it is, for grouping: letter case tells texts apart on both databases; inside queries only.</summary>
    public static string AsTyped(string text) => throw new InvalidOperationException("Only inside a query.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Stored as UTC, read as UTC; no finer than microseconds, so that both databases return what they were given.
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>().HavePrecision(6);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(IntranetDbContext).Assembly);
        builder.Entity<IdentityUserRole<int>>().ToTable("UserRoles");
        builder.Entity<IdentityUserClaim<int>>().ToTable("UserClaims");
        builder.Entity<IdentityRoleClaim<int>>().ToTable("RoleClaims");
        foreach (var entity in builder.Model.GetEntityTypes())
        {
            if (typeof(IVersioned).IsAssignableFrom(entity.ClrType))
                entity.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;

            // Nothing disappears because something else did, except parts that are named with their whole.
            foreach (var key in entity.GetForeignKeys().Where(key => key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.ClientSetNull && !IsPart(key.DeclaringEntityType.ClrType)))
                key.DeleteBehavior = DeleteBehavior.Restrict;
        }
    }

    private static bool IsPart(Type type)
        => type == typeof(PocReportStep) || type == typeof(ImportRow)
            || type == typeof(SubscriptionRecipient) || type == typeof(SubscriptionSnapshot)
            || type.Namespace == typeof(IdentityUserRole<int>).Namespace;

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
        => throw new NotSupportedException("Save asynchronously: saving also writes audit and search words.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        foreach (var entry in ChangeTracker.Entries<IVersioned>().Where(entry => entry.State == EntityState.Modified))
            entry.Entity.Version = Guid.NewGuid();

        var audited = AuditTrail.Collect(ChangeTracker);
        var searchable = ChangeTracker.Entries<ISearchable>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(entry => (entry.Entity, entry.Entity.Kind, entry.Entity.Id, Gone: entry.State == EntityState.Deleted, New: entry.State == EntityState.Added))
            .ToList();
        var named = ContactSearchWords.Collect(ChangeTracker);
        var leads = LeadSearchWords.Collect(ChangeTracker);
        if (audited.Count == 0 && searchable.Count == 0 && named.Count == 0 && leads.Count == 0)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        await using var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        // New records know their ids only now.
        var now = Now;
        var actor = Actor.Current;
        AuditEntries.AddRange(audited.SelectMany(change => change.ToEntries(now, actor)));
        foreach (var (entity, kind, id, gone, isNew) in searchable)
            await SearchIndex.KeepAsync(this, entity, kind, isNew ? entity.Id : id, gone, isNew, cancellationToken);
        if (named.Count > 0)
            await ContactSearchWords.KeepAsync(this, named, cancellationToken);
        if (leads.Count > 0)
            await LeadSearchWords.KeepAsync(this, leads, cancellationToken);
        await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        return saved;
    }

    /// <summary>Adds an audit entry for what is not a change of properties: a sign-in, an import, a download.</summary>
    public void Audit(string action, string subject, int? subjectId = null, string? details = null)
        => AuditEntries.Add(Told(action, subject, subjectId, details));

    /// <summary>An audit entry of now and the current actor, for who writes many at once.</summary>
    internal AuditEntry Told(string action, string subject, int? subjectId, string? details) => new()
    {
        At = Now,
        Actor = Actor.Current.Name,
        Address = Actor.Current.Address,
        Action = action,
        Subject = subject,
        SubjectId = subjectId,
        Details = details,
    };

    /// <summary>What saving an added record would have told, for who inserts many at once.</summary>
    internal IEnumerable<AuditEntry> ToldAsAdded(IAudited record)
        => AuditTrail.Added(record, Model.FindEntityType(record.GetType())!).ToEntries(Now, Actor.Current);

    // Asked for when needed: pooled contexts are built from their options alone.
    private DateTime Now => this.GetService<TimeProvider>().GetUtcNow().UtcDateTime;

    /// <summary>A command on the current connection and transaction, opened if need be.</summary>
    protected async Task<DbCommand> CommandAsync(CancellationToken cancellation)
    {
        await Database.OpenConnectionAsync(cancellation);
        var command = Database.GetDbConnection().CreateCommand();
        command.Transaction = Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        time => Microseconds(time), time => DateTime.SpecifyKind(time, DateTimeKind.Utc))
    {
        private static DateTime Microseconds(DateTime time)
            => time.Kind == DateTimeKind.Local
                ? throw new InvalidOperationException("Local times are not stored; convert to UTC first.")
                : new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }
}
