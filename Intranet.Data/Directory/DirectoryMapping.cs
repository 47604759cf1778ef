using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Intranet.Data.Directory;

internal sealed class EmployeeMapping : IEntityTypeConfiguration<Employee>
{
    public void Configure(EntityTypeBuilder<Employee> employee)
    {
        employee.Property(e => e.EmpId).HasMaxLength(32);
        employee.Property(e => e.EmpIdKey).HasMaxLength(32);
        employee.Property(e => e.FirstName).HasMaxLength(100);
        employee.Property(e => e.FirstNameKey).HasMaxLength(120);
        employee.Property(e => e.LastName).HasMaxLength(100);
        employee.Property(e => e.LastNameKey).HasMaxLength(120);
        employee.Property(e => e.EmailId).HasMaxLength(254);
        employee.Property(e => e.EmailKey).HasMaxLength(254);
        employee.Property(e => e.ChatUserName).HasMaxLength(100);
        employee.Property(e => e.OriginalTitle).HasMaxLength(200);
        employee.Property(e => e.ManagerEmpId).HasMaxLength(32);
        employee.HasOne(e => e.Substitute).WithMany().HasForeignKey(e => e.SubstituteId);
        employee.HasIndex(e => e.EmpIdKey).IsUnique();
        employee.HasIndex(e => e.EmailKey);
        // The order of every list of people; the others answer the filters in that same order. LeftOn is in
        // them so that counting reads an index alone; an index of LeftOn by itself would tempt SQLite into a slower plan.
        employee.HasIndex(e => new { e.FirstNameKey, e.LastNameKey, e.EmpIdKey, e.LeftOn });
        employee.HasIndex(e => new { e.LocationId, e.FirstNameKey, e.LastNameKey, e.EmpIdKey, e.LeftOn });
        employee.HasIndex(e => new { e.TitleId, e.FirstNameKey, e.LastNameKey, e.EmpIdKey, e.LeftOn });
        employee.Ignore(e => e.FullName);
    }
}

internal sealed class LocationMapping : IEntityTypeConfiguration<Location>
{
    public void Configure(EntityTypeBuilder<Location> location)
    {
        location.Property(l => l.LocationCode).HasMaxLength(20);
        location.Property(l => l.LocationCodeKey).HasMaxLength(20);
        location.Property(l => l.City).HasMaxLength(100);
        location.Property(l => l.Region).HasMaxLength(100);
        location.Property(l => l.Country).HasMaxLength(100);
        location.Property(l => l.TimeZone).HasMaxLength(64);
        location.HasIndex(l => l.LocationCodeKey).IsUnique();
    }
}

internal sealed class StandardTitleMapping : IEntityTypeConfiguration<Title>
{
    public void Configure(EntityTypeBuilder<Title> title)
    {
        title.Property(t => t.Name).HasMaxLength(100);
        title.Property(t => t.NameKey).HasMaxLength(100);
        title.HasIndex(t => t.NameKey).IsUnique();
        title.HasData(Title.Standard.Select((name, i) => new Title { Id = i + 1, Name = name }));
    }
}

internal sealed class TitleMappingMapping : IEntityTypeConfiguration<TitleMapping>
{
    public void Configure(EntityTypeBuilder<TitleMapping> mapping)
    {
        mapping.Property(m => m.Original).HasMaxLength(200);
        mapping.Property(m => m.OriginalKey).HasMaxLength(220);
        mapping.HasIndex(m => m.OriginalKey).IsUnique();
        mapping.Ignore(m => m.IsPattern);
    }
}

internal sealed class ProductMapping : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> product)
    {
        product.Property(p => p.Name).HasMaxLength(100);
        product.Property(p => p.NameKey).HasMaxLength(100);
        product.Property(p => p.Description).HasMaxLength(1000);
        product.Property(p => p.ChatChannel).HasMaxLength(100);
        product.HasIndex(p => p.NameKey).IsUnique();
    }
}

internal sealed class RepositoryMapping : IEntityTypeConfiguration<Repository>
{
    public void Configure(EntityTypeBuilder<Repository> repository)
    {
        repository.Property(r => r.Name).HasMaxLength(100);
        repository.Property(r => r.NameKey).HasMaxLength(100);
        repository.Property(r => r.Description).HasMaxLength(1000);
        repository.Property(r => r.ChatChannel).HasMaxLength(100);
        repository.HasIndex(r => r.NameKey).IsUnique();
    }
}

internal sealed class AssignmentMapping : IEntityTypeConfiguration<Assignment>
{
    public void Configure(EntityTypeBuilder<Assignment> assignment)
    {
        assignment.Property(a => a.ConfirmedBy).HasMaxLength(256);
        assignment.ToTable(table => table.HasCheckConstraint("CK_Assignments_Subject", "[ProductId] IS NOT NULL OR [RepositoryId] IS NOT NULL"));
        // Three, because the databases disagree whether two missing values are equal. Square brackets suit both.
        assignment.HasIndex(a => new { a.EmployeeId, a.ProductId, a.RepositoryId }, "IX_Assignments_Both").IsUnique()
            .HasFilter("[ProductId] IS NOT NULL AND [RepositoryId] IS NOT NULL");
        assignment.HasIndex(a => new { a.EmployeeId, a.ProductId }, "IX_Assignments_ProductOnly").IsUnique()
            .HasFilter("[ProductId] IS NOT NULL AND [RepositoryId] IS NULL");
        assignment.HasIndex(a => new { a.EmployeeId, a.RepositoryId }, "IX_Assignments_RepositoryOnly").IsUnique()
            .HasFilter("[ProductId] IS NULL AND [RepositoryId] IS NOT NULL");
        assignment.HasIndex(a => a.EmployeeId);
        assignment.HasIndex(a => new { a.ProductId, a.EmployeeId, a.Role });
        assignment.HasIndex(a => new { a.RepositoryId, a.EmployeeId, a.Role });
    }
}

internal sealed class SearchWordMapping : IEntityTypeConfiguration<SearchWord>
{
    public void Configure(EntityTypeBuilder<SearchWord> word)
    {
        word.HasKey(w => new { w.Kind, w.Word, w.TargetId });
        word.Property(w => w.Word).HasMaxLength(SearchWord.MaxLength);
        word.HasIndex(w => new { w.Kind, w.TargetId, w.Word });
    }
}

internal sealed class SpellingVariantMapping : IEntityTypeConfiguration<SpellingVariant>
{
    public void Configure(EntityTypeBuilder<SpellingVariant> variant)
    {
        variant.HasKey(v => new { v.Variant, v.Word });
        variant.Property(v => v.Variant).HasMaxLength(8);
        variant.Property(v => v.Word).HasMaxLength(SearchWord.MaxLength);
        variant.HasIndex(v => v.Word);
    }
}

internal sealed class PocReportMapping : IEntityTypeConfiguration<PocReport>
{
    public void Configure(EntityTypeBuilder<PocReport> report)
    {
        report.Property(r => r.ProductName).HasMaxLength(100);
        report.Property(r => r.RepositoryName).HasMaxLength(100);
        report.Property(r => r.Message).HasMaxLength(4000);
        report.Property(r => r.CreatedBy).HasMaxLength(256);
        report.HasMany(r => r.Steps).WithOne().HasForeignKey(s => s.ReportId).OnDelete(DeleteBehavior.Cascade);
        report.HasIndex(r => r.CreatedAt);
    }
}

internal sealed class PocReportStepMapping : IEntityTypeConfiguration<PocReportStep>
{
    public void Configure(EntityTypeBuilder<PocReportStep> step)
    {
        step.HasKey(s => new { s.ReportId, s.Position });
        step.Property(s => s.Position).ValueGeneratedNever();
        step.Property(s => s.Name).HasMaxLength(40);
        step.Property(s => s.Detail).HasMaxLength(2000);
    }
}
