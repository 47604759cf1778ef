using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Accounts;

/// <summary>Audits, jobs and imports know accounts; a reader knows people.</summary>
public sealed class AccountNames
{
    public static readonly AccountNames None = new([]);

    private readonly Dictionary<string, string> names;

    internal AccountNames(Dictionary<string, string> names) => this.names = names;

    /// <summary>Whose account that is; as it is written where nobody has it, such as "schedule".</summary>
    [return: NotNullIfNotNull(nameof(account))]
    public string? Of(string? account) => account is null ? null : names.GetValueOrDefault(account, account);
}

public static class AccountNamesQueries
{
    /// <summary>The names of these accounts. One query.</summary>
    public static async Task<AccountNames> NamesOfAsync(this IntranetDbContext db, IEnumerable<string?> accounts, CancellationToken cancellation = default)
    {
        var keys = accounts.OfType<string>().Select(account => account.ToUpperInvariant()).Distinct().ToArray();
        return new(await db.Users.Where(user => keys.Contains(user.NormalizedUserName) && user.DisplayName != "").Select(user => new { user.UserName, user.DisplayName })
            .ToDictionaryAsync(user => user.UserName!, user => user.DisplayName, StringComparer.OrdinalIgnoreCase, cancellation));
    }
}
