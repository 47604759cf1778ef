using System.ComponentModel.DataAnnotations;
using Intranet.Data.Contacts;
using Intranet.Data.Directory;

namespace Intranet.Web.Pages.Contacts;

/// <summary>An e-mail address or a phone number that many share; which of the two it is, is told by the @.</summary>
public sealed class GenericValueInput : IValidatableObject
{
    [Required(ErrorMessage = "Give an e-mail address or a phone number."), StringLength(EmailAddress.MaxLength, ErrorMessage = "At most 254 characters.")]
    public string? Value { get; set; }

    internal GenericValueKind Kind => Value!.Contains('@', StringComparison.Ordinal) ? GenericValueKind.Email : GenericValueKind.Phone;

    /// <summary>As contacts are compared.</summary>
    internal string Key(PhoneRules phones) => Kind == GenericValueKind.Email ? TextKey.Email(Value!) : phones.Key(Value!)!;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Kind == GenericValueKind.Email && !EmailAddress.IsPlausible(Value!.Trim()))
            yield return new ValidationResult("This is not an e-mail address.", [nameof(Value)]);
        else if (Kind == GenericValueKind.Phone && (!PhoneRules.HasDigit(Value!) || Value!.Any(char.IsLetter)))
            yield return new ValidationResult("This is neither an e-mail address nor a phone number.", [nameof(Value)]);
        else if (Kind == GenericValueKind.Phone && Value!.Trim().Length > 32)
            yield return new ValidationResult("A phone number has at most 32 characters.", [nameof(Value)]);
    }
}
