using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Intranet.Data.Mail;

internal sealed class OutboxMessageMapping : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> message)
    {
        message.Property(m => m.MessageId).HasMaxLength(100);
        message.Property(m => m.Kind).HasMaxLength(40);
        message.Property(m => m.ReplyTo).HasMaxLength(254);
        message.Property(m => m.Subject).HasMaxLength(500);
        message.Property(m => m.ListUnsubscribe).HasMaxLength(500);
        message.Property(m => m.Sight).HasMaxLength(100);
        message.Property(m => m.CreatedBy).HasMaxLength(256);
        message.Property(m => m.LastError).HasMaxLength(2000);
        // Whoever saves must still hold the claim: a sender that lost it, and a person who cancels meanwhile, are told.
        message.Property(m => m.Claim).IsConcurrencyToken();
        message.HasMany(m => m.Attachments).WithMany(a => a.Messages).UsingEntity<Dictionary<string, object>>(
            "OutboxMessageAttachment",
            to => to.HasOne<OutboxAttachment>().WithMany().HasForeignKey("AttachmentId"),
            of => of.HasOne<OutboxMessage>().WithMany().HasForeignKey("MessageId"),
            has => has.ToTable("OutboxMessageAttachments").HasKey("MessageId", "AttachmentId"));
        message.HasIndex(m => m.MessageId).IsUnique();
        // What the sender asks every few seconds.
        message.HasIndex(m => new { m.State, m.DueAt });
        message.HasIndex(m => m.CreatedAt);
    }
}

internal sealed class OutboxAttachmentMapping : IEntityTypeConfiguration<OutboxAttachment>
{
    public void Configure(EntityTypeBuilder<OutboxAttachment> attachment)
    {
        attachment.Property(a => a.FileName).HasMaxLength(200);
        attachment.Property(a => a.ContentType).HasMaxLength(100);
        // Asked for those whose content is still there.
        attachment.HasIndex(a => a.DroppedAt);
    }
}
