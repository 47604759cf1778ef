using System.ComponentModel.DataAnnotations;

namespace Intranet.Web.Pages.Admin.Mail;

public sealed class TestMailInput
{
    [Display(Name = "To")]
    [Required(ErrorMessage = "Enter an address.")]
    [StringLength(254, ErrorMessage = "Use at most 254 characters.")]
    [EmailAddress(ErrorMessage = "That isn't an e-mail address.")]
    public string? To { get; set; }
}
