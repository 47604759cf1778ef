using System.ComponentModel.DataAnnotations;
using Intranet.Data;
using Intranet.Data.Leads;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>The same row as it is stored now, and who owns the lead, by name; null where it is gone.</summary>
    internal static async Task<(RowInput Row, string? Owner)?> StoredAsync(IntranetDbContext db, RowInput typed, CancellationToken cancellation)
        => await db.Leads.Current().Where(lead => lead.Id == typed.Id).Select(lead => new { lead.Version, lead.Stage, lead.OwnerId, lead.NextStep, Owner = (string?)lead.Owner!.DisplayName }).FirstOrDefaultAsync(cancellation) is { } now
            // A reason is of the move that is wanted, and stored nowhere.
            ? (new RowInput { Id = typed.Id, Version = now.Version, Stage = now.Stage, OwnerId = now.OwnerId, NextStep = now.NextStep, Reason = typed.Reason }, now.Owner) : null;
}
