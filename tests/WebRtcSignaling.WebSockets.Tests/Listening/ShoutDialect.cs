using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>A dialect as somebody else would write it, with the public API alone: see <see cref="ShoutConversation"/>.</summary>
internal sealed class ShoutDialect(string subProtocol = "shout") : IDialect
{
    public string SubProtocol => subProtocol;

    public IConversation Open(IDialectConnection connection) => new ShoutConversation(connection);
}
