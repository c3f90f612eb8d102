using WebRtcSignaling.Authorization;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// The calls of a session, and the requests about them. The remarks on <see cref="SignalingSession"/> hold here, too.
/// </summary>
public sealed class SessionCalls
{
    private readonly SignalingSession _session;
    private readonly SessionMemberships _memberships;
    private readonly SignalingServices _services;

    internal SessionCalls(SignalingSession session, SessionMemberships memberships, SignalingServices services)
    {
        _session = session;
        _memberships = memberships;
        _services = services;
    }

    /// <summary>The calls that the session is in.</summary>
    public IReadOnlyList<CallSummary> Current =>
    [
        .. _memberships.Rooms.SelectMany(entry => entry.Room.State.Calls.Of(_session.Id).Select(call =>
            new CallSummary(entry.Id, call.Id, call.Other(_session.Id), call.PartOf(_session.Id), call.Phase))),
    ];

    /// <summary>
    /// Calls another member, for whom it rings; this session is the offerer. Both receive <see cref="SignalingEvent.CallStarted"/>.
    /// </summary>
    /// <param name="room">The room that both are in.</param>
    /// <param name="target">Whom to call.</param>
    /// <param name="data">
    /// Data for the called member, up to <see cref="SessionOptions.MaxPayloadBytes"/>; copied before this completes.
    /// </param>
    /// <param name="correlation">Handed back in the caller's event.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-in-room</c>, <c>target-not-found</c>, <c>target-busy</c>, <c>limit-exceeded</c>,
    /// <c>not-permitted</c>.</returns>
    public async ValueTask<SignalingResult<CallId>> StartAsync(
        RoomId room,
        SessionId target,
        ReadOnlyMemory<byte> data = default,
        object? correlation = null,
        CancellationToken cancellationToken = default)
    {
        CallId call = CallId.Create();
        SignalingError? refusal =
            await _session.Gate.CheckAsync(SignalingOperation.Call, room, target, data.Length, cancellationToken).ConfigureAwait(false)
            ?? Execute(_memberships.Find(room), new RoomCommand.StartCall(_session.Id, target, call, data.ToArray(), correlation), room).Error;
        return refusal is null ? call : _session.Gate.Reject(refusal);
    }

    /// <summary>Accepts a call that rings at this session.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>call-not-found</c>, <c>call-not-ready</c>, <c>not-permitted</c>.</returns>
    public async ValueTask<SignalingResult> AcceptAsync(CallId call, CancellationToken cancellationToken = default)
    {
        Room? room = FindRoom(call);
        SignalingError? refusal = await _session.Gate
            .CheckAsync(SignalingOperation.Call, room?.State.Id, OtherIn(room, call), 0, cancellationToken).ConfigureAwait(false);
        return _session.Gate.Count(refusal ?? Execute(room, new RoomCommand.AcceptCall(_session.Id, call)));
    }

    /// <summary>Declines a call that rings at this session.</summary>
    /// <param name="call">The call.</param>
    /// <param name="busy">Whether the reason is that this session is busy, and not that it declines.</param>
    /// <returns>Refusals: <c>call-not-found</c>, <c>call-not-ready</c>.</returns>
    public SignalingResult Reject(CallId call, bool busy = false) =>
        _session.Gate.Count(Execute(FindRoom(call), new RoomCommand.RejectCall(_session.Id, call, busy)));

    /// <summary>Ends a call.</summary>
    /// <param name="call">The call.</param>
    /// <returns>Refusals: <c>call-not-found</c>.</returns>
    public SignalingResult HangUp(CallId call) => _session.Gate.Count(Execute(FindRoom(call), new RoomCommand.HangUp(_session.Id, call)));

    /// <summary>
    /// Sends a signal to the other party of an accepted call. Only the offerer may send offers, and only the answerer answers.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="payload">The content, up to <see cref="SessionOptions.MaxPayloadBytes"/>; copied before this completes.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>call-not-found</c>, <c>call-not-ready</c>, <c>limit-exceeded</c>, <c>not-permitted</c>.</returns>
    public ValueTask<SignalingResult> SendSignalAsync(
        CallId call, SignalKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        Room? room = FindRoom(call);
        ValueTask<SignalingError?> check =
            _session.Gate.CheckAsync(SignalingOperation.SendSignal, room?.State.Id, OtherIn(room, call), payload.Length, cancellationToken);
        return check.IsCompletedSuccessfully
            ? new(SendSignal(check.Result, room, call, kind, payload.Span))
            : SendSignalOnceAllowedAsync(check, room, call, kind, payload);
    }

    private static SignalingResult Execute(Room? room, RoomCommand command, RoomId? named = null) =>
        room?.Execute(command) ?? (named is { } id ? SignalingErrors.NotInRoom(id) : SignalingErrors.CallNotFound);

    private async ValueTask<SignalingResult> SendSignalOnceAllowedAsync(
        ValueTask<SignalingError?> check, Room? room, CallId call, SignalKind kind, ReadOnlyMemory<byte> payload) =>
        SendSignal(await check.ConfigureAwait(false), room, call, kind, payload.Span);

    private SignalingResult SendSignal(SignalingError? refusal, Room? room, CallId call, SignalKind kind, ReadOnlySpan<byte> payload)
    {
        if (refusal is not null || room is null)
        {
            return _session.Gate.Count(refusal ?? SignalingErrors.CallNotFound);
        }

        var signal = new Signal { Room = room.State.Id, Sender = _session.Id, Call = call, Kind = kind, Payload = payload };
        SignalingResult result = room.RelayInCall(in signal);
        if (result.IsSuccess)
        {
            _services.Metrics.SignalRelayed();
        }

        return _session.Gate.Count(result);
    }

    /// <summary>Whom a request about a call is directed at, as far as the host app is concerned.</summary>
    private SessionId? OtherIn(Room? room, CallId call) =>
        _services.Authorizer is not null && room?.State.Calls.All.GetValueOrDefault(call) is { } found ? found.Other(_session.Id) : null;

    private Room? FindRoom(CallId call)
    {
        foreach ((_, Room room) in _memberships.Rooms)
        {
            if (room.State.Calls.All.ContainsKey(call))
            {
                return room;
            }
        }

        return null;
    }
}
