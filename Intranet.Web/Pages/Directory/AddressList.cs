using System.ComponentModel.DataAnnotations;
using System.Net.Mail;

namespace Intranet.Web.Pages.Directory;

/// <summary>Several addresses in one text: separated by commas, semicolons, blanks or line breaks.</summary>
public static class AddressList
{
    public static List<string> Parse(string? text)
        => [.. (text ?? "").Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Something@host without display name, comments or line breaks; at most 254 characters (RFC 5321).</summary>
    public static bool IsAddress(string text)
        => text.Length <= 254 && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Length > 0
            && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '"' or '<' or '>' or ',' or ';');
}

/// <summary>Every address in the text must be one; says which isn't.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressesAttribute(int most = 20) : ValidationAttribute
{
    public int Most { get; } = most;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var addresses = AddressList.Parse(value as string);
        string[] members = [validationContext.MemberName!];
        if (addresses.Count > Most)
            return new ValidationResult($"At most {Most} addresses.", members);
        return addresses.FirstOrDefault(address => !AddressList.IsAddress(address)) is { } bad
            ? new ValidationResult($"'{(bad.Length > 80 ? bad[..80] + "…" : bad)}' is not an e-mail address.", members)
            : ValidationResult.Success;
    }
}
