using Intranet.Data.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Intranet.Data.Leads;

internal sealed class LeadMapping : IEntityTypeConfiguration<Lead>
{
    public void Configure(EntityTypeBuilder<Lead> lead)
    {
        lead.Property(l => l.ExternalId).HasMaxLength(100);
        lead.Property(l => l.Name).HasMaxLength(200);
        lead.Property(l => l.Address).HasMaxLength(300);
        lead.Property(l => l.City).HasMaxLength(100);
        lead.Property(l => l.SearchKey).HasMaxLength(Lead.LongestKey);
        lead.Property(l => l.CityKey).HasMaxLength(Lead.LongestCity);
        lead.Property(l => l.TimeZone).HasMaxLength(64);
        lead.Property(l => l.OpeningHours).HasMaxLength(500);
        lead.Property(l => l.Source).HasMaxLength(100);
        lead.Property(l => l.Currency).HasMaxLength(3);
        lead.Property(l => l.NextStep).HasMaxLength(500);
        lead.Ignore(l => l.Plan);
        lead.HasOne(l => l.Owner).WithMany().HasForeignKey(l => l.OwnerId);
        // DeletedAt goes first in no other index: SQLite would take "is null" for rare, and read nearly all leads by it.
        // Lists by name, of all and by what they are filtered by. What else they may be filtered by stands behind the order: so
        // leads that don't show are passed over without being read.
        lead.HasIndex(l => new { l.SearchKey, l.Id, l.DeletedAt, l.OwnerId, l.Stage, l.Label, l.IsSlipping, l.TimeZone, l.Source }, "IX_Leads_ByName");
        lead.HasIndex(l => new { l.OwnerId, l.SearchKey, l.Id, l.DeletedAt, l.Stage, l.Label, l.IsSlipping });
        lead.HasIndex(l => new { l.CityKey, l.SearchKey, l.Id, l.DeletedAt, l.OwnerId, l.Stage, l.Label, l.IsSlipping });
        lead.HasIndex(l => new { l.Stage, l.SearchKey, l.Id, l.DeletedAt, l.OwnerId, l.Label, l.IsSlipping });
        lead.HasIndex(l => new { l.Label, l.Stage, l.SearchKey, l.Id, l.DeletedAt, l.OwnerId, l.IsSlipping });
        lead.HasIndex(l => new { l.Label, l.SearchKey, l.Id, l.DeletedAt });
        lead.HasIndex(l => new { l.IsSlipping, l.SearchKey, l.Id, l.DeletedAt, l.OwnerId, l.Stage, l.Label });
        // Lists by change, by value and by stage.
        lead.HasIndex(l => new { l.UpdatedAt, l.Id, l.DeletedAt, l.OwnerId, l.Stage, l.Label, l.IsSlipping });
        lead.HasIndex(l => new { l.ExpectedValue, l.Id, l.DeletedAt, l.OwnerId, l.Stage, l.Label, l.IsSlipping });
        lead.HasIndex(l => new { l.Stage, l.Id, l.DeletedAt, l.OwnerId, l.Label, l.IsSlipping });
        // Due, of all; one owner's queue is each database's own, for opening hours are long. What is closed, deleted or not in the plan has no DueAt.
        lead.HasIndex(l => new { l.DueAt, l.Id, l.PastMaximumAt, l.OverdueAt, l.IsMain, l.DeletedAt, l.OwnerId, l.Stage, l.Label, l.IsSlipping }, "IX_Leads_ByDue");
        lead.HasIndex(l => new { l.PastMaximumAt, l.DueAt, l.Id, l.OwnerId });
        lead.HasIndex(l => new { l.OverdueAt, l.DueAt, l.Id, l.OwnerId });
        // What somebody promised to call again.
        lead.HasIndex(l => new { l.OwnerId, l.DueAt, l.Id, l.RetryCause, l.PromisedOn }, "IX_Leads_Retries").HasFilter("[RetryOn] IS NOT NULL");
        // The cards of a column of the board.
        lead.HasIndex(l => new { l.Stage, l.UpdatedAt, l.Id, l.DeletedAt });
        lead.HasIndex(l => new { l.OwnerId, l.Stage, l.UpdatedAt, l.Id, l.DeletedAt });
        // What a column counts and sums up, where LeadTotals is a view.
        lead.HasIndex(l => new { l.OwnerId, l.Stage, l.Currency, l.DeletedAt, l.ExpectedValue });
        // The few that are deleted.
        lead.HasIndex(l => l.DeletedAt).HasFilter("[DeletedAt] IS NOT NULL");
        lead.HasIndex(l => l.ExternalId);
    }
}

internal sealed class LeadWordMapping : IEntityTypeConfiguration<LeadWord>
{
    public void Configure(EntityTypeBuilder<LeadWord> word)
    {
        word.HasKey(w => new { w.Word, w.LeadId });
        word.Property(w => w.Word).HasMaxLength(ContactWord.Longest);
        word.HasOne<Lead>().WithMany().HasForeignKey(w => w.LeadId);
        word.Property(w => w.SearchKey).HasMaxLength(Lead.LongestKey);
        // What has a word, in the order of names; and whether a lead has a second one.
        word.HasIndex(w => new { w.Word, w.SearchKey, w.LeadId });
        word.HasIndex(w => new { w.LeadId, w.Word });
    }
}

internal sealed class LeadTotalMapping : IEntityTypeConfiguration<LeadTotal>
{
    // Migrations make it, each database in its own way.
    public void Configure(EntityTypeBuilder<LeadTotal> total) => total.HasNoKey().ToView("LeadTotals");
}

internal sealed class LabelTotalMapping : IEntityTypeConfiguration<LabelTotal>
{
    public void Configure(EntityTypeBuilder<LabelTotal> total) => total.HasNoKey().ToView("LabelTotals");
}

internal sealed class DueTotalMapping : IEntityTypeConfiguration<DueTotal>
{
    public void Configure(EntityTypeBuilder<DueTotal> total) => total.HasNoKey().ToView("DueTotals");
}

internal sealed class KamDayMapping : IEntityTypeConfiguration<KamDay>
{
    public void Configure(EntityTypeBuilder<KamDay> day) => day.HasNoKey().ToView("KamDays");
}

internal sealed class AllowedMoveMapping : IEntityTypeConfiguration<AllowedMove>
{
    public void Configure(EntityTypeBuilder<AllowedMove> move)
    {
        move.HasIndex(m => new { m.From, m.To }).IsUnique();
        move.HasData(AllowedMove.Rows());
    }
}

internal sealed class StageMoveMapping : IEntityTypeConfiguration<StageMove>
{
    public void Configure(EntityTypeBuilder<StageMove> move)
    {
        move.Property(m => m.ByName).HasMaxLength(256);
        move.Property(m => m.Reason).HasMaxLength(StageMove.LongestReason);
        move.HasOne(m => m.Lead).WithMany().HasForeignKey(m => m.LeadId);
        // A lead's moves, and how a stay in a stage ended, from the index alone.
        move.HasIndex(m => new { m.LeadId, m.At, m.From, m.FromSince, m.To, m.IsTakenBack });
        // Conversion and time in stage, from the index alone.
        move.HasIndex(m => new { m.At, m.From, m.To, m.FromSince, m.LeadId, m.IsTakenBack });
    }
}

internal sealed class OwnershipPeriodMapping : IEntityTypeConfiguration<OwnershipPeriod>
{
    public void Configure(EntityTypeBuilder<OwnershipPeriod> period)
    {
        period.HasOne(p => p.Lead).WithMany().HasForeignKey(p => p.LeadId);
        period.HasOne(p => p.Owner).WithMany().HasForeignKey(p => p.OwnerId);
        period.HasIndex(p => new { p.LeadId, p.From });
        period.HasIndex(p => new { p.OwnerId, p.From, p.To, p.LeadId });
        // A lead has one owner at a time.
        period.HasIndex(p => p.LeadId, "IX_OwnershipPeriods_Open").IsUnique().HasFilter("[To] IS NULL");
    }
}

internal sealed class PocMapping : IEntityTypeConfiguration<Poc>
{
    public void Configure(EntityTypeBuilder<Poc> poc)
    {
        poc.Property(p => p.Role).HasMaxLength(100);
        poc.HasOne(p => p.Lead).WithMany(l => l.Pocs).HasForeignKey(p => p.LeadId);
        poc.HasOne(p => p.Contact).WithMany().HasForeignKey(p => p.ContactId);
        poc.HasIndex(p => p.LeadId);
        poc.HasIndex(p => p.ContactId);
    }
}

internal sealed class InteractionMapping : IEntityTypeConfiguration<Interaction>
{
    public void Configure(EntityTypeBuilder<Interaction> interaction)
    {
        interaction.Property(i => i.Details).HasMaxLength(Interaction.LongestDetails);
        interaction.Property(i => i.Currency).HasMaxLength(3);
        interaction.HasOne(i => i.Lead).WithMany().HasForeignKey(i => i.LeadId);
        interaction.HasOne(i => i.Poc).WithMany().HasForeignKey(i => i.PocId);
        interaction.HasOne(i => i.Author).WithMany().HasForeignKey(i => i.AuthorId);
        interaction.HasOne(i => i.CreditedTo).WithMany().HasForeignKey(i => i.CreditedToId);
        interaction.HasOne<Interaction>().WithMany().HasForeignKey(i => i.CorrectsId);
        // A lead's timeline, and what each KAM did.
        interaction.HasIndex(i => new { i.LeadId, i.At });
        interaction.HasIndex(i => new { i.CreditedToId, i.At });
        // All timelines, newest first.
        interaction.HasIndex(i => i.At);
        // What somebody wrote down lately, and may still change.
        interaction.HasIndex(i => new { i.AuthorId, i.CreatedAt });
        // Orders of a lead, of a KAM, and of all by day: what is added up is in the index, and nothing but orders. Their
        // condition is one that a comparison with the column implies on both databases.
        interaction.HasIndex(i => new { i.LeadId, i.OrderedOn, i.Currency, i.OrderValue }, "IX_Interactions_OrdersOfLead").HasFilter("[OrderedOn] IS NOT NULL");
        interaction.HasIndex(i => new { i.CreditedToId, i.OrderedOn, i.Currency, i.OrderValue }, "IX_Interactions_OrdersOfKam").HasFilter("[OrderedOn] IS NOT NULL");
        interaction.HasIndex(i => new { i.OrderedOn, i.CreditedToId, i.Currency, i.OrderValue, i.LeadId }, "IX_Interactions_OrdersByDay").HasFilter("[OrderedOn] IS NOT NULL");
        // Calls of all by day, KAM and outcome. SQLite takes an index for sufficient only if it holds what its filter compares.
        interaction.HasIndex(i => new { i.On, i.CreditedToId, i.Outcome, i.Kind, i.CorrectedAt }, "IX_Interactions_CallsByDay").HasFilter("[Kind] = 0 AND [CorrectedAt] IS NULL");
        // Most have neither.
        interaction.HasIndex(i => i.PocId).HasFilter("[PocId] IS NOT NULL");
        interaction.HasIndex(i => i.CorrectsId).HasFilter("[CorrectsId] IS NOT NULL");
        // What came from a file and was changed since may stand at any time; a file that comes again looks for the few there are.
        interaction.HasIndex(i => i.LeadId, "IX_Interactions_ChangedImports").HasFilter("[ImportKey] IS NOT NULL AND [UpdatedAt] IS NOT NULL");
    }
}

internal sealed class LeadPerformanceMapping : IEntityTypeConfiguration<LeadPerformance>
{
    public void Configure(EntityTypeBuilder<LeadPerformance> performance)
    {
        performance.ToTable("LeadPerformance");
        performance.HasKey(p => p.LeadId);
        performance.Property(p => p.LeadId).ValueGeneratedNever();
        performance.Property(p => p.ManualReason).HasMaxLength(LeadPerformance.LongestReason);
        performance.Property(p => p.ManualBy).HasMaxLength(256);
        performance.Property(p => p.Weeks).HasMaxLength(100);
        performance.HasOne(p => p.Lead).WithOne(l => l.Performance).HasForeignKey<LeadPerformance>(p => p.LeadId);
        performance.HasIndex(p => new { p.ListedAs, p.Revenue });
        performance.HasIndex(p => new { p.ListedAs, p.LastOrderOn });
        performance.HasIndex(p => new { p.IsSlipping, p.Revenue });
        performance.HasIndex(p => new { p.IsSlipping, p.LastOrderOn });
    }
}
