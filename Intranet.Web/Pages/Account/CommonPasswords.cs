using System.Collections.Frozen;
using Intranet.Data.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Intranet.Web.Pages.Account;

/// <summary>
/// The password rule: 12 to 128 characters, and not one that everybody tries first. Kinds of characters are not asked
/// for: they make passwords harder to remember, not to guess (NIST SP 800-63B).
/// </summary>
public sealed class CommonPasswords : IPasswordValidator<User>
{
    public const int Shortest = 12;
    public const int Longest = 128;

    // Taken from the frequency list of zxcvbn (MIT licence), those of 12 characters or more, and the usual words with digits.
    private static readonly FrozenSet<string> Known = Read();

    private static readonly string[] Rows = ["01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop"];

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) => Task.FromResult(
        password is null || password.Length < Shortest ? IdentityResult.Success // Identity's own rule says so.
        : password.Length > Longest ? Refused("PasswordTooLong", $"Passwords must be at most {Longest} characters.")
        : IsCommon(password) || string.Equals(password, user.Email, StringComparison.OrdinalIgnoreCase)
            ? Refused("PasswordTooCommon", "This password is easy to guess. Choose another, such as a few words in a row.")
        : IdentityResult.Success);

    /// <summary>Whether it is on the list, repeats a short piece ("abcabcabcabc"), or only follows the alphabet, the digits or the keys.</summary>
    public static bool IsCommon(string password)
    {
        var text = password.ToLowerInvariant();
        return Known.Contains(text) || Repeats(text) || FollowsRows(text);
    }

    private static bool Repeats(string text)
        => Enumerable.Range(1, Math.Min(6, text.Length / 2)).Any(length => Enumerable.Range(length, text.Length - length).All(i => text[i] == text[i - length]));

    // Nothing but steps along rows, at most three runs: "abcdefghijkl", "1234567890qwerty", "qwertyuiop123".
    private static bool FollowsRows(string text)
    {
        var runs = 1;
        for (var i = 1; i < text.Length; i++)
        {
            var step = text.AsSpan(i - 1, 2);
            if (!IsStep(step))
                runs++;
        }

        return runs <= 3;
    }

    private static bool IsStep(ReadOnlySpan<char> step)
    {
        if (step[0] == step[1])
            return true;
        Span<char> back = [step[1], step[0]];
        foreach (var row in Rows)
        {
            if (row.AsSpan().IndexOf(step) >= 0 || row.AsSpan().IndexOf(back) >= 0)
                return true;
        }

        return false;
    }

    private static IdentityResult Refused(string code, string description)
        => IdentityResult.Failed(new IdentityError { Code = code, Description = description });

    private static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet();
    }
}
