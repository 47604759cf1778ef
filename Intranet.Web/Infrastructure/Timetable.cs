using System.Text.RegularExpressions;
using Intranet.Web.Pages.Contacts.Duplicates;
using Intranet.Web.Pages.Imports;
using Intranet.Web.Pages.Performance;
using Intranet.Web.Pages.Reports;
using Quartz;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// When each job runs: the one table. Every node keeps it, so a job claims its work in the database before it does
/// anything that must not happen twice.
/// </summary>
public static class Timetable
{
    public static readonly IReadOnlyList<TimetableRow> Rows =
    [
        Every<SendMailJob>(TimeSpan.FromSeconds(5), "Sends the mail that waits in the outbox."),
        Every<SendSubscriptionsJob>(TimeSpan.FromMinutes(1), "Makes the mails of subscriptions that are due."),
        Every<DropAttachmentsJob>(TimeSpan.FromHours(6), "Deletes the files of mails that left long ago.", first: TimeSpan.FromMinutes(5)),
        Every<ImportJob>(TimeSpan.FromSeconds(10), "Reads and applies uploaded files."),
        Every<CompareArrivalsJob>(TimeSpan.FromSeconds(10), "Compares new and changed contacts with all others.", policy: Access.Steward),
        Every<ScanDuplicatesJob>(TimeSpan.FromHours(24), "Compares all contacts with each other, for duplicates.", first: TimeSpan.FromHours(24), policy: Access.Steward),
        // A day ends somewhere at every hour, and with it labels and what is slipping change.
        Every<RecomputePerformanceJob>(TimeSpan.FromHours(6), "Computes how all leads perform, and when they are due.", first: TimeSpan.FromMinutes(10), policy: Access.SalesLead),
    ];

    /// <summary>"SendMailJob" → "send-mail": in URLs, in the history and in the audit.</summary>
    public static string NameOf(Type job) => Regex.Replace(job.Name[..^"Job".Length], "(?<!^)[A-Z]", "-$0").ToLowerInvariant();

    private static TimetableRow Every<TJob>(TimeSpan pause, string description, TimeSpan first = default, string policy = Access.Administrator) where TJob : IJob
        => new(typeof(TJob), NameOf(typeof(TJob)), description, pause, first, policy);
}

/// <param name="Job">The class that does it.</param>
/// <param name="Name">Its name in URLs and in the history, such as send-mail.</param>
/// <param name="Description">What it does, for the administrator.</param>
/// <param name="Pause">From one start to the next.</param>
/// <param name="First">From the start of the app to the first: nothing for what catches up, a while for what is much work.</param>
/// <param name="Policy">Who may start it and see what its runs tell, besides administrators.</param>
public sealed record TimetableRow(Type Job, string Name, string Description, TimeSpan Pause, TimeSpan First, string Policy)
{
    /// <summary>"Send mail".</summary>
    public string Title { get; } = char.ToUpperInvariant(Name[0]) + Name[1..].Replace('-', ' ');

    /// <summary>The schedule in words: "every 5 seconds".</summary>
    public string Schedule { get; } = Pause switch
    {
        { TotalHours: >= 1 } => Words(Pause.TotalHours, "hour"),
        { TotalMinutes: >= 1 } => Words(Pause.TotalMinutes, "minute"),
        _ => Words(Pause.TotalSeconds, "second"),
    };

    private static string Words(double number, string unit) => number == 1 ? $"every {unit}" : $"every {number:0.#} {unit}s";
}
