using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Intranet.Data.Contacts;

internal sealed class ContactMapping : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> contact)
    {
        contact.Property(c => c.ExternalId).HasMaxLength(100);
        contact.Property(c => c.Source).HasMaxLength(40);
        contact.Property(c => c.GivenName).HasMaxLength(100);
        contact.Property(c => c.FamilyName).HasMaxLength(100);
        contact.Property(c => c.FullName).HasMaxLength(200);
        contact.Property(c => c.BirthDateAsTyped).HasMaxLength(40);
        contact.Property(c => c.Street).HasMaxLength(200);
        contact.Property(c => c.City).HasMaxLength(100);
        contact.Property(c => c.Postcode).HasMaxLength(20);
        contact.Property(c => c.State).HasMaxLength(100);
        contact.Property(c => c.Country).HasMaxLength(100);
        contact.Property(c => c.Company).HasMaxLength(200);
        contact.Property(c => c.JobTitle).HasMaxLength(200);
        contact.Property(c => c.Email).HasMaxLength(254);
        contact.Property(c => c.EmailKey).HasMaxLength(254);
        contact.Property(c => c.Phone).HasMaxLength(32);
        contact.Property(c => c.PhoneKey).HasMaxLength(32);
        contact.Property(c => c.OlderValues).HasMaxLength(500);
        contact.Ignore(c => c.IsPrimary).Ignore(c => c.PrimaryId);
        contact.HasOne<Contact>().WithMany().HasForeignKey(c => c.LinkedId);
        // identify: who has this value, and which clusters are they; answered by the index alone.
        contact.HasIndex(c => new { c.EmailKey, c.LinkedId, c.DeletedAt });
        contact.HasIndex(c => new { c.PhoneKey, c.LinkedId, c.DeletedAt });
        // The rows of a cluster, oldest first. Of what most contacts lack, only those that have it are in the index.
        contact.HasIndex(c => new { c.LinkedId, c.CreatedAt }).HasFilter("\"LinkedId\" IS NOT NULL");
        contact.HasIndex(c => c.ExternalId).HasFilter("\"ExternalId\" IS NOT NULL");
        // Lists, newest first: of one source (an index ends with the key by itself), and of deleted ones.
        contact.HasIndex(c => c.Source);
        contact.HasIndex(c => c.Id).HasFilter("\"DeletedAt\" IS NOT NULL").HasDatabaseName("IX_Contacts_Deleted");
        // What changed since arrivals were compared last.
        contact.HasIndex(c => new { c.UpdatedAt, c.Id });
        // What was restored or taken apart since then; most never was.
        contact.HasIndex(c => new { c.LoosenedAt, c.Id }).HasFilter("\"LoosenedAt\" IS NOT NULL");
    }
}

internal sealed class LinkMapping : IEntityTypeConfiguration<Link>
{
    public void Configure(EntityTypeBuilder<Link> link)
    {
        link.Property(l => l.Detail).HasMaxLength(300);
        link.Property(l => l.CreatedBy).HasMaxLength(256);
        link.Property(l => l.CutBy).HasMaxLength(256);
        link.Ignore(l => l.IsCut);
        link.HasOne(l => l.First).WithMany().HasForeignKey(l => l.FirstId);
        link.HasOne(l => l.Second).WithMany().HasForeignKey(l => l.SecondId);
        link.HasIndex(l => new { l.FirstId, l.SecondId });
        link.HasIndex(l => new { l.SecondId, l.FirstId });
        // What somebody cut, which linking by values must not undo; few, and most databases have none.
        link.HasIndex(l => l.FirstId).HasFilter("\"CutAt\" IS NOT NULL").HasDatabaseName("IX_Links_Cut");
    }
}

internal sealed class SeparationMapping : IEntityTypeConfiguration<Separation>
{
    public void Configure(EntityTypeBuilder<Separation> separation)
    {
        separation.Property(s => s.CreatedBy).HasMaxLength(256);
        separation.HasOne(s => s.First).WithMany().HasForeignKey(s => s.FirstId);
        separation.HasOne(s => s.Second).WithMany().HasForeignKey(s => s.SecondId);
        separation.HasIndex(s => new { s.FirstId, s.SecondId }).IsUnique();
        separation.HasIndex(s => s.SecondId);
    }
}

internal sealed class FieldChoiceMapping : IEntityTypeConfiguration<FieldChoice>
{
    public void Configure(EntityTypeBuilder<FieldChoice> choice)
    {
        choice.Property(c => c.Field).HasMaxLength(40);
        choice.Property(c => c.ChosenBy).HasMaxLength(256);
        choice.HasOne(c => c.Contact).WithMany().HasForeignKey(c => c.ContactId);
        choice.HasIndex(c => new { c.ContactId, c.Field });
        choice.HasIndex(c => c.DecisionId);
    }
}

internal sealed class GenericValueMapping : IEntityTypeConfiguration<GenericValue>
{
    public void Configure(EntityTypeBuilder<GenericValue> value)
    {
        value.Property(v => v.ValueKey).HasMaxLength(254);
        value.Property(v => v.AddedBy).HasMaxLength(256);
        value.HasIndex(v => new { v.Kind, v.ValueKey }).IsUnique();
    }
}

internal sealed class DuplicatePairMapping : IEntityTypeConfiguration<DuplicatePair>
{
    public void Configure(EntityTypeBuilder<DuplicatePair> pair)
    {
        pair.Property(p => p.DecidedBy).HasMaxLength(256);
        pair.Property(p => p.PutOffBy).HasMaxLength(256);
        pair.Property(p => p.ClaimedBy).HasMaxLength(256);
        pair.Property(p => p.Evidence).HasMaxLength(48);
        pair.HasIndex(p => p.DecisionId);
        pair.HasOne(p => p.First).WithMany().HasForeignKey(p => p.FirstId);
        pair.HasOne(p => p.Second).WithMany().HasForeignKey(p => p.SecondId);
        // Proposed once: a pair that was decided is not put up again.
        pair.HasIndex(p => new { p.FirstId, p.SecondId }).IsUnique();
        pair.HasIndex(p => p.SecondId);
        // The queue, most likely first.
        pair.HasIndex(p => new { p.State, p.Probability });
        // What a reviewer has is kept and given back without a look at, and a wait for, every other pair.
        pair.HasIndex(p => p.ClaimedBy).HasFilter("\"ClaimedBy\" IS NOT NULL");
    }
}

internal sealed class ContactWordMapping : IEntityTypeConfiguration<ContactWord>
{
    public void Configure(EntityTypeBuilder<ContactWord> word)
    {
        word.HasKey(w => new { w.Word, w.ContactId });
        word.Property(w => w.Word).HasMaxLength(ContactWord.Longest);
        word.HasOne<Contact>().WithMany().HasForeignKey(w => w.ContactId);
        // Whether somebody has a second word, too.
        word.HasIndex(w => new { w.ContactId, w.Word });
    }
}

internal sealed class ErasedValueMapping : IEntityTypeConfiguration<ErasedValue>
{
    public void Configure(EntityTypeBuilder<ErasedValue> value)
    {
        value.HasKey(v => v.Hash);
        value.Property(v => v.Hash).ValueGeneratedNever();
    }
}

internal sealed class EstimatedModelMapping : IEntityTypeConfiguration<EstimatedModel>
{
    public void Configure(EntityTypeBuilder<EstimatedModel> model) => model.ToTable("EstimatedModels");
}
