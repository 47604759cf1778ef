using System.Globalization;
using System.Net.Mime;
using System.Text.RegularExpressions;
using Intranet.Data;
using Intranet.Data.Mail;
using Intranet.Data.Reports;
using Intranet.Web.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Reports;

/// <summary>
/// Makes the mails of one subscription: its list as the owner may see it now, what is different since the last mail, and one
/// mail for each recipient. That it begins is noted before anything is read, and taken back at the end, however it ends: what
/// ends the whole process each time is seen by it. Mails, the next time and what to compare with are saved together, and only while it is due as it was
/// read: of several senders one saves, and a change in between wins. An owner without the right, or a list that the page
/// would refuse, pauses it with the reason.
/// </summary>
public sealed class SendSubscription(
    IntranetDbContext db, IEnumerable<IListSource> lists, ActAsOwner act, MailBody body, SiteAddress site, TimeProvider clock)
{
    /// <summary>Bytes of the largest attachment: what most servers take, with what encoding adds.</summary>
    public const int LargestAttachment = 10 * 1024 * 1024;

    /// <summary>Of the mails in the outbox.</summary>
    internal const string Kind = "subscription";

    internal const string NoList = "This list can't be subscribed to any more.";
    internal const string NoRight = "Its owner may not open this list any more.";

    private static readonly string TooOften = $"It was begun {Subscription.MostStarts} times, and each time the app ended before it was done. Choose fewer rows, or resume it to try again.";

    public async Task<SubscriptionOutcome> RunAsync(int id, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.Subscriptions.ToBegin(now).Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.StartedAt, now).SetProperty(s => s.Starts, s => s.Starts + 1), cancellation) == 0)
            return SubscriptionOutcome.NotDue;
        try
        {
            return await MakeAsync(id, now, cancellation);
        }
        finally
        {
            // Not cancelled by a stop: nothing went wrong with it.
            await db.Subscriptions.Where(s => s.Id == id && s.StartedAt == now).ExecuteUpdateAsync(set => set.SetProperty(s => s.StartedAt, (DateTime?)null).SetProperty(s => s.Starts, 0), CancellationToken.None);
        }
    }

    private async Task<SubscriptionOutcome> MakeAsync(int id, DateTime now, CancellationToken cancellation)
    {
        if (await db.Subscriptions.Include(s => s.Owner).FirstOrDefaultAsync(s => s.Id == id && s.NextAt <= now && s.StartedAt == now, cancellation) is not { } subscription)
            return SubscriptionOutcome.NotDue;
        if (subscription.Starts > Subscription.MostStarts)
            return await PauseAsync(subscription, TooOften, cancellation);
        var list = lists.FirstOrDefault(source => source.Page == subscription.Page);
        if (list is null)
            return await PauseAsync(subscription, NoList, cancellation);
        if (await act.RunAsync(subscription.Owner!, list) is not { } owner)
            return await PauseAsync(subscription, NoRight, cancellation);
        var asked = await list.AskAsync(subscription.Query, owner, cancellation);
        if (asked.Problem is { } problem)
            return await PauseAsync(subscription, $"The list can't be read any more: {problem}", cancellation);

        var before = await db.SubscriptionSnapshots.Where(s => s.SubscriptionId == id).Select(s => s.Content).FirstOrDefaultAsync(cancellation);
        using var comparison = new ListComparison(before);
        var mail = new SubscriptionMail
        {
            Subscription = subscription,
            Address = site.Or(subscription.Address),
            Sight = await list.SightAsync(owner, cancellation),
            Row = list.Row,
            List = asked.InWords.Length == 0 ? list.Title : $"{list.Title}: {asked.InWords}",
            At = TimeZoneInfo.ConvertTimeFromUtc(now, TimeZoneInfo.FindSystemTimeZoneById(subscription.TimeZone)),
        };
        var attachment = await ReadAsync(mail, await asked.FindAsync(owner, cancellation), comparison, cancellation);
        (mail.Difference, var content) = comparison.End();
        return await SaveAsync(subscription, mail, attachment, content, now, cancellation);
    }

    // Its owner is told once; who can't sign in any more gets no mail either.
    private async Task<SubscriptionOutcome> PauseAsync(Subscription subscription, string reason, CancellationToken cancellation)
    {
        subscription.Pause(reason);
        if (subscription.Owner is { Email: { } email } owner && MailComposition.IsSendable(email) && await act.CanSignInAsync(owner))
            db.OutboxMessages.Add(await new PausedMail(subscription, site.Or(subscription.Address)).ToAsync(email, body, clock.GetUtcNow().UtcDateTime, cancellation));
        try
        {
            await db.SaveChangesAsync(cancellation);
            return SubscriptionOutcome.Paused;
        }
        catch (DbUpdateConcurrencyException)
        {
            return SubscriptionOutcome.NotDue;
        }
    }

    // Rows go past one at a time into a file; what a mail shows of them stays.
    private static async Task<OutboxAttachment?> ReadAsync(SubscriptionMail mail, ListRows list, ListComparison comparison, CancellationToken cancellation)
    {
        // "LastOrder" is a name for programs.
        mail.Columns = [.. list.Brief.Select(i => Regex.Replace(list.Columns[i].Header, "(?<=[a-z])[A-Z]", letter => $" {letter.Value.ToLowerInvariant()}"))];
        await using var rows = list.Rows.GetAsyncEnumerator(cancellation);
        var attachment = mail.Subscription.Format switch
        {
            SubscriptionFormat.InMail => null,
            SubscriptionFormat.Csv => await WriteCsvAsync(),
            _ => await WriteWorkbookAsync(),
        };
        // All are compared and counted, also those that a file has no room for.
        await foreach (var _ in PassAsync())
        {
        }

        mail.IsTooLarge = attachment is null && mail.Subscription.Format != SubscriptionFormat.InMail;
        mail.FileName = attachment?.FileName;
        return attachment;

        async Task<OutboxAttachment?> WriteCsvAsync()
        {
            await using var file = new FittingStream($"{list.FileName}.csv", LargestAttachment);
            await CsvFile.WriteAsync(file, list.Columns, PassAsync(() => !file.IsFull), cancellation);
            return await file.EndAsync(cancellation) is not { } content ? null
                : file.IsPacked ? new OutboxAttachment { FileName = $"{list.FileName}.csv.zip", ContentType = MediaTypeNames.Application.Zip, Content = content }
                : new OutboxAttachment { FileName = $"{list.FileName}.csv", ContentType = CsvFile.ContentType, Content = content };
        }

        async Task<OutboxAttachment?> WriteWorkbookAsync()
        {
            await using var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await Workbook.WriteAsync(file, mail.Title, list.SheetName, list.Columns, PassAsync(() => mail.Rows < Workbook.MaxRows), LargestAttachment, cancellation);
            if (file.Length > LargestAttachment || (await rows.MoveNextAsync() && See(rows.Current) is not null))
                return null;
            var content = new byte[file.Length];
            file.Position = 0;
            await file.ReadExactlyAsync(content, cancellation);
            return new OutboxAttachment { FileName = $"{list.FileName}.xlsx", ContentType = Workbook.ContentType, Content = content };
        }

        async IAsyncEnumerable<ListRow> PassAsync(Func<bool>? hasRoom = null)
        {
            while (hasRoom?.Invoke() != false && await rows.MoveNextAsync())
                yield return See(rows.Current);
        }

        ListRow See(ListRow row)
        {
            comparison.Add(row.Key, row.Name, row.Compared);
            if (mail.Rows++ < SubscriptionMail.Shown && mail.Subscription.Format == SubscriptionFormat.InMail)
                mail.Shows([.. list.Brief.Select(i => row.Values[i])]);
            return row;
        }
    }

    private async Task<SubscriptionOutcome> SaveAsync(Subscription subscription, SubscriptionMail mail, OutboxAttachment? attachment, byte[] content, DateTime now, CancellationToken cancellation)
    {
        var (id, due, version) = (subscription.Id, subscription.NextAt, subscription.Version);
        var isSent = mail.Difference is not { IsNone: true } || !subscription.OnlyWhenChanged || subscription.IsAskedFor;
        // Whatever was missed meanwhile is in this mail: the next is the first after now.
        var next = subscription.Schedule().After(now);
        var (sent, unchanged) = isSent ? (now, subscription.LastUnchangedAt) : (subscription.LastSentAt, (DateTime?)now);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Subscriptions.Where(s => s.Id == id && s.NextAt == due && s.Version == version && s.StartedAt == now).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.NextAt, next).SetProperty(s => s.IsAskedFor, false).SetProperty(s => s.LastSentAt, sent).SetProperty(s => s.LastUnchangedAt, unchanged)
                .SetProperty(s => s.Failures, 0).SetProperty(s => s.LastError, (string?)null), cancellation) == 0)
            return SubscriptionOutcome.NotDue;
        if (isSent)
        {
            // Read now: who left while the list was read gets nothing.
            var recipients = await db.SubscriptionRecipients.Where(r => r.SubscriptionId == id && r.LeftAt == null).OrderBy(r => r.Id).ToListAsync(cancellation);
            foreach (var recipient in recipients)
                db.OutboxMessages.Add(await MessageAsync(mail with { Unsubscribe = UnsubscribeModel.Address(mail.Address, recipient.Id) }, recipient, attachment, now, cancellation));
            if (await db.SubscriptionSnapshots.Where(s => s.SubscriptionId == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Content, content), cancellation) == 0)
                db.SubscriptionSnapshots.Add(new SubscriptionSnapshot { SubscriptionId = id, Content = content });
            db.Audit("sent", nameof(Data.Reports.Subscription), id, string.Create(CultureInfo.InvariantCulture,
                $"{mail.List} as {mail.FileName ?? "mail"}, {mail.Count}, as {subscription.Owner!.Email} sees them, to {string.Join(", ", recipients.Select(recipient => recipient.Address))}"));
            await db.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return isSent ? SubscriptionOutcome.Sent : SubscriptionOutcome.Unchanged;
    }

    private async Task<OutboxMessage> MessageAsync(SubscriptionMail mail, SubscriptionRecipient recipient, OutboxAttachment? attachment, DateTime now, CancellationToken cancellation) => new()
    {
        Kind = Kind,
        To = [recipient.Address],
        // An address that no server takes would stop the mail.
        ReplyTo = mail.Subscription.Owner!.Email is { } email && MailComposition.IsSendable(email) ? email : null,
        Subject = mail.Subject,
        Text = mail.Text,
        Html = await body.RenderAsync("/Pages/Reports/SubscriptionMail.cshtml", mail, cancellation),
        ListUnsubscribe = mail.Unsubscribe,
        Sight = mail.Sight,
        Attachments = attachment is null ? [] : [attachment],
        CreatedAt = now,
        CreatedBy = mail.Subscription.Owner.DisplayName,
    };
}
