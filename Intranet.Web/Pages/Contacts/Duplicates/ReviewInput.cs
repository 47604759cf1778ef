using System.ComponentModel.DataAnnotations;
using Intranet.Data.Contacts;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <summary>What a steward says about the group they saw.</summary>
public sealed class ReviewInput
{
    [Required(ErrorMessage = "Choose same, not the same, or later."), RegularExpression("same|different|later", ErrorMessage = "Choose same, not the same, or later.")]
    public string? Decision { get; set; }

    [Required(ErrorMessage = "There is no pair to decide."), MinLength(1, ErrorMessage = "There is no pair to decide."), MaxLength(400, ErrorMessage = "These are too many pairs.")]
    public List<int> Pairs { get; set; } = [];

    /// <summary><see cref="ReviewGroup.Seen"/>.</summary>
    [StringLength(64)]
    public string? Seen { get; set; }

    /// <summary>Whom it is about, by their primaries.</summary>
    public List<int> People { get; set; } = [];

    /// <summary>By field, the contact whose value is to show.</summary>
    public Dictionary<string, int> Choices { get; set; } = [];

    public PairState State => Decision switch { "same" => PairState.Same, "different" => PairState.Different, _ => PairState.Later };
}
