using Intranet.Data.Mail;

namespace Intranet.Web.Pages.Admin.Mail;

public sealed record MailRow(int Id, List<string> To, List<string> Cc, string Subject, DateTime CreatedAt, OutboxState State, int Attempts, DateTime DueAt, string? LastError)
{
    public string Recipients => string.Join(", ", To.Concat(Cc));
}
