using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Intranet.Data.Reports;

internal sealed class SavedListMapping : IEntityTypeConfiguration<SavedList>
{
    public void Configure(EntityTypeBuilder<SavedList> list)
    {
        list.Property(l => l.Name).HasMaxLength(100);
        list.Property(l => l.Page).HasMaxLength(100);
        list.Property(l => l.Query).HasMaxLength(SavedList.LongestQuery);
        list.HasOne(l => l.Owner).WithMany().HasForeignKey(l => l.OwnerId);
        list.HasIndex(l => new { l.OwnerId, l.Page, l.Name }).IsUnique();
        // The team's.
        list.HasIndex(l => new { l.Page, l.IsShared });
    }
}

internal sealed class SubscriptionMapping : IEntityTypeConfiguration<Subscription>
{
    public void Configure(EntityTypeBuilder<Subscription> subscription)
    {
        subscription.Property(s => s.Name).HasMaxLength(100);
        subscription.Property(s => s.Page).HasMaxLength(100);
        subscription.Property(s => s.Query).HasMaxLength(SavedList.LongestQuery);
        subscription.Property(s => s.TimeZone).HasMaxLength(64);
        subscription.Property(s => s.Address).HasMaxLength(300);
        subscription.Property(s => s.PauseReason).HasMaxLength(500);
        subscription.Property(s => s.LastError).HasMaxLength(500);
        subscription.HasOne(s => s.Owner).WithMany().HasForeignKey(s => s.OwnerId);
        subscription.HasMany(s => s.Recipients).WithOne(r => r.Subscription).HasForeignKey(r => r.SubscriptionId).OnDelete(DeleteBehavior.Cascade);
        subscription.HasOne<SubscriptionSnapshot>().WithOne().HasForeignKey<SubscriptionSnapshot>(s => s.SubscriptionId).OnDelete(DeleteBehavior.Cascade);
        // What the sender asks every minute.
        subscription.HasIndex(s => s.NextAt);
        subscription.HasIndex(s => s.DeletedAt);
    }
}

internal sealed class SubscriptionRecipientMapping : IEntityTypeConfiguration<SubscriptionRecipient>
{
    public void Configure(EntityTypeBuilder<SubscriptionRecipient> recipient)
        => recipient.Property(r => r.Address).HasMaxLength(254);
}

internal sealed class SubscriptionSnapshotMapping : IEntityTypeConfiguration<SubscriptionSnapshot>
{
    public void Configure(EntityTypeBuilder<SubscriptionSnapshot> snapshot)
    {
        snapshot.HasKey(s => s.SubscriptionId);
        snapshot.Property(s => s.SubscriptionId).ValueGeneratedNever();
    }
}
