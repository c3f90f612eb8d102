using System.Text;

namespace WebRtcSignaling.Core.Tests.Peers;

/// <summary>Payloads and field values as the tests write them.</summary>
internal static class Text
{
    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Of(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
