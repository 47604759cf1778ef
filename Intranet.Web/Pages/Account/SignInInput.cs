using System.ComponentModel.DataAnnotations;

namespace Intranet.Web.Pages.Account;

public sealed class SignInInput
{
    [Required(ErrorMessage = "Enter your e-mail address."), MaxLength(256, ErrorMessage = "Addresses have at most 256 characters.")]
    public string Email { get; set; } = "";

    [Required(ErrorMessage = "Enter your password."), DataType(DataType.Password)]
    public string Password { get; set; } = "";

    public bool Remember { get; set; }
}
