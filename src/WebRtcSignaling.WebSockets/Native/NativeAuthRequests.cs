using System.Security.Claims;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>How a client proves itself anew while its session goes on: with a token for the host app, with a ticket, or with both.</summary>
internal static class NativeAuthRequests
{
    /// <summary>The session has begun with the connection.</summary>
    public static SignalingError TokenTooLate { get; } =
        new(SignalingErrorCode.InvalidArgument, "The session has begun; auth-refresh takes a token.");

    /// <summary>The <c>token</c>, any JSON value but <c>null</c>, byte for byte; empty for none.</summary>
    public static ReadOnlyMemory<byte> GetToken(ref NativeRequest request) =>
        request.HasValue(NativeMember.Token) ? request.GetRaw(NativeMember.Token) : default;

    public static ValueTask<SignalingResult> Refresh(NativePeer peer, SignalingSession session, ref NativeRequest request)
    {
        string? ticket = request.GetString(NativeMember.Ticket);
        ReadOnlyMemory<byte> token = GetToken(ref request);
        if (ticket is null && token.IsEmpty)
        {
            request.Fail(SignalingErrorCode.InvalidArgument, "auth-refresh has a token or a ticket.");
        }

        return request.Problem is { } problem ? new(problem) : RefreshAsync(peer, session, request.Id, ticket, token);
    }

    private static async ValueTask<SignalingResult> RefreshAsync(
        NativePeer peer, SignalingSession session, RequestId id, string? ticket, ReadOnlyMemory<byte> token)
    {
        ClaimsPrincipal? user = null;
        if (ticket is not null)
        {
            IDialectConnection connection = peer.Connection;
            TicketVerdict verdict = await connection.Tickets.RedeemAsync(ticket, connection.Request.RemoteAddress, peer.Abandoned).ConfigureAwait(false);
            if (!verdict.IsGood)
            {
                return verdict.TooMany ?? TicketRefusals.InvalidRefresh;
            }

            user = verdict.User;
        }

        SignalingResult renewed = await session.ReauthenticateAsync(token, user, peer.Abandoned).ConfigureAwait(false);
        if (renewed.IsSuccess)
        {
            peer.Sink.Send(NativeAnswers.AuthRefreshed(id, session));
        }

        return renewed;
    }
}
