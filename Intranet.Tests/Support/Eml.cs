using System.Text;
using System.Text.RegularExpressions;

namespace Intranet.Tests.Support;

/// <summary>A mail read back as a mail program reads it: headers unfolded and decoded, parts of a multipart, content decoded.</summary>
public sealed partial class Eml
{
    private readonly List<(string Name, string Value)> headers;

    private Eml(List<(string, string)> headers, byte[] content, IReadOnlyList<Eml> parts) => (this.headers, Content, Parts) = (headers, content, parts);

    /// <summary>The decoded bytes; empty for a multipart.</summary>
    public byte[] Content { get; }

    public string Text => Encoding.UTF8.GetString(Content);

    public IReadOnlyList<Eml> Parts { get; }

    public IEnumerable<string> Names => headers.Select(header => header.Name);

    /// <summary>The value of the only header of that name; null when there is none.</summary>
    public string? this[string name]
    {
        get
        {
            var found = headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
            return found.Count > 1 ? throw new InvalidOperationException($"The mail has {found.Count} headers '{name}'.") : found.FirstOrDefault().Value;
        }
    }

    public string Type => this["Content-Type"]!.Split(';')[0].Trim();

    /// <summary>Name of an attachment, plain or by RFC 2231.</summary>
    public string? FileName
        => this["Content-Disposition"] is not { } disposition ? null
            : Extended().Match(disposition) is { Success: true } extended ? Uri.UnescapeDataString(extended.Groups[1].Value)
            : Plain().Match(disposition) is { Success: true } plain ? (plain.Groups[1].Success ? Regex.Unescape(plain.Groups[1].Value) : plain.Groups[2].Value) : null;

    /// <summary>Every part that has no parts of its own, in order.</summary>
    public IEnumerable<Eml> Leaves => Parts.Count == 0 ? [this] : Parts.SelectMany(part => part.Leaves);

    public static Eml Parse(string mail)
    {
        var end = mail.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = Folding().Replace(mail[..end], " ");
        var body = mail[(end + 4)..];
        var headers = head.Split("\r\n").Select(line => (Name: line[..line.IndexOf(':')], Value: Words().Replace(BetweenWords().Replace(line[(line.IndexOf(':') + 1)..].Trim(), "$1"), Decoded))).ToList();
        var type = headers.FirstOrDefault(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value ?? "text/plain";
        if (Boundary().Match(type) is { Success: true } boundary)
            return new Eml(headers, [], [.. $"\r\n{body}".Split($"\r\n--{boundary.Groups[1].Value}")[1..^1].Select(part => Parse(part.StartsWith("\r\n", StringComparison.Ordinal) ? part[2..] : part))]);
        var encoding = headers.FirstOrDefault(header => header.Name.Equals("Content-Transfer-Encoding", StringComparison.OrdinalIgnoreCase)).Value;
        return new Eml(headers, encoding switch
        {
            "base64" => Convert.FromBase64String(body),
            "quoted-printable" => Quoted(body.Replace("=\r\n", "", StringComparison.Ordinal)),
            _ => Encoding.UTF8.GetBytes(body),
        }, []);
    }

    private static string Decoded(Match word)
        => Encoding.GetEncoding(word.Groups[1].Value).GetString(word.Groups[2].Value is "B" or "b" ? Convert.FromBase64String(word.Groups[3].Value) : Quoted(word.Groups[3].Value.Replace('_', ' ')));

    private static byte[] Quoted(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
                (bytes, i) = ([.. bytes, Convert.ToByte(text.Substring(i + 1, 2), 16)], i + 2);
            else
                bytes.Add((byte)text[i]);
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folding();

    [GeneratedRegex(@"=\?([^?]+)\?([BbQq])\?([^?]*)\?=")]
    private static partial Regex Words();

    [GeneratedRegex(@"(\?=)\s+(?==\?)")]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"boundary=""?([^"";]+)")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"filename\*=utf-8''([^;\s]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Extended();

    [GeneratedRegex(@"filename=(?:""((?:[^""\\]|\\.)*)""|([^;\s]+))")]
    private static partial Regex Plain();
}
