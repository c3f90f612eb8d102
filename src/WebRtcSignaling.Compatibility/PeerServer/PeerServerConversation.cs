using System.Security.Cryptography;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Compatibility.PeerServer;

/// <summary>
/// The dialect with one client. What its vocabulary has no word for stays silent: an unknown room, user or call, an empty message, an unknown resource.
/// </summary>
internal sealed class PeerServerConversation(PeerServerDialect dialect, IEventPeer peer, PeerServerSink sink) : IEventConversation
{
    private readonly EventSession _session = new(peer, sink);
    private readonly PeerServerModeration _moderation = new(dialect, peer);

    public async ValueTask ReceiveAsync(EventMessage message)
    {
        if (!dialect.ClientEvents.Contains(message.Name))
        {
            return;
        }

        SignalingResult<SignalingSession> session = await _session.GetAsync().ConfigureAwait(false);
        if (session.Error is { } refusal)
        {
            PutOut(refusal);
        }
        else if (peer.Server.FindApplication(session.Value.Application) is { } application)
        {
            await HandleAsync(session.Value, application, message).ConfigureAwait(false);
        }
    }

    /// <summary>There is no word for it.</summary>
    public void Refuse(EventMessage message, SignalingError refusal)
    {
    }

    public void End(SessionCloseReason reason) => _session.End(reason);

    /// <summary>These clients are in one room at a time.</summary>
    private static RoomId? RoomOf(SignalingSession session) => session.Rooms.Joined is [var room, ..] ? room : null;

    private static void Leave(SignalingSession session)
    {
        if (RoomOf(session) is { } room)
        {
            session.Rooms.Leave(room);
        }
    }

    private ValueTask HandleAsync(SignalingSession session, SignalingApplication application, EventMessage message)
    {
        RoomId? current = RoomOf(session);
        EventArguments arguments = message.Arguments;
        switch (message.Name)
        {
            case "create":
                return CreateAsync(session, arguments);
            case "join":
                return JoinAsync(session, application, arguments);
            case "leave":
                Leave(session);
                return default;
            case "message" when current is { } room:
                return SendMessageAsync(session, room, arguments);
            case "toggle":
                return ToggleAsync(session, arguments);
            case "candidate":
                return SendSignalAsync(session, SignalKind.Candidate, arguments);
            case "offer":
                return SendSignalAsync(session, SignalKind.Offer, arguments);
            case "answer":
                return SendSignalAsync(session, SignalKind.Answer, arguments);
            case "kick" or "ban" or "unban" when current is { } room:
                return _moderation.HandleAsync(message.Name, session, application, room, arguments.GetString(0));
            default:
                return default;
        }
    }

    private async ValueTask CreateAsync(SignalingSession session, EventArguments arguments)
    {
        Leave(session);
        var id = RoomId.Parse(RandomNumberGenerator.GetHexString(RoomId.MaxLength, lowercase: true));
        RoomSetup setup = PeerServerRoom.NameIn(arguments[0], new RoomSetup
        {
            Password = PeerServerArguments.GetPassword(arguments[1]),
            Capacity = Math.Min(dialect.RoomCapacity, peer.Server.Options.Rooms.MaxMembers),
            Hidden = true,
            OwnerLeaves = OwnerLeavesPolicy.HandOver,
            ServerLedCalls = true,
        });
        await session.Rooms.CreateAsync(id, setup, cancellationToken: peer.Ended).ConfigureAwait(false);
    }

    private async ValueTask JoinAsync(SignalingSession session, SignalingApplication application, EventArguments arguments)
    {
        // An unknown room leaves the client where it is: peer-client's demo joins null right after it has created a room.
        if (!RoomId.TryParse(arguments.GetString(0), out RoomId room) || application.FindRoom(room) is null)
        {
            return;
        }

        if (RoomOf(session) != room)
        {
            Leave(session);
        }

        var request = new JoinRoomRequest { Room = room, Password = PeerServerArguments.GetPassword(arguments[1]) };
        SignalingResult<RoomSnapshot> joined = await session.Rooms.JoinAsync(request, cancellationToken: peer.Ended).ConfigureAwait(false);
        string? refusal = joined.Error?.Code switch
        {
            SignalingErrorCode.AlreadyInRoom => "join_alreadyin",
            SignalingErrorCode.WrongPassword or SignalingErrorCode.TooManyAttempts => "join_wrongpass",
            SignalingErrorCode.RoomFull or SignalingErrorCode.RoomLocked => "join_full",

            // Its clients have no word for what is about to end; this one lets them try again.
            SignalingErrorCode.RoomClosing or SignalingErrorCode.ServerStopping => "join_full",
            SignalingErrorCode.Banned or SignalingErrorCode.NotPermitted => "join_banned",
            _ => null,
        };
        if (refusal is not null)
        {
            peer.Send(PeerServerEncoder.Bare(refusal));
        }
    }

    private async ValueTask SendMessageAsync(SignalingSession session, RoomId room, EventArguments arguments)
    {
        if (!PeerServerArguments.IsEmpty(arguments[0]))
        {
            await session.SendMessageAsync(MessageDestination.ToRoom(room), arguments.GetRaw(0), echo: true, peer.Ended).ConfigureAwait(false);
        }
    }

    private async ValueTask ToggleAsync(SignalingSession session, EventArguments arguments)
    {
        if (PeerServerArguments.GetResource(arguments[0]) is { } resource)
        {
            await session.ToggleAsync(resource, cancellationToken: peer.Ended).ConfigureAwait(false);
        }
    }

    private async ValueTask SendSignalAsync(SignalingSession session, SignalKind kind, EventArguments arguments)
    {
        if (CallId.TryParse(arguments.GetString(0), out CallId call))
        {
            await session.Calls.SendSignalAsync(call, kind, arguments.GetRaw(1), peer.Ended).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// A client that may have no session is put out, since its vocabulary has no word for that. Where it may try again, it is not told to stay away.
    /// </summary>
    private void PutOut(SignalingError refusal)
    {
        bool mayComeBack = refusal.Code is SignalingErrorCode.ServerStopping or SignalingErrorCode.LimitExceeded or SignalingErrorCode.TooManyAttempts;
        peer.Close(new SessionClose(mayComeBack ? SessionCloseReason.ServerStopping : SessionCloseReason.Removed));
    }
}
