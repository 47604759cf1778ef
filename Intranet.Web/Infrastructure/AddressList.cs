using System.ComponentModel.DataAnnotations;
using Intranet.Data.Directory;

namespace Intranet.Web.Infrastructure;

/// <summary>Several addresses in one text: separated by commas, semicolons, blanks or line breaks.</summary>
public static class AddressList
{
    public static List<string> Parse(string? text)
        => [.. (text ?? "").Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>What to say about a text that is none.</summary>
    public static string NoAddress(string text) => $"'{(text.Length > 80 ? text[..80] + "…" : text)}' is not an e-mail address.";
}

/// <summary>The whole text, blanks around it aside, must be one address.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
        => value is not string text || string.IsNullOrWhiteSpace(text) || EmailAddress.IsPlausible(text.Trim())
            ? ValidationResult.Success
            : new ValidationResult(AddressList.NoAddress(text.Trim()), [validationContext.MemberName!]);
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
        return addresses.Find(address => !EmailAddress.IsPlausible(address)) is { } bad
            ? new ValidationResult(AddressList.NoAddress(bad), members)
            : ValidationResult.Success;
    }
}
