using Intranet.Data.Leads;

namespace Intranet.Web.Pages.Leads;

/// <summary>The fields of an interaction (<c>_InteractionFields</c>), new or to be changed.</summary>
/// <param name="Name">Prefix of the fields' names.</param>
/// <param name="Pocs">Whom it may have been with.</param>
public sealed record InteractionFields(string Name, InteractionInput Input, IReadOnlyList<PocPerson> Pocs, string Currency, bool IsNew);
