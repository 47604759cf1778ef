using System.ComponentModel.DataAnnotations;

namespace Intranet.Web.Pages.Imports;

public sealed class ImportInput
{
    [Required(ErrorMessage = "Choose what the file holds.")]
    public string? Kind { get; set; }

    [Required(ErrorMessage = "Choose a file.")]
    public IFormFile? File { get; set; }
}
