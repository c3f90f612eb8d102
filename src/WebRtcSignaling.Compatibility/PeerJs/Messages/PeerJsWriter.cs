using System.Buffers;
using System.Text.Json;

namespace WebRtcSignaling.Compatibility.PeerJs.Messages;

/// <summary>
/// Writes what clients hear:
/// <code>
///   {"type":"OPEN"}
///   {"type":"ID-TAKEN","payload":{"msg":"ID is taken"}}
///   {"type":"ERROR","payload":{"msg":SENTENCE}}
///   {"type":"EXPIRE","src":ABSENT,"dst":OWN}
///   {"type":TYPE,"src":SENDER,"dst":OWN,"payload":ANY}      ; without payload where the sender gave none
/// </code>
/// </summary>
internal static class PeerJsWriter
{
    public static ReadOnlySpan<byte> Open => """{"type":"OPEN"}"""u8;

    public static ReadOnlySpan<byte> IdTaken => """{"type":"ID-TAKEN","payload":{"msg":"ID is taken"}}"""u8;

    /// <summary>An error, which ends the client.</summary>
    public static byte[] Error(string sentence)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "ERROR");
            json.WriteStartObject("payload");
            json.WriteString("msg", sentence);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What was sent to somebody found nobody.</summary>
    public static byte[] Expire(string absent, string receiver) => Relayed("EXPIRE", absent, receiver, []);

    /// <summary>A message of another client.</summary>
    public static byte[] Relayed(string type, string sender, string receiver, ReadOnlySpan<byte> payload)
    {
        var buffer = new ArrayBufferWriter<byte>(payload.Length + 128);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("src", sender);
            json.WriteString("dst", receiver);
            if (!payload.IsEmpty)
            {
                json.WritePropertyName("payload");
                json.WriteRawValue(payload, skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
