using System.ComponentModel.DataAnnotations;
using Intranet.Data.Mail;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Admin.Mail;

/// <summary>The filters of the mail list, as they stand in its URL.</summary>
public sealed class MailQuery
{
    [StringLength(200, ErrorMessage = "Use at most 200 characters.")]
    public string? Q { get; set; }
    public OutboxState? State { get; set; }

    public int P { get => field; set => field = Math.Clamp(value, 1, 1_000_000); } = 1;

    public bool HasFilter => State is not null || !string.IsNullOrWhiteSpace(Q);

    public object Route(int page) => new { q = Q, state = State, p = page == 1 ? null : (int?)page };

    public IQueryable<OutboxMessage> Of(IQueryable<OutboxMessage> messages)
    {
        if (State is { } state)
            messages = messages.Where(m => m.State == state);
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var pattern = $"%{Q.Trim().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_").Replace("[", "\\[")}%";
            messages = messages.Where(m => EF.Functions.Like(m.Subject, pattern, "\\")
                || m.To.Any(to => EF.Functions.Like(to, pattern, "\\")) || m.Cc.Any(cc => EF.Functions.Like(cc, pattern, "\\")));
        }

        return messages;
    }
}
