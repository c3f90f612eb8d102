using System.Collections.Concurrent;
using System.Threading.Channels;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

/// <summary>
/// A vocabulary for tests of the wires: <c>echo</c> comes back as an event and as the acknowledgement, <c>shout</c> goes to all other clients,
/// <c>whoami</c> tells the own id, <c>ended</c> tells how somebody's session ended when it has, <c>hold</c> waits until the test lets it go on,
/// <c>bye</c> puts the client out with the reason it names, <c>fail</c> throws.
/// </summary>
internal sealed class RelayDialect : IEventDialect
{
    private readonly ConcurrentDictionary<RelayConversation, byte> _conversations = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<SessionCloseReason>> _endsById = new();
    private readonly Channel<SessionCloseReason> _ends = Channel.CreateUnbounded<SessionCloseReason>();

    public string Name => "relay";

    public IReadOnlySet<string> ClientEvents { get; } = new HashSet<string> { "echo", "shout", "whoami", "ended", "hold", "bye", "fail" };

    /// <summary>What <c>hold</c> waits for.</summary>
    public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Written to when a <c>hold</c> has begun to wait.</summary>
    public Channel<bool> Held { get; } = Channel.CreateUnbounded<bool>();

    public int Count => _conversations.Count;

    public IEventConversation Open(IEventPeer peer)
    {
        var conversation = new RelayConversation(this, peer);
        _conversations.TryAdd(conversation, 0);
        return conversation;
    }

    /// <summary>The reason of the next conversation that ends.</summary>
    public async Task<SessionCloseReason> NextEndAsync() => await _ends.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>The reason for which a client's conversation ends, or has ended.</summary>
    public Task<SessionCloseReason> EndOfAsync(string id) => Find(id).Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Whether a conversation has ended whose reason was not asked for.</summary>
    public bool HasEnd => _ends.Reader.TryPeek(out _);

    /// <summary>Sends an event to all.</summary>
    public void Shout(ReadOnlySpan<byte> eventArray, RelayConversation? except = null)
    {
        foreach ((RelayConversation conversation, _) in _conversations)
        {
            if (conversation != except)
            {
                conversation.Peer.Send(eventArray);
            }
        }
    }

    public void Ended(RelayConversation conversation, SessionCloseReason reason)
    {
        if (_conversations.TryRemove(conversation, out _))
        {
            _ends.Writer.TryWrite(reason);
            Find(conversation.Peer.Id).TrySetResult(reason);
        }
    }

    private TaskCompletionSource<SessionCloseReason> Find(string id) =>
        _endsById.GetOrAdd(id, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
