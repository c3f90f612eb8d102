using System.Buffers;
using System.Globalization;
using System.Text;

namespace WebRtcSignaling.Compatibility.SocketIO.Attachments;

/// <summary>
/// Carries attachments through a server that knows nothing but JSON. Where a client's event has a placeholder for a binary message, the event that dialects see has
/// the bytes themselves, as base64; and where an event that is sent has such an object, the client gets an attachment again.
/// <code>
///   on the wire   {"_placeholder":true,"num":0}              ; and a binary message
///   in the server {"_binary":true,"base64":"AQID"}
/// </code>
/// </summary>
internal static class BinaryPlaceholders
{
    /// <summary>Puts the attachments of a client's event into its JSON.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="attachments">The attachments.</param>
    /// <returns>The JSON; <see langword="null"/> if it is none, or a placeholder is not as clients write it, or stands for nothing, or twice for the same.</returns>
    public static byte[]? Fill(ReadOnlySpan<byte> json, IReadOnlyList<byte[]> attachments)
    {
        if (MarkedObjectReader.Find(json, "_placeholder"u8, "num"u8, forbidden: []) is not { } places)
        {
            return null;
        }

        var used = new HashSet<int>();
        var output = new ArrayBufferWriter<byte>(json.Length + 64);
        int copied = 0;
        foreach (MarkedObject place in places)
        {
            if (place.Number < 0 || place.Number >= attachments.Count || !used.Add(place.Number))
            {
                return null;
            }

            output.Write(json[copied..place.Start]);
            output.Write("{\"_binary\":true,\"base64\":\""u8);
            output.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(attachments[place.Number])));
            output.Write("\"}"u8);
            copied = place.End;
        }

        output.Write(json[copied..]);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Takes the bytes out of an event's JSON.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="max">How many attachments the event may have.</param>
    /// <param name="attachments">The attachments; none if the event is to be sent as it is.</param>
    /// <returns>The JSON with placeholders in their places.</returns>
    /// <remarks>
    /// An event in which a peer has hidden a placeholder of its own is sent as it is. Among true ones it would be one without an attachment, for which clients
    /// close their connection.
    /// </remarks>
    public static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> json, int max, out IReadOnlyList<byte[]> attachments)
    {
        attachments = [];
        if (json.IndexOf("_binary"u8) < 0
            || MarkedObjectReader.Find(json, "_binary"u8, "base64"u8, forbidden: "_placeholder"u8) is not { } places)
        {
            return json;
        }

        places.RemoveAll(static place => place.Bytes is null);
        if (places.Count == 0 || places.Count > max)
        {
            return json;
        }

        var output = new ArrayBufferWriter<byte>(json.Length);
        int copied = 0;
        for (int i = 0; i < places.Count; i++)
        {
            output.Write(json[copied..places[i].Start]);
            output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"_placeholder\":true,\"num\":{i}}}")));
            copied = places[i].End;
        }

        output.Write(json[copied..]);
        attachments = [.. places.Select(static place => place.Bytes!)];
        return output.WrittenSpan;
    }
}
