using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The sink of a session that ends with its connection: straight into the outbox, and nothing is kept.</summary>
internal sealed class ConnectedSink(IDialectConnection connection, NativeEncoder encoder) : NativeSink(encoder)
{
    public override void OnClosed(SessionClose close) => Close(connection, close);

    public override void Send(ReadOnlySpan<byte> message) => connection.Outbox.Send(message);

    protected override void SendShared(ReadOnlyMemory<byte> message) => Send(message.Span);
}
