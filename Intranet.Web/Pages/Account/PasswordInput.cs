using System.ComponentModel.DataAnnotations;

namespace Intranet.Web.Pages.Account;

public sealed class PasswordInput
{
    [Required(ErrorMessage = "Enter your current password."), DataType(DataType.Password)]
    public string Current { get; set; } = "";

    [Required(ErrorMessage = "Enter a new password."), DataType(DataType.Password)]
    public string New { get; set; } = "";

    [Required(ErrorMessage = "Enter the new password again."), Compare(nameof(New), ErrorMessage = "This is not the same as the new password."), DataType(DataType.Password)]
    public string Repeated { get; set; } = "";
}
