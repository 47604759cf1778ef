using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Intranet.Data.Imports;

internal sealed class ImportMapping : IEntityTypeConfiguration<Import>
{
    public void Configure(EntityTypeBuilder<Import> import)
    {
        import.Property(i => i.Kind).HasMaxLength(40);
        import.Property(i => i.FileName).HasMaxLength(260);
        import.Property(i => i.StoredName).HasMaxLength(100);
        import.Property(i => i.CreatedBy).HasMaxLength(256);
        import.Property(i => i.AppliedBy).HasMaxLength(256);
        import.Property(i => i.StoppedBy).HasMaxLength(256);
        import.Property(i => i.Error).HasMaxLength(2000);
        import.Ignore(i => i.IsAtWork);
        import.Ignore(i => i.Rows);
        import.HasIndex(i => i.CreatedAt);
        import.HasIndex(i => i.State);
    }
}

internal sealed class ImportRowMapping : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> row)
    {
        row.HasKey(r => new { r.ImportId, r.Line });
        row.HasOne<Import>().WithMany().HasForeignKey(r => r.ImportId).OnDelete(DeleteBehavior.Cascade);
        row.Property(r => r.Label).HasMaxLength(300);
        row.Property(r => r.Column).HasMaxLength(200);
        row.Property(r => r.Raw).HasMaxLength(500);
        row.Property(r => r.Problem).HasMaxLength(500);
        row.HasIndex(r => new { r.ImportId, r.Kind, r.Line });
        // What is told of somebody; most rows are new ones, and not in it.
        row.HasIndex(r => r.SubjectId).HasFilter("SubjectId IS NOT NULL");
    }
}
