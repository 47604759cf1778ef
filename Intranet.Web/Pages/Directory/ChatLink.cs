namespace Intranet.Web.Pages.Directory;

/// <summary>
/// Where a click on a chat user name leads: <c>Directory:ChatLink</c>, an address with <c>{user}</c> in it, such as
/// <c>https://chat.example.com/direct/{user}</c>. Without one the name can only be copied.
/// </summary>
public sealed class ChatLink
{
    private const string Place = "{user}";

    private readonly string? template;

    /// <exception cref="InvalidOperationException">The configured address can't be one.</exception>
    public ChatLink(IConfiguration configuration)
    {
        template = configuration["Directory:ChatLink"] is { Length: > 0 } value ? value : null;
        // Scripts and files are addresses as well; chats have either the web's or a scheme of their own.
        if (template is not null && (!template.Contains(Place, StringComparison.Ordinal)
            || !Uri.TryCreate(template.Replace(Place, "ada", StringComparison.Ordinal), UriKind.Absolute, out var address)
            || address.Scheme is "javascript" or "data" or "vbscript" or "file"))
            throw new InvalidOperationException($"Directory:ChatLink is '{template}'. Use an address with {Place} where the chat user name belongs, such as https://chat.example.com/direct/{Place}.");
    }

    public string? To(string chatUserName)
        => chatUserName.Length == 0 ? null : template?.Replace(Place, Uri.EscapeDataString(chatUserName), StringComparison.Ordinal);
}
