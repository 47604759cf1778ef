using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Intranet.Data.Jobs;

internal sealed class JobRunMapping : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> run)
    {
        run.Property(r => r.Job).HasMaxLength(60);
        run.Property(r => r.Summary).HasMaxLength(500);
        run.Property(r => r.StartedBy).HasMaxLength(256);
        run.Property(r => r.Stage).HasMaxLength(100);
        run.Property(r => r.CancelledBy).HasMaxLength(256);
        run.HasIndex(r => new { r.Job, r.StartedAt });
    }
}
