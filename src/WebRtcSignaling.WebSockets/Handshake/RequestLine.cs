using System.Buffers;

namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>
/// The first line of a request, and what of it is accepted here (RFC 9112 section 3).
/// <code>
/// request-line = method SP request-target SP HTTP-version
/// HTTP-version = "HTTP/" DIGIT "." DIGIT
/// </code>
/// </summary>
/// <param name="Method">The method; case matters.</param>
/// <param name="Target">The target.</param>
/// <param name="Version">The version.</param>
internal readonly record struct RequestLine(string Method, string Target, string Version)
{
    // More than RFC 3986 allows in a target, since browsers do send some of it; no blank, no control character, no byte above ASCII,
    // and no fragment, which never leaves a client.
    private static readonly SearchValues<char> TargetCharacters =
        SearchValues.Create([.. Enumerable.Range(0x21, 0x5E).Select(static code => (char)code).Where(static c => c != '#')]);

    /// <summary>Takes a line apart.</summary>
    /// <returns>Whether it has the form of a request line. Nothing is lenient: one blank between parts, none around them.</returns>
    public static bool TryParse(string line, out RequestLine request)
    {
        request = default;
        if (line.Split(' ') is not [var method, var target, var version]
            || !HttpToken.IsValid(method)
            || target.Length == 0
            || version is not ['H', 'T', 'T', 'P', '/', >= '0' and <= '9', '.', >= '0' and <= '9'])
        {
            return false;
        }

        request = new(method, target, version);
        return true;
    }

    /// <summary>Why it is refused; <see langword="null"/> for a GET of a path over HTTP/1.1 (RFC 6455 section 4.2.1, item 1).</summary>
    public HandshakeRefusal? Check() =>
        Version != "HTTP/1.1" ? HandshakeRefusals.VersionNotSupported
        : Method != "GET" ? HandshakeRefusals.MethodNotAllowed
        : Target[0] != '/' || Target.AsSpan().ContainsAnyExcept(TargetCharacters)
            ? HandshakeRefusals.BadRequest("The request target must be a path that starts with a slash.")
        : null;
}
