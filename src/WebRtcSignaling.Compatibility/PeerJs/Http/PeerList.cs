using System.Buffers;
using System.Text;
using System.Text.Json;

namespace WebRtcSignaling.Compatibility.PeerJs.Http;

/// <summary>The ids of those who are connected: a JSON array of texts.</summary>
internal static class PeerList
{
    public static string Write(IEnumerable<string> ids)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (string id in ids)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
