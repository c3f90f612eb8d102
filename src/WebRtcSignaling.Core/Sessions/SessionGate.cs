using WebRtcSignaling.Authorization;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Hosting;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Sessions;

/// <summary>What every request of a session passes before anything is done, and where every refusal is counted.</summary>
internal sealed class SessionGate(SignalingSession session, SignalingServices services, bool isUnmetered)
{
    private readonly MessageAllowance? _allowance = isUnmetered ? null : new(services.SessionRates);
    private TokenBucket _joins;

    /// <summary>
    /// Why a request goes no further; <see langword="null"/> if the session is alive, the payload fits, the session does not ask too fast and the host app agrees.
    /// </summary>
    public ValueTask<SignalingError?> CheckAsync(
        SignalingOperation operation,
        RoomId? room,
        SessionId? target,
        int payloadBytes,
        CancellationToken cancellationToken,
        string? group = null,
        ReadOnlyMemory<byte> data = default)
    {
        int limit = services.Options.Sessions.MaxPayloadBytes;
        SignalingError? refusal =
            session.IsClosed ? SignalingErrors.SessionClosed
            : payloadBytes > limit ? SignalingErrors.LimitExceeded($"A payload has up to {limit} bytes.")
            : Meter(payloadBytes);
        return refusal is not null || services.Authorizer is null
            ? new(refusal)
            : AskAsync(operation, room, target, group, data, cancellationToken);
    }

    /// <summary>Asks the host app, for no longer than the session lives.</summary>
    public async ValueTask<SignalingResult<AuthorizationDecision>> AuthorizeAsync(
        SignalingOperation operation,
        RoomId? room,
        SessionId? target,
        CancellationToken cancellationToken,
        string? group = null,
        ReadOnlyMemory<byte> data = default,
        bool isRenewal = false)
    {
        if (services.Authorizer is null)
        {
            return AuthorizationDecision.Allow;
        }

        var request = new AuthorizationRequest
        {
            Operation = operation,
            Application = session.Application,
            User = session.User,
            Session = session,
            Username = session.Profile.Username,
            Room = room,
            Target = target,
            Group = group,
            Data = data,
            IsRenewal = isRenewal,
        };
        return await HostCalls.AuthorizeAsync(services, request, cancellationToken, session.Closed).ConfigureAwait(false);
    }

    /// <summary>
    /// Counts a room that the session wants to join or create, or gives a password to, which costs as much. Called once for each, before anything is done.
    /// </summary>
    /// <returns>Why it is too early; <see langword="null"/> if it is not.</returns>
    public SignalingError? MeterJoin()
    {
        if (_allowance is null)
        {
            return null;
        }

        long now = services.Time.GetTimestamp();
        TokenRate rate = services.JoinRate;
        long wait = _joins.Take(in rate, now, 1);
        if (wait == 0)
        {
            return null;
        }

        if (_allowance.CountRefusal(now))
        {
            session.CloseLater(new(SessionCloseReason.RateLimited));
        }

        return SignalingErrors.RateLimited(services.Time.GetElapsedTime(0, wait));
    }

    /// <summary>Counts a refusal and passes the result on.</summary>
    public SignalingResult Count(SignalingResult result)
    {
        if (result.Error is { } error)
        {
            services.Metrics.Rejected(error.Code);
        }

        return result;
    }

    /// <summary>Counts a refusal and passes it on.</summary>
    public SignalingError Reject(SignalingError error)
    {
        services.Metrics.Rejected(error.Code);
        return error;
    }

    private SignalingError? Meter(int bytes)
    {
        if (_allowance is null)
        {
            return null;
        }

        SignalingError? refusal = _allowance.Take(bytes, services.Time.GetTimestamp(), out bool isExhausted);
        if (isExhausted)
        {
            // Later: its sink may write the refusal first, and this may be a call that the sink's owner waits for.
            session.CloseLater(new(SessionCloseReason.RateLimited));
        }

        return refusal;
    }

    private async ValueTask<SignalingError?> AskAsync(
        SignalingOperation operation,
        RoomId? room,
        SessionId? target,
        string? group,
        ReadOnlyMemory<byte> data,
        CancellationToken cancellationToken)
    {
        SignalingResult<AuthorizationDecision> allowed =
            await AuthorizeAsync(operation, room, target, cancellationToken, group, data).ConfigureAwait(false);
        return allowed.Error ?? (session.IsClosed ? SignalingErrors.SessionClosed : null);
    }
}
