using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Intranet.Data.Contacts;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <summary>What a steward says about the group they saw.</summary>
public sealed class ReviewInput
{
    [Required(ErrorMessage = "Choose same, not the same, or later."), RegularExpression("same|different|later", ErrorMessage = "Choose same, not the same, or later.")]
    public string? Decision { get; set; }

    /// <summary>Their ids, with commas between: two people of many rows have more pairs than a form may have fields.</summary>
    [Required(ErrorMessage = "There is no pair to decide."), RegularExpression("[0-9]{1,10}(,[0-9]{1,10})*", ErrorMessage = "There is no pair to decide.")]
    public string? Pairs { get; set; }

    public IReadOnlyList<int> PairIds()
        => [.. (Pairs ?? "").Split(',').Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct()];

    /// <summary><see cref="ReviewGroup.Seen"/>.</summary>
    [StringLength(64)]
    public string? Seen { get; set; }

    /// <summary>Whom it is about, by their primaries.</summary>
    public List<int> People { get; set; } = [];

    /// <summary>By field, the contact whose value is to show.</summary>
    public Dictionary<string, int> Choices { get; set; } = [];

    public PairState State => Decision switch { "same" => PairState.Same, "different" => PairState.Different, _ => PairState.Later };
}
