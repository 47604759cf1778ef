using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Intranet.Data.Reports;

internal sealed class SavedListMapping : IEntityTypeConfiguration<SavedList>
{
    public void Configure(EntityTypeBuilder<SavedList> list)
    {
        list.Property(l => l.Name).HasMaxLength(100);
        list.Property(l => l.Page).HasMaxLength(100);
        list.Property(l => l.Query).HasMaxLength(2000);
        list.HasOne(l => l.Owner).WithMany().HasForeignKey(l => l.OwnerId);
        list.HasIndex(l => new { l.OwnerId, l.Page, l.Name }).IsUnique();
        // The team's.
        list.HasIndex(l => new { l.Page, l.IsShared });
    }
}
