using Intranet.Data.Mail;
using Intranet.Data.Reports;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Reports;

/// <summary>Tells an owner that a subscription of theirs was paused, because who waits for mails doesn't look at pages.</summary>
/// <param name="Subscription">Which, with its owner.</param>
/// <param name="Address">What links begin with.</param>
public sealed record PausedMail(Subscription Subscription, string Address)
{
    public string Subject => $"{Subscription.Name} is paused";

    public string Link => $"{Address}/reports";

    public string Text =>
        $"""
        {Subscription.Name.ReplaceLineEndings(" ")} is paused. Nobody gets it any more.

        {Subscription.PauseReason?.ReplaceLineEndings(" ")}

        Your subscriptions: {Link}
        """;

    /// <param name="to">The owner's address.</param>
    /// <param name="body">Renders it.</param>
    /// <param name="now">When, in UTC.</param>
    /// <param name="cancellation">Stops before rendering.</param>
    public async Task<OutboxMessage> ToAsync(string to, MailBody body, DateTime now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new()
        {
            Kind = "subscription-paused",
            To = [to],
            Subject = Subject,
            Text = Text,
            Html = await body.RenderAsync("/Pages/Reports/PausedMail.cshtml", this, cancellation),
            CreatedAt = now,
            CreatedBy = "Subscriptions",
        };
    }
}
