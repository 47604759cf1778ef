using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Leads;

// Who is there.
public sealed partial class DetailsModel
{
    public async Task<IActionResult> OnPostPocAsync(int id, [Bind(Prefix = nameof(Poc))] PocInput input, CancellationToken cancellation)
    {
        Poc = input;
        return await DoAsync(id, nameof(Poc), async () =>
        {
            var result = await addPoc.RunAsync(new AddPoc.Request(id, input.Role ?? "", Name: input.Name, Email: input.Email, Phone: input.Phone, IsMain: input.IsMain), Viewer, cancellation);
            if (result.Poc is not { } poc)
                return result.Refused ?? Missing;
            var person = (await db.PocPeopleAsync([id], cancellation: cancellation))[id].First(one => one.Id == poc.Id);
            return Done(result.IsKnown ? $"{person.Name} was known already, and is a poc here now." : $"{person.Name} is a poc here now.", Url.Page("Details", "Remove", new { id, poc = poc.Id, main = result.FormerMain }));
        }, cancellation);
    }

    public Task<IActionResult> OnPostMainAsync(int id, int poc, CancellationToken cancellation)
        => DoAsync(id, nameof(Poc), async () =>
        {
            var role = await db.Pocs.Where(one => one.Id == poc && one.LeadId == id).Select(one => one.Role).FirstOrDefaultAsync(cancellation);
            return role is not null && await changePoc.RunAsync(poc, role, isMain: true, null, Viewer, cancellation) is not null ? Done("That is the main one now.") : Missing;
        }, cancellation);

    /// <param name="main">Where that undoes that they were added: who was the main one before.</param>
    public Task<IActionResult> OnPostRemoveAsync(int id, int poc, int? main, CancellationToken cancellation)
        => DoAsync(id, nameof(Poc), async () => await IsOfAsync(poc, id, cancellation) && await removePoc.UndoAddAsync(poc, main, Viewer, cancellation) is not null
            ? Done("Removed.", Url.Page("Details", "Restore", new { id, poc })) : Missing, cancellation);

    public Task<IActionResult> OnPostRestoreAsync(int id, int poc, CancellationToken cancellation)
        => DoAsync(id, nameof(Poc), async () =>
        {
            if (!await IsOfAsync(poc, id, cancellation))
                return Missing;
            var back = await removePoc.RestoreAsync(poc, Viewer, cancellation);
            return back.Poc is not null ? Done("Back again.") : back.Refused ?? Missing;
        }, cancellation);

    private Task<bool> IsOfAsync(int poc, int lead, CancellationToken cancellation) => db.Pocs.AnyAsync(one => one.Id == poc && one.LeadId == lead, cancellation);
}
