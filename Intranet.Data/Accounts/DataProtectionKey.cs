namespace Intranet.Data.Accounts;

/// <summary>A key of the ring that protects cookies and tokens; in the database so that restarts and several nodes keep sessions.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; private set; }
    public string FriendlyName { get; init; } = "";
    public string Xml { get; init; } = "";
}
