using System.Linq.Expressions;
using System.Security.Claims;
using Intranet.Data;
using Intranet.Data.Accounts;
using Intranet.Data.Directory;
using Intranet.Data.Mail;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory;

/// <summary>A report with its steps as they stand now: the same for the page and the API.</summary>
public sealed record PocReportView(
    Guid Id, string? Product, string? Repository, IReadOnlyList<string> To, IReadOnlyList<string> Cc, DateTime CreatedAt, string CreatedBy, IReadOnlyList<PocReportView.Step> Steps)
{
    /// <param name="State">waiting, done, failed or skipped.</param>
    public sealed record Step(string Name, string State, string Detail, int? Milliseconds);

    public string Title => string.Join(", ", new[] { Product, Repository }.OfType<string>());

    /// <summary>Nothing will change by itself any more.</summary>
    public bool IsFinished => Steps.All(step => step.State != "waiting");

    public bool HasFailed => Steps.Any(step => step.State == "failed");

    /// <summary>Loads one; somebody else's does not exist, except for administrators.</summary>
    public static async Task<PocReportView?> LoadAsync(IntranetDbContext db, Guid id, ClaimsPrincipal user, CancellationToken cancellation = default)
    {
        var userId = user.Id();
        var all = user.IsInRole(Role.Administrator);
        var row = await db.PocReports.Where(report => report.Id == id && (all || report.CreatedById == userId)).Select(Loaded).FirstOrDefaultAsync(cancellation);
        return row is null ? null : new PocReportView(row.Id, row.Product, row.Repository, row.To, row.Cc, row.CreatedAt, row.CreatedBy,
            [.. row.Steps.OrderBy(step => step.Position).Select(step => row.Mail is { } mail && step.Name == SendPocReport.Mail
                ? OfMail(mail)
                : new Step(step.Name, step.State.ToString().ToLowerInvariant(), step.Detail, step.State == StepState.Skipped ? null : step.Milliseconds))]);
    }

    private static Step OfMail(MailState mail) => mail.State switch
    {
        OutboxState.Sent => new Step(SendPocReport.Mail, "done", "Sent.", (int)Math.Clamp((mail.SentAt!.Value - mail.CreatedAt).TotalMilliseconds, 0, int.MaxValue)),
        OutboxState.Failed => new Step(SendPocReport.Mail, "failed", $"The mail was refused: {mail.LastError} It stays in the outbox, where an administrator can send it again.", null),
        OutboxState.Cancelled => new Step(SendPocReport.Mail, "failed", "An administrator cancelled the mail.", null),
        _ when mail.LastError is not null => new Step(SendPocReport.Mail, "waiting", $"Not sent yet, after {mail.Attempts} {(mail.Attempts == 1 ? "attempt" : "attempts")}: {mail.LastError} It is tried again by itself.", null),
        _ => new Step(SendPocReport.Mail, "waiting", mail.State == OutboxState.Sending ? "Being sent." : "Waits in the outbox.", null),
    };

    private sealed record MailState(OutboxState State, int Attempts, string? LastError, DateTime CreatedAt, DateTime? SentAt);

    private sealed record Row(Guid Id, string? Product, string? Repository, List<string> To, List<string> Cc, DateTime CreatedAt, string CreatedBy, List<PocReportStep> Steps, MailState? Mail);

    private static readonly Expression<Func<PocReport, Row>> Loaded = report => new Row(
        report.Id, report.ProductName, report.RepositoryName, report.To, report.Cc, report.CreatedAt, report.CreatedBy, report.Steps.ToList(),
        report.OutboxMessage == null ? null : new MailState(report.OutboxMessage.State, report.OutboxMessage.Attempts, report.OutboxMessage.LastError, report.OutboxMessage.CreatedAt, report.OutboxMessage.SentAt));
}
