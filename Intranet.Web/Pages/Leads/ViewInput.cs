using System.ComponentModel.DataAnnotations;

namespace Intranet.Web.Pages.Leads;

/// <summary>A name for the filters and order of now.</summary>
public sealed class ViewInput
{
    [Required(ErrorMessage = "Give the view a name."), StringLength(100, ErrorMessage = "At most 100 characters.")]
    public string? Name { get; set; }

    public bool IsShared { get; set; }
}
