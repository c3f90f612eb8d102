namespace WebRtcSignaling.WebSockets.Handshake;

/// <summary>The HTTP answer to a request that does not become a connection.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Message">
/// The body: a sentence or two for whoever looks into it, as plain text. It never repeats what the request said.
/// </param>
internal sealed record HandshakeRefusal(int Status, string Message)
{
    /// <summary>The media type of the body.</summary>
    public const string ContentType = "text/plain; charset=utf-8";

    /// <summary>What the answer has besides a body and its length and type.</summary>
    public IReadOnlyList<HeaderField> Fields { get; init; } = [];
}
