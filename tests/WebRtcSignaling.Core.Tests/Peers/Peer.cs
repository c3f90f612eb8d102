using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Peers;

/// <summary>A session and all that it hears, with the requests that tests make most. A request's answer here is its refusal's code, or null.</summary>
internal sealed class Peer : ISessionSink
{
    private readonly Lock _lock = new();
    private readonly List<SignalingEvent> _heard = [];
    private readonly List<SessionClose> _closes = [];
    private SignalingSession? _session;

    public SignalingSession Session => _session ?? throw new InvalidOperationException("The peer is not connected.");

    public SessionId Id => Session.Id;

    public int Openings { get; private set; }

    public IReadOnlyList<SessionClose> Closes
    {
        get
        {
            lock (_lock)
            {
                return [.. _closes];
            }
        }
    }

    /// <summary>What it has heard since the last call.</summary>
    public IReadOnlyList<SignalingEvent> Take()
    {
        lock (_lock)
        {
            SignalingEvent[] taken = [.. _heard];
            _heard.Clear();
            return taken;
        }
    }

    /// <summary>Those of one kind that it has heard since the last call; the others are dropped.</summary>
    public IReadOnlyList<T> Take<T>()
        where T : SignalingEvent => [.. Take().OfType<T>()];

    public async Task<string?> CreateAsync(string room, RoomSetup? setup = null) =>
        (await Session.Rooms.CreateAsync(RoomId.Parse(room), setup)).Error?.Code;

    public async Task<string?> JoinAsync(string room, string? password = null, RoomSetup? createWith = null) =>
        (await Session.Rooms.JoinAsync(new() { Room = RoomId.Parse(room), Password = password, CreateWith = createWith })).Error?.Code;

    public string? Leave(string room) => Session.Rooms.Leave(RoomId.Parse(room)).Error?.Code;

    public async Task<string?> KickAsync(string room, Peer target) =>
        (await Session.Rooms.KickAsync(RoomId.Parse(room), target.Id)).Error?.Code;

    public async Task<string?> SignalAsync(string? room, Peer target, string payload = "{}", SignalKind kind = SignalKind.Plain) =>
        (await Session.SendSignalAsync(room is null ? null : RoomId.Parse(room), target.Id, kind, Text.Bytes(payload))).Error?.Code;

    public async Task<string?> SayAsync(string room, string data, bool echo = false) =>
        (await Session.SendMessageAsync(MessageDestination.ToRoom(RoomId.Parse(room)), Text.Bytes(data), echo)).Error?.Code;

    void ISessionSink.OnOpened(SignalingSession session)
    {
        Openings++;
        _session = session;
    }

    void ISessionSink.OnEvent(SignalingEvent signalingEvent)
    {
        lock (_lock)
        {
            _heard.Add(signalingEvent);
        }
    }

    void ISessionSink.OnSignal(in Signal signal) => ((ISessionSink)this).OnEvent(new SignalingEvent.SignalReceived(
        signal.Room.Value is null ? null : signal.Room,
        signal.Sender,
        signal.Call.Value is null ? null : signal.Call,
        signal.Kind,
        signal.Payload.ToArray()));

    void ISessionSink.OnClosed(SessionClose close)
    {
        lock (_lock)
        {
            _closes.Add(close);
        }
    }
}
