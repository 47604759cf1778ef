using Intranet.Data;
using Intranet.Data.Mail;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Admin.Mail;

/// <summary>The outbox, newest first, and the test mail.</summary>
public sealed class IndexModel(IntranetDbContext db, MailSettings settings, IMailTransport transport, MailBody body, JobSignal jobs, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = "")]
    public MailQuery Query { get; set; } = new();

    [BindProperty]
    public TestMailInput Input { get; set; } = new();

    public string Destination => transport.Destination;
    public bool IsFolder => settings.Server is null;
    public IReadOnlyList<MailRow> Rows { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        ModelState.Clear();
        await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancellation)
    {
        if (!ModelState.IsValid)
        {
            await ShowAsync(cancellation);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var mail = new TestMail(User.Identity!.Name!, clock.GetUtcNow().UtcDateTime, Destination);
        var message = await mail.ToAsync(Input.To!.Trim(), body, cancellation);
        db.OutboxMessages.Add(message);
        db.Audit("sent a test mail", nameof(OutboxMessage), details: $"To {message.To[0]}.");
        await db.SaveChangesAsync(cancellation);
        await jobs.WakeAsync<SendMailJob>(CancellationToken.None);
        this.Toast("The test mail is on its way.");
        return RedirectToPage("Details", new { id = message.Id });
    }

    private async Task ShowAsync(CancellationToken cancellation)
    {
        var found = Query.Of(db.OutboxMessages);
        var total = await found.CountAsync(cancellation);
        Rows = await found.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id)
            .Skip((Query.P - 1) * PageSize).Take(PageSize)
            .Select(m => new MailRow(m.Id, m.To, m.Cc, m.Subject, m.CreatedAt, m.State, m.Attempts, m.DueAt, m.LastError))
            .ToListAsync(cancellation);
        Pager = new Pager(Query.P, PageSize, total, page => Url.Page("Index", Query.Route(page))!);
    }
}
