using System.Buffers;
using System.Globalization;
using System.Text;

namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>
/// Writes the answers of the standalone listener (RFC 9112 section 4). A web server writes its own.
/// <code>
/// status-line = "HTTP/1.1" SP status-code SP reason-phrase CRLF
/// </code>
/// </summary>
internal static class HandshakeResponse
{
    /// <summary>Writes the answer after which the connection speaks WebSocket (RFC 6455 section 4.2.2, item 5).</summary>
    public static void WriteAcceptance(IBufferWriter<byte> output, HandshakeAcceptance acceptance)
    {
        StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n")
            .Append("Upgrade: websocket\r\n")
            .Append("Connection: Upgrade\r\n")
            .Append("Sec-WebSocket-Accept: ").Append(acceptance.Accept).Append("\r\n");
        if (acceptance.SubProtocol is { } subProtocol)
        {
            head.Append("Sec-WebSocket-Protocol: ").Append(subProtocol).Append("\r\n");
        }

        Write(output, head.Append("\r\n"));
    }

    /// <summary>Writes an answer after which the connection closes.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="refusal">What to say.</param>
    /// <param name="date">The time now.</param>
    /// <param name="withoutBody">Whether to leave out the body, but not its length: for a HEAD.</param>
    public static void WriteRefusal(IBufferWriter<byte> output, HandshakeRefusal refusal, DateTimeOffset date, bool withoutBody)
    {
        string body = refusal.Message + "\n";
        var head = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {refusal.Status} {ReasonPhrase(refusal.Status)}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Date: {date:R}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Type: {HandshakeRefusal.ContentType}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");

        string connection = "close";
        foreach ((string name, string value) in refusal.Fields)
        {
            if (name == "Connection")
            {
                connection = $"{value}, {connection}";
            }
            else
            {
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            }
        }

        head.Append(CultureInfo.InvariantCulture, $"Connection: {connection}\r\n\r\n");
        Write(output, withoutBody ? head : head.Append(body));
    }

    private static void Write(IBufferWriter<byte> output, StringBuilder text) => Encoding.UTF8.GetBytes(text.ToString(), output);

    private static string ReasonPhrase(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        414 => "URI Too Long",
        426 => "Upgrade Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "",
    };
}
