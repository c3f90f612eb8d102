using System.Text;

namespace WebRtcSignaling.Benchmarks.Native;

/// <summary>Messages of the sizes that clients send: a candidate, and a session description.</summary>
internal static class NativeMessages
{
    public const string Room = "tea";

    /// <summary>A <c>signal-send</c> of so many bytes, or a little more.</summary>
    public static byte[] SignalSend(string targetId, int bytes)
    {
        const string Attribute = "a=fmtp:111 minptime=10;useinbandfec=1\\r\\n";
        string start = $$$"""{"type":"signal-send","room":"{{{Room}}}","targetId":"{{{targetId}}}","data":{"description":{"type":"offer","sdp":"v=0\r\n""";
        var text = new StringBuilder(start);
        while (text.Length + Attribute.Length + 4 <= bytes)
        {
            text.Append(Attribute);
        }

        return Encoding.UTF8.GetBytes(text.Append("\"}}}").ToString());
    }
}
