using Intranet.Data.Imports;

namespace Intranet.Web.Pages.Imports;

public sealed record ImportListRow(
    int Id, string Kind, string FileName, ImportState State, int NewRows, int UpdatedRows, int SameRows, int ErrorRows, string CreatedBy, DateTime CreatedAt)
{
    public string KindLabel => ImportKind.Find(Kind)?.Label ?? Kind;

    /// <summary>Its rows have been compared, so there is something to count.</summary>
    public bool IsCounted => State is ImportState.Previewed or ImportState.Confirmed or ImportState.Applying or ImportState.Stopped or ImportState.Applied;
}
