using System.ComponentModel.DataAnnotations;

namespace Intranet.Web.Pages.Account;

public sealed class SetUpInput : RegistrationInput
{
    [Required(ErrorMessage = "Enter the code from the log."), MaxLength(100)]
    public string Code { get; set; } = "";
}
