using System.Diagnostics;
using System.Globalization;
using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Data.Mail;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Directory;

/// <summary>
/// Mails the answer of FindPOC as a workbook, in three steps that are kept with the report: query, workbook, mail.
/// Report and mail are saved together; the outbox sends. A failing step is named and ends the report; an empty answer
/// sends nothing and says so.
/// </summary>
public sealed partial class SendPocReport(IntranetDbContext db, MailBody body, JobSignal signal, TimeProvider clock, ILogger<SendPocReport> log)
{
    public const string Query = "query", WorkbookStep = "workbook", Mail = "mail";

    /// <param name="id">The report's; one that is saved already is refused by the database.</param>
    /// <param name="question">At least one of product and repository.</param>
    /// <param name="to">Valid addresses; at least one.</param>
    /// <param name="cc">Valid addresses.</param>
    /// <param name="message">Words of the sender, above the list; may be empty.</param>
    /// <param name="userId">Who asks; the report is theirs.</param>
    /// <param name="userName">Their name, for the mail.</param>
    /// <param name="replyTo">Their address; answers to the mail go there.</param>
    /// <param name="cancellation">Stops before anything is saved.</param>
    public async Task<PocReport> RunAsync(
        Guid id, PocQuestion question, IReadOnlyList<string> to, IReadOnlyList<string> cc, string? message, int userId, string userName, string? replyTo, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var report = new PocReport
        {
            Id = id,
            ProductName = question.Product?.Name,
            RepositoryName = question.Repository?.Name,
            To = [.. to],
            Cc = [.. cc],
            Message = string.IsNullOrWhiteSpace(message) ? null : message.Trim(),
            CreatedAt = now,
            CreatedById = userId,
            CreatedBy = userName,
        };

        List<PocRow> rows = [];
        var file = new MemoryStream();
        var title = string.Create(CultureInfo.InvariantCulture, $"{question.Title}, asked on {now:yyyy-MM-dd HH:mm} UTC by {userName}");
        var sending = await StepAsync(report, Query, async () =>
        {
            rows = await db.FindPocAsync(question.Product?.Name, question.Repository?.Name, DateOnly.FromDateTime(now), cancellation);
            return rows.Count == 0 ? "Nobody answers for it. Nothing was sent." : Count(rows.Count);
        }) && rows.Count > 0;
        sending = sending && await StepAsync(report, WorkbookStep, async () =>
        {
            await Workbook.WriteAsync(file, title, question.Title, DirectoryColumns.FindPoc, rows.ToAsyncEnumerable(), cancellation);
            return string.Create(CultureInfo.InvariantCulture, $"{Count(rows.Count)}, {Math.Max(1, file.Length / 1024):N0} KB");
        });
        if (sending && await StepAsync(report, Mail, async () =>
        {
            var mail = new PocReportMail(question.Title, userName, report.Message, rows, title);
            report.OutboxMessage = new OutboxMessage
            {
                Kind = "poc-report",
                To = report.To,
                Cc = report.Cc,
                ReplyTo = replyTo,
                Subject = $"Points of contact for {question.Title}",
                Text = mail.Text,
                Html = await body.RenderAsync("/Pages/Directory/PocReportMail.cshtml", mail, cancellation),
                Attachments =
                [
                    new OutboxAttachment { FileName = DirectoryColumns.FileName($"{question.Title}-contacts", "xlsx"), ContentType = Workbook.ContentType, Content = file.ToArray() },
                ],
                CreatedAt = now,
                CreatedBy = userName,
            };
            return "Waits in the outbox.";
        }))
        {
            // Its state is the mail's from here on.
            report.Steps[^1].State = StepState.Waiting;
        }

        foreach (var (name, position) in new[] { (WorkbookStep, 2), (Mail, 3) }.Where(step => report.Steps.All(done => done.Name != step.Item1)))
            report.Steps.Add(new PocReportStep { Position = position, Name = name, State = StepState.Skipped, Detail = "Not reached." });

        db.PocReports.Add(report);
        db.Audit("report mailed", nameof(PocReport), details: $"{question.Title} to {string.Join(", ", to.Concat(cc))}");
        await db.SaveChangesAsync(cancellation);
        if (report.OutboxMessage is not null)
            await signal.WakeAsync<SendMailJob>(cancellation);
        return report;
    }

    private async Task<bool> StepAsync(PocReport report, string name, Func<Task<string>> work)
    {
        var step = new PocReportStep { Position = report.Steps.Count + 1, Name = name };
        report.Steps.Add(step);
        var watch = Stopwatch.StartNew();
        try
        {
            step.Detail = await work();
            step.State = StepState.Done;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Told to the asker by the step's name; the log has the rest.
            LogFailed(log, failure, name, report.Id);
            (step.State, step.Detail) = (StepState.Failed, $"The {name} failed. An administrator finds the reason in the log under {report.Id}.");
        }

        step.Milliseconds = (int)watch.ElapsedMilliseconds;
        return step.State == StepState.Done;
    }

    private static string Count(int people) => people == 1 ? "1 person" : string.Create(CultureInfo.InvariantCulture, $"{people:N0} people");

    [LoggerMessage(LogLevel.Error, "Step {Step} of report {Report} failed")]
    private static partial void LogFailed(ILogger log, Exception failure, string step, Guid report);
}
