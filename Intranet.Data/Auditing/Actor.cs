namespace Intranet.Data.Auditing;

/// <summary>On whose behalf the current work is done; flows with the request or job, and ends up in the audit.</summary>
public sealed record Actor(string Name, string? Address = null)
{
    private static readonly AsyncLocal<Actor?> Ambient = new();

    public static Actor Current
    {
        get => Ambient.Value ?? new Actor("system");
        set => Ambient.Value = value;
    }
}
