namespace Intranet.Web.Infrastructure;

/// <summary>Recognises files that are surely no text by how they begin. Pure.</summary>
internal static class FileShape
{
    /// <summary>What it is, in words; null when it may be text.</summary>
    internal static string? Name(ReadOnlySpan<byte> start) => start switch
    {
        [0x50, 0x4B, 0x03, 0x04, ..] or [0x50, 0x4B, 0x05, 0x06, ..] => "a workbook or zip archive",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old or password-protected Office file",
        [0x1F, 0x8B, ..] => "a compressed file",
        [0x25, 0x50, 0x44, 0x46, ..] => "a PDF",
        [0x89, 0x50, 0x4E, 0x47, ..] or [0xFF, 0xD8, 0xFF, ..] => "a picture",
        _ => null,
    };
}
