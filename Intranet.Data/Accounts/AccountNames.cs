using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Accounts;

public static class AccountNames
{
    /// <summary>Audits, jobs and imports know accounts; a reader knows people. One query.</summary>
    /// <returns>The names of those accounts that have one; what is missing is shown as it is written.</returns>
    public static Task<Dictionary<string, string>> NamesOfAsync(this IntranetDbContext db, IEnumerable<string?> accounts, CancellationToken cancellation = default)
    {
        var keys = accounts.OfType<string>().Select(account => account.ToUpperInvariant()).Distinct().ToArray();
        return db.Users.Where(user => keys.Contains(user.NormalizedUserName) && user.DisplayName != "").Select(user => new { user.UserName, user.DisplayName })
            .ToDictionaryAsync(user => user.UserName!, user => user.DisplayName, StringComparer.OrdinalIgnoreCase, cancellation);
    }
}
