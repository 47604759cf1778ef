using System.ComponentModel.DataAnnotations;
using Intranet.Web.Infrastructure;

namespace Intranet.Web.Pages.Directory.Products;

public sealed class ProductInput
{
    [Required(ErrorMessage = "A product needs a name."), StringLength(100, ErrorMessage = "At most 100 characters.")]
    [RegularExpression(@"[^\p{Cc}]*", ErrorMessage = "A name is one line without control characters.")]
    public string? Name { get; set; }

    [StringLength(1000, ErrorMessage = "At most 1,000 characters.")]
    public string? Description { get; set; }

    [StringLength(100, ErrorMessage = "At most 100 characters.")]
    public string? ChatChannel { get; set; }

    [Addresses]
    public string? Stakeholders { get; set; }

    /// <summary>The version the form was filled in for.</summary>
    public Guid? Version { get; set; }
}
