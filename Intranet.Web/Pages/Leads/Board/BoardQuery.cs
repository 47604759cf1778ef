using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Intranet.Data.Leads;
using Microsoft.AspNetCore.Mvc;

namespace Intranet.Web.Pages.Leads.Board;

/// <summary>Which cards, as the URL of the board carries it.</summary>
public sealed class BoardQuery
{
    /// <summary>Beginnings of words of name and city.</summary>
    [FromQuery(Name = "q"), StringLength(200, ErrorMessage = "Search for at most 200 characters.")]
    public string? Q { get; set; }

    /// <summary>me, nobody, or the id of a user.</summary>
    [FromQuery(Name = "owner"), RegularExpression("me|nobody|[1-9][0-9]{0,8}", ErrorMessage = "An owner is me, nobody, or the number of a user.")]
    public string? Owner { get; set; }

    /// <summary>Of whom, where that is a user by number.</summary>
    public int? OwnerId => int.TryParse(Owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The column that continues; the others begin at the top.</summary>
    [FromQuery(Name = "stage"), EnumDataType(typeof(Stage), ErrorMessage = "There is no such stage.")]
    public Stage? Stage { get; set; }

    /// <summary>Where that column's last page ended.</summary>
    [FromQuery(Name = "after"), StringLength(60, ErrorMessage = "The column can't continue there.")]
    public string? After { get; set; }

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Q) || !string.IsNullOrEmpty(Owner);

    public Dictionary<string, string?> Route() => new() { ["q"] = Q, ["owner"] = Owner };

    /// <summary>The same, and the page of the column that continues.</summary>
    public Dictionary<string, string?> Here() => new(Route()) { ["stage"] = Stage?.ToString(), ["after"] = After };

    public Dictionary<string, string?> Route(Stage stage, LeadCard last) => new(Route()) { ["stage"] = stage.ToString(), ["after"] = $"{last.Place}" };
}
