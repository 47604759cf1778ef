using System.ComponentModel.DataAnnotations;
using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>What can be changed in a row of the list.</summary>
public sealed class RowInput
{
    public int Id { get; set; }
    public Guid? Version { get; set; }

    [Required(ErrorMessage = "Choose a stage."), EnumDataType(typeof(Stage), ErrorMessage = "There is no such stage.")]
    public Stage? Stage { get; set; }

    /// <summary>Null: nobody, which is only kept and never chosen.</summary>
    public int? OwnerId { get; set; }

    [StringLength(500, ErrorMessage = "At most 500 characters."), RegularExpression(@"[^\p{Cc}\u2028\u2029]*", ErrorMessage = "Use one line without control characters.")]
    public string? NextStep { get; set; }

    /// <summary>Of the move to another stage; needed for closing.</summary>
    public string? Reason { get; set; }
}
