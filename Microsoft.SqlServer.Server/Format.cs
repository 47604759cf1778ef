namespace Microsoft.SqlServer.Server;

/// <summary>How a CLR user-defined type is serialised. SqlClient reads it for every parameter; we define no such types.</summary>
public enum Format
{
    Unknown,
    Native,
    UserDefined,
}
