using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The requests whose type begins with <c>call-</c>.</summary>
internal static class NativeCallRequests
{
    public static ValueTask<SignalingResult> Start(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        RoomId room = request.GetRoom();
        SessionId target = request.GetTarget();
        ReadOnlyMemory<byte> data = request.GetRaw(NativeMember.Data);
        return request.Problem is { } problem
            ? new(problem)
            : NativeResults.WithoutValue(session.Calls.StartAsync(room, target, data, request.Id.ToCorrelation(), ended));
    }

    public static ValueTask<SignalingResult> Accept(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        CallId call = request.GetCall();
        return request.Problem is { } problem ? new(problem) : session.Calls.AcceptAsync(call, ended);
    }

    public static ValueTask<SignalingResult> Reject(SignalingSession session, ref NativeRequest request)
    {
        CallId call = request.GetCall();
        bool isBusy = request.GetWord(NativeMember.Reason, NativeWords.Rejections) ?? false;
        return new(request.Problem is { } problem ? problem : session.Calls.Reject(call, isBusy));
    }

    public static ValueTask<SignalingResult> HangUp(SignalingSession session, ref NativeRequest request)
    {
        CallId call = request.GetCall();
        return new(request.Problem is { } problem ? problem : session.Calls.HangUp(call));
    }

    public static ValueTask<SignalingResult> SendSignal(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        CallId call = request.GetCall();
        ReadOnlyMemory<byte> data = request.GetRequiredRaw(NativeMember.Data);
        SignalKind kind = request.Type switch
        {
            "call-offer" => SignalKind.Offer,
            "call-answer" => SignalKind.Answer,
            _ => data.Span.SequenceEqual("null"u8) ? SignalKind.EndOfCandidates : SignalKind.Candidate,
        };
        return request.Problem is { } problem ? new(problem) : session.Calls.SendSignalAsync(call, kind, data, ended);
    }
}
