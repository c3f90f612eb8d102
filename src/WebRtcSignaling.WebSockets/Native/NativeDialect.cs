using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The project's own dialect: docs/protocol.md.</summary>
internal sealed class NativeDialect : IDialect
{
    private readonly NativeEncoder _encoder = new();

    public string SubProtocol => "webrtc-signaling.v1";

    public IConversation Open(IDialectConnection connection) => new NativeConversation(connection, _encoder);
}
