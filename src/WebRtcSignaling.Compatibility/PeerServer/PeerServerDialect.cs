using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.PeerServer;

/// <summary>
/// The events of PHPPeerServer (<c>create</c>, <c>call</c>, <c>r_joined</c>), whose clients are in one room at a time, where the server leads the calls and the
/// older member offers. docs/compatibility.md lists them.
/// </summary>
internal sealed class PeerServerDialect(IOptions<PeerServerOptions> options) : IEventDialect
{
    // A room tells its members only; through this, somebody outside hears that it was banned or that its ban was lifted.
    private readonly ConditionalWeakTable<SignalingSession, PeerServerSink> _sinks = [];
    private readonly PeerServerEncoder _encoder = new();

    public string Name => "php-peer-server";

    public IReadOnlySet<string> ClientEvents { get; } = new[]
    {
        "create", "join", "leave", "kick", "ban", "unban", "message", "toggle", "candidate", "offer", "answer",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How many members a room of these clients may have.</summary>
    public int RoomCapacity { get; } = options.Value.RoomCapacity;

    public IEventConversation Open(IEventPeer peer) => new PeerServerConversation(this, peer, new PeerServerSink(this, peer, _encoder));

    /// <summary>Remembers where a session of this dialect hears, for as long as the session is in memory.</summary>
    public void Remember(SignalingSession session, PeerServerSink sink) => _sinks.AddOrUpdate(session, sink);

    /// <summary>Where a session hears; <see langword="null"/> if it speaks another dialect.</summary>
    public PeerServerSink? FindSink(SignalingSession session) => _sinks.TryGetValue(session, out PeerServerSink? sink) ? sink : null;
}
