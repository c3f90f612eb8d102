using System.Buffers;
using System.Text;

namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>
/// Reads the head of one HTTP/1.1 request (RFC 9112 sections 2 to 6), strictly: what two programs could read in two ways is refused. No
/// I/O: bytes in, a head or a refusal out, the same however the bytes were cut, and a refusal as soon as it is certain.
/// </summary>
/// <remarks>
/// Not thread-safe. Consumes whole lines only, so that what follows the head stays where it is, and does not scan a line again from its
/// beginning when more of it comes.
/// </remarks>
/// <param name="maxBytes">The longest head, all its lines and line ends together.</param>
/// <param name="maxFields">The most header fields.</param>
internal sealed class RequestHeadReader(int maxBytes, int maxFields)
{
    // All but the tab, which may stand in a field's value. The first of them in a line can only be the end of that line.
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7F).Where(static code => code != '\t').Select(Convert.ToByte)]);

    private readonly List<HeaderField> _fields = [];
    private string? _target;
    private long _consumed;
    private long _scanned;

    /// <summary>The head, once it is whole.</summary>
    public RequestHead? Head { get; private set; }

    /// <summary>Why it is refused, once it is.</summary>
    public HandshakeRefusal? Refusal { get; private set; }

    /// <summary>Whether the request is a HEAD, whose answer has no body whatever it says (RFC 9110 section 9.3.2).</summary>
    public bool AsksForNoBody { get; private set; }

    /// <summary>Whether a single byte has come.</summary>
    public bool HasBegun => _consumed + _scanned > 0;

    /// <summary>
    /// Reads on. After <see cref="RequestHeadStatus.NeedMore"/>, call it again with what it left and the bytes that follow.
    /// </summary>
    /// <param name="input">The bytes that have arrived; moved past the lines that were read.</param>
    public RequestHeadStatus TryRead(ref ReadOnlySequence<byte> input)
    {
        while (Head is null && Refusal is null)
        {
            if (!TryReadLine(ref input, out string line))
            {
                return Refusal is null ? RequestHeadStatus.NeedMore : RequestHeadStatus.Refused;
            }

            if (_target is null)
            {
                Refusal = ReadRequestLine(line);
            }
            else if (line.Length > 0)
            {
                Refusal = ReadField(line);
            }
            else
            {
                Refusal = CheckFields();
                Head = Refusal is null ? new(_target, _fields) : null;
            }
        }

        return Head is null ? RequestHeadStatus.Refused : RequestHeadStatus.Complete;
    }

    /// <summary>Takes the next line, without its end, if it is whole. Bytes past the bound are not looked at.</summary>
    private bool TryReadLine(ref ReadOnlySequence<byte> input, out string line)
    {
        line = "";
        long room = maxBytes - _consumed;
        ReadOnlySequence<byte> window = input.Slice(0, Math.Min(input.Length, room));
        long end = IndexOfControl(window, _scanned);
        _scanned = end < 0 ? window.Length : end;
        if (end >= 0 && !IsPrefixOfLineEnd(window.Slice(end)))
        {
            Refusal = HandshakeRefusals.BadRequest("A control character stands where none may be; lines end with CR LF.");
            return false;
        }

        if (end < 0 || end + 2 > window.Length)
        {
            Refusal = window.Length < room ? null : _target is null ? HandshakeRefusals.TargetTooLong : HandshakeRefusals.HeadTooLarge;
            return false;
        }

        line = Encoding.Latin1.GetString(window.Slice(0, end));
        input = input.Slice(end + 2);
        _consumed += end + 2;
        _scanned = 0;
        return true;
    }

    private static long IndexOfControl(ReadOnlySequence<byte> line, long from)
    {
        long at = from;
        foreach (ReadOnlyMemory<byte> segment in line.Slice(from))
        {
            int index = segment.Span.IndexOfAny(Controls);
            if (index >= 0)
            {
                return at + index;
            }

            at += segment.Length;
        }

        return -1;
    }

    private static bool IsPrefixOfLineEnd(ReadOnlySequence<byte> rest)
    {
        var reader = new SequenceReader<byte>(rest);
        return reader.IsNext((byte)'\r', advancePast: true) && (reader.End || reader.IsNext((byte)'\n'));
    }

    private HandshakeRefusal? ReadRequestLine(string line)
    {
        if (!RequestLine.TryParse(line, out RequestLine request))
        {
            return HandshakeRefusals.BadRequest("The request line is malformed.");
        }

        AsksForNoBody = request.Method == "HEAD";
        _target = request.Target;
        return request.Check();
    }

    private HandshakeRefusal? ReadField(string line)
    {
        // A line that begins with a blank would continue the one before (obs-fold, RFC 9112 section 5.2), and a blank before the colon be
        // part of the name (section 5.1): neither is a token.
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !HttpToken.IsValid(line.AsSpan(0, colon)))
        {
            return HandshakeRefusals.BadRequest("A header field is malformed.");
        }

        _fields.Add(new(line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        return _fields.Count > maxFields ? HandshakeRefusals.HeadTooLarge : null;
    }

    private HandshakeRefusal? CheckFields()
    {
        string[] hosts = [.. Values("Host")];
        if (hosts.Length != 1 || !HttpAuthority.TryParse(hosts[0], out _))
        {
            return HandshakeRefusals.BadRequest("There must be one header field Host with a host name and perhaps a port.");
        }

        // A handshake has no body, and with one that is framed in two ways requests are smuggled (RFC 9112 section 11.2).
        return Values("Transfer-Encoding").Any() || Values("Content-Length").Any(static length => length != "0")
            ? HandshakeRefusals.BadRequest("The request must have no body.")
            : null;
    }

    private IEnumerable<string> Values(string name) =>
        _fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static field => field.Value);
}
