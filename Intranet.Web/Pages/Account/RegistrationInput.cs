using System.ComponentModel.DataAnnotations;

namespace Intranet.Web.Pages.Account;

/// <summary>A new account, from a page or from the API.</summary>
public class RegistrationInput
{
    [Required(ErrorMessage = "Enter an e-mail address."), EmailAddress(ErrorMessage = "This is not an e-mail address."), MaxLength(254, ErrorMessage = "Addresses have at most 254 characters.")]
    public string Email { get; set; } = "";

    // Histories hold accounts and names, and read what is like an account as one: nobody may be called like somebody else's.
    [Required(ErrorMessage = "Enter a name."), MaxLength(200, ErrorMessage = "Names have at most 200 characters."), RegularExpression("[^@]*", ErrorMessage = "Enter a name without @; the address has a field of its own.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Enter a password."), DataType(DataType.Password)]
    public string Password { get; set; } = "";
}
