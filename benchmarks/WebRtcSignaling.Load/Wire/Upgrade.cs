using System.Security.Cryptography;
using System.Text;

namespace WebRtcSignaling.Load.Wire;

/// <summary>The opening handshake (RFC 6455 section 4.1), as a program sends it: without an origin.</summary>
internal static class Upgrade
{
    private const string Key = "bG9hZCBwcm9ncmFtIGtleQ==";
    private const int MaxResponseBytes = 16_384;

    private static readonly string _accept = MakeAccept();

    public static byte[] Request(string target, int port) => Encoding.ASCII.GetBytes(
        $"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + $"Sec-WebSocket-Key: {Key}\r\nSec-WebSocket-Version: 13\r\n\r\n");

    /// <summary>Reads the server's answer.</summary>
    /// <returns>Whether all of it is there; it is then the first <paramref name="length"/> bytes.</returns>
    /// <exception cref="LoadException">The server refuses.</exception>
    public static bool TryReadResponse(ReadOnlySpan<byte> input, out int length)
    {
        int end = input.IndexOf("\r\n\r\n"u8);
        length = end + 4;
        if (end < 0)
        {
            return input.Length <= MaxResponseBytes ? false : throw new LoadException("The server's answer to the handshake does not end.");
        }

        string head = Encoding.ASCII.GetString(input[..end]);
        if (!head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new LoadException($"The server refused the handshake: {head.Split('\r')[0]}");
        }

        if (!head.Contains(_accept, StringComparison.Ordinal))
        {
            throw new LoadException("The server answered the handshake with a wrong key.");
        }

        return true;
    }

#pragma warning disable CA5350 // RFC 6455 section 4.2.2 asks for this hash; it protects nothing.
    private static string MakeAccept() => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(Key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
}
