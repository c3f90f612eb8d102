using System.Net;
using System.Security.Claims;
using System.Text.Json;
using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Compatibility.SocketIO.Attachments;
using WebRtcSignaling.Compatibility.SocketIO.Packets;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Connections;

namespace WebRtcSignaling.Compatibility.SocketIO.Connections;

/// <summary>
/// Socket.IO with one client, on the namespace <c>/</c>, which is the only one there is: connects, passes events to a dialect one by one, acknowledges. The first event
/// that any dialect knows decides which one the client speaks. Clients of version 3 are connected at once; those of version 4 must ask, and before anything else.
/// </summary>
internal sealed class SocketIOConnection : IEngineConversation, IEventPeer
{
    private readonly EngineSession _session;
    private readonly SocketIOApplication _application;
    private readonly TimeSpan _openedAt;
    private readonly Lock _lock = new();

    private volatile bool _isConnected;
    private PendingPacket? _pending;
    private SignalingError? _tooEarly;
    private IEventConversation? _conversation;
    private SessionCloseReason? _endedBy;
    private bool _isPutOut;

    public SocketIOConnection(EngineSession session, SocketIOApplication application)
    {
        _session = session;
        _application = application;
        _openedAt = session.Now;

        // In version 3 the client takes the session's name for its own, which others may hear. In version 4 the session's name stays secret.
        Id = IsVersion3 ? session.Id : SessionId.Create().Value;
    }

    public string Id { get; }

    public SignalingServer Server => _application.Server;

    public string? Application => _application.Name;

    public ClaimsPrincipal? User => _session.Opening.User;

    public DateTimeOffset? AuthenticationExpiresAt => _session.Opening.AuthenticationExpiresAt;

    public IPAddress? RemoteAddress => _session.Opening.RemoteAddress;

    public CancellationToken Ended => _session.Ended;

    private bool IsVersion3 => _session.Opening.Version == EngineVersion.V3;

    public void Start()
    {
        if (IsVersion3)
        {
            _isConnected = true;
            _session.Send(SocketPacketHead.Connect, []);
        }
    }

    public ValueTask ReceiveAsync(EnginePacket message, SignalingError? tooEarly)
    {
        // An event of which a part is refused is refused when all of it is there; what follows would not be understood otherwise.
        _tooEarly ??= tooEarly;
        if (message.IsBinary)
        {
            return ReceiveAttachmentAsync(message.Data);
        }

        return _pending is null && SocketPacketReader.TryRead(message.Data, out SocketPacket packet) ? ReceiveAsync(packet) : Break();
    }

    public void Tick()
    {
        if (!_isConnected && _session.Now - _openedAt >= _session.Settings.ConnectTimeout)
        {
            Close(new SessionClose(SessionCloseReason.ProtocolError));
        }
    }

    public void End(SessionCloseReason reason)
    {
        IEventConversation? conversation;
        lock (_lock)
        {
            _endedBy ??= reason;
            conversation = _conversation;
        }

        conversation?.End(_endedBy.Value);
    }

    public void Send(ReadOnlySpan<byte> eventArray)
    {
        ReadOnlySpan<byte> json = BinaryPlaceholders.Take(eventArray, _application.MaxAttachments, out IReadOnlyList<byte[]> attachments);
        _session.Send(attachments.Count == 0 ? SocketPacketHead.Event : SocketPacketHead.Binary(attachments.Count, null), json, attachments);
    }

    public void Acknowledge(long id, ReadOnlySpan<byte> argumentArray)
    {
        ReadOnlySpan<byte> json = BinaryPlaceholders.Take(argumentArray, _application.MaxAttachments, out IReadOnlyList<byte[]> attachments);
        _session.Send(
            attachments.Count == 0 ? SocketPacketHead.Ack(id) : SocketPacketHead.Binary(attachments.Count, id), json, attachments);
    }

    public void Close(SessionClose close)
    {
        if (Interlocked.Exchange(ref _isPutOut, true))
        {
            return;
        }

        // Clients do not come back by themselves when they are put out in this way; they do when only the connection ends. To who broke a rule, Socket.IO's own server
        // says nothing.
        if (close.Reason != SessionCloseReason.ProtocolError && CloseCodes.IsTerminal(CloseCodes.Of(close.Reason).Code))
        {
            _session.Send(SocketPacketHead.Disconnect, []);
        }

        _session.Close(close);
    }

    private ValueTask ReceiveAttachmentAsync(ReadOnlyMemory<byte> data)
    {
        if (_pending is not { } pending || !pending.TryAdd(data))
        {
            return Break();
        }

        if (!pending.IsComplete)
        {
            return ValueTask.CompletedTask;
        }

        _pending = null;
        return pending.ToJson() is { } json ? DispatchAsync(pending.Packet with { Payload = json }) : Break();
    }

    private ValueTask ReceiveAsync(in SocketPacket packet)
    {
        if (packet.Attachments > _application.MaxAttachments)
        {
            return Break();
        }

        if (packet.Attachments > 0)
        {
            _pending = new PendingPacket(in packet, _session.Settings.MaxPayloadBytes);
            return ValueTask.CompletedTask;
        }

        return DispatchAsync(packet);
    }

    private ValueTask DispatchAsync(in SocketPacket packet)
    {
        SignalingError? tooEarly = _tooEarly;
        _tooEarly = null;
        ReadOnlyMemory<byte> name = NamespaceOf(in packet);
        bool isMain = name.IsEmpty || name.Span.SequenceEqual("/"u8);
        if (packet.Type == SocketPacketType.Connect)
        {
            return Connect(in packet, isMain ? default : name);
        }

        if (!isMain || !_isConnected)
        {
            // Version 3 has clients that say goodbye to namespaces into which they were not let.
            return IsVersion3 ? ValueTask.CompletedTask : Break();
        }

        switch (packet.Type)
        {
            case SocketPacketType.Event or SocketPacketType.BinaryEvent:
                return ReceiveEventAsync(packet.Payload, packet.Id, tooEarly);
            case SocketPacketType.Ack or SocketPacketType.BinaryAck when packet.Id is not null && PayloadJson.Is(packet.Payload, JsonValueKind.Array):
                // Nothing that is sent asks for one, so it answers nothing.
                return ValueTask.CompletedTask;
            case SocketPacketType.Disconnect when packet.Payload.IsEmpty:
                _session.Close(new SessionClose(SessionCloseReason.Left));
                return ValueTask.CompletedTask;
            default:
                return Break();
        }
    }

    /// <summary>Connects the client to a namespace; <c>/</c> if the name is empty.</summary>
    private ValueTask Connect(in SocketPacket packet, ReadOnlyMemory<byte> name)
    {
        if (!packet.Payload.IsEmpty && !PayloadJson.Is(packet.Payload, JsonValueKind.Object))
        {
            return Break();
        }

        if (!name.IsEmpty)
        {
            _session.Send(SocketPacketHead.InvalidNamespace(name.Span, asObject: !IsVersion3), []);
        }
        else if (!_isConnected)
        {
            _isConnected = true;
            _session.Send(SocketPacketHead.ConnectAs(Id), []);
        }
        else if (!IsVersion3)
        {
            return Break();
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask ReceiveEventAsync(ReadOnlyMemory<byte> payload, long? ackId, SignalingError? tooEarly)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(payload);
        }
        catch (JsonException)
        {
            await Break().ConfigureAwait(false);
            return;
        }

        using (document)
        {
            if (!EventArray.TryRead(document.RootElement, nameAt: 0, out string name, out EventArguments arguments))
            {
                await Break().ConfigureAwait(false);
                return;
            }

            if ((_conversation ?? Open(name)) is { } conversation)
            {
                var acknowledgement = ackId is { } id ? new SocketAcknowledgement(this, id) : null;
                await DealWithAsync(conversation, new EventMessage(name, arguments, acknowledgement), tooEarly).ConfigureAwait(false);
            }
        }
    }

    private ValueTask DealWithAsync(IEventConversation conversation, EventMessage message, SignalingError? tooEarly)
    {
        if (tooEarly is null)
        {
            return conversation.ReceiveAsync(message);
        }

        Server.Admission.CountRefusal(tooEarly);
        conversation.Refuse(message, tooEarly);
        return ValueTask.CompletedTask;
    }

    private IEventConversation? Open(string eventName)
    {
        if (_application.FindDialect(eventName) is not { } dialect)
        {
            return null;
        }

        IEventConversation conversation = dialect.Open(this);
        lock (_lock)
        {
            _conversation = conversation;
            if (_endedBy is null)
            {
                return conversation;
            }
        }

        // The client was gone in the meantime.
        conversation.End(_endedBy.Value);
        return null;
    }

    /// <summary>The namespace without the query that version 3 lets clients append to it.</summary>
    private ReadOnlyMemory<byte> NamespaceOf(in SocketPacket packet)
    {
        int query = IsVersion3 ? packet.Namespace.Span.IndexOf((byte)'?') : -1;
        return query < 0 ? packet.Namespace : packet.Namespace[..query];
    }

    /// <summary>The client broke a rule: its session ends.</summary>
    private ValueTask Break()
    {
        Close(new SessionClose(SessionCloseReason.ProtocolError));
        return ValueTask.CompletedTask;
    }
}
