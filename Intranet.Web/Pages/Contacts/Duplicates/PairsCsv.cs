using System.Globalization;
using System.Text;
using Intranet.Data.Contacts;

namespace Intranet.Web.Pages.Contacts.Duplicates;

/// <summary>
/// Pairs as CSV for programs: ids come back exactly as they came in, and the first header is the first byte. That is why this isn't
/// the CSV for spreadsheets, which begins with a mark and defuses formulas.
/// </summary>
internal static class PairsCsv
{
    internal const string ContentType = "text/csv; charset=utf-8";

    internal static async Task WriteAsync(Stream stream, IAsyncEnumerable<ListedPair> pairs, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 15, leaveOpen: true);
        await writer.WriteAsync("external_id_a,external_id_b,probability,status\r\n");
        await foreach (var pair in pairs.WithCancellation(cancellation))
        {
            await writer.WriteAsync(string.Create(
                CultureInfo.InvariantCulture, $"{Id(pair.FirstExternalId, pair.FirstId)},{Id(pair.SecondExternalId, pair.SecondId)},{pair.Probability:0.######},{pair.Status}\r\n"));
        }
    }

    private static string Id(string? externalId, int id)
    {
        var text = string.IsNullOrEmpty(externalId) ? id.ToString(CultureInfo.InvariantCulture) : externalId;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
