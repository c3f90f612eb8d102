using System.Security.Claims;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Hosting;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// Who a session is, until when, and how it proves itself anew. No timer exists for a session whose authentication never expires. Safe for concurrent use; it is its own lock.
/// </summary>
internal sealed class SessionAuthentication : IDisposable
{
    /// <summary>A timer waits for 49 days at most, so a longer wait is cut into several.</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(1);

    private readonly SignalingSession _session;
    private readonly SessionMemberships _memberships;
    private readonly UserSessions _users;
    private readonly SignalingServices _services;
    private volatile Proof _proof;
    private ITimer? _timer;
    private bool _isWatching;
    private bool _isDisposed;

    public SessionAuthentication(
        SignalingSession session, SessionMemberships memberships, UserSessions users, SignalingServices services, SessionRequest request)
    {
        _users = users;
        _session = session;
        _memberships = memberships;
        _services = services;
        _proof = new(request.User, AccountIdentity.Of(request.User), request.AuthenticationExpiresAt);
    }

    public ClaimsPrincipal? User => _proof.User;

    public string? Identity => _proof.Identity;

    public DateTimeOffset? ExpiresAt => _proof.ExpiresAt;

    /// <summary>From now on the session ends when its authentication expires. Called once, when it is among the others.</summary>
    public void Watch()
    {
        lock (this)
        {
            _isWatching = _services.Options.Sessions.CloseOnExpiry;
            SetTimer_NeedsLock();
        }
    }

    /// <summary>Asks the host app about the session as if it began now, and takes over what the answer brings.</summary>
    /// <param name="credential">What its client proves itself with.</param>
    /// <param name="user">The account, where it was authenticated anew.</param>
    /// <param name="username">The name that it has or wants.</param>
    /// <param name="cancellationToken">Cancels waiting for the answer.</param>
    public async ValueTask<SignalingResult> RenewAsync(
        ReadOnlyMemory<byte> credential, ClaimsPrincipal? user, string? username, CancellationToken cancellationToken)
    {
        if (_session.IsClosed)
        {
            return SignalingErrors.SessionClosed;
        }

        if (!IsSameAccount(user))
        {
            return SignalingErrors.OtherAccount;
        }

        var question = new AuthorizationRequest
        {
            Operation = SignalingOperation.Connect,
            Application = _session.Application,
            User = user ?? User,
            Session = _session,
            Username = username,
            Data = credential,
            IsRenewal = true,
        };
        SignalingResult<AuthorizationDecision> allowed =
            await HostCalls.AuthorizeAsync(_services, question, cancellationToken, _session.Closed).ConfigureAwait(false);
        SignalingResult renewed =
            allowed.IsSuccess ? TakeOver(allowed.Value.User ?? user, allowed.Value.ExpiresAt) : allowed.Error;
        if (renewed.IsSuccess)
        {
            await ReassessRoomsAsync(cancellationToken).ConfigureAwait(false);
        }

        return renewed;
    }

    public void Dispose()
    {
        lock (this)
        {
            _isDisposed = true;
            _timer?.Dispose();
            _timer = null;
        }
    }

    private SignalingResult TakeOver(ClaimsPrincipal? user, DateTimeOffset? expiresAt)
    {
        SignalingSession? oldest = null;
        lock (this)
        {
            string? account = Identity is null ? AccountIdentity.Of(user) : null;
            SignalingError? refusal =
                _session.IsClosed ? SignalingErrors.SessionClosed
                : !IsSameAccount(user) ? SignalingErrors.OtherAccount
                : expiresAt <= _services.Time.GetUtcNow() ? SignalingErrors.AuthenticationExpired
                : _users.TryReserve(account) ? null : SignalingErrors.AccountIsFull(_services.Options.Sessions.MaxPerUser);
            if (refusal is not null)
            {
                return refusal;
            }

            _proof = new(user ?? User, account ?? Identity, expiresAt ?? ExpiresAt);
            if (account is not null)
            {
                // From now on it is one of the account's.
                oldest = _users.Enter(_session);
            }

            SetTimer_NeedsLock();
        }

        oldest?.Close(new(SessionCloseReason.Replaced));
        return SignalingResult.Success;
    }

    /// <summary>Asks the host app again about each room that the session is in, and does what it says.</summary>
    private async ValueTask ReassessRoomsAsync(CancellationToken cancellationToken)
    {
        foreach ((RoomId id, Room room) in _memberships.Rooms)
        {
            SignalingResult<AuthorizationDecision> allowed = await _session.Gate
                .AuthorizeAsync(SignalingOperation.JoinRoom, id, null, cancellationToken, isRenewal: true).ConfigureAwait(false);

            // Nobody was asked, or nobody waited for the answer: then only the account counts.
            RoomRole? granted = _services.Authorizer is not null && allowed.IsSuccess ? allowed.Value.Role : null;
            SignalingError? refusal = allowed.Error is { Code: not SignalingErrorCode.SessionClosed } no ? no : null;
            room.Execute(new RoomCommand.Reassess(_session.Id, Identity, granted, refusal?.Message));
        }
    }

    /// <summary>Bans, and what others know of the session, go with its account: it may get one, and not change it for another.</summary>
    private bool IsSameAccount(ClaimsPrincipal? user) => user is null || Identity is not { } own || AccountIdentity.Of(user) == own;

    private void SetTimer_NeedsLock()
    {
        if (_isDisposed || !_isWatching || ExpiresAt is not { } expiresAt)
        {
            return;
        }

        TimeSpan due = expiresAt - _services.Time.GetUtcNow();
        due = due < TimeSpan.Zero ? TimeSpan.Zero : due > _longestWait ? _longestWait : due;
        if (_timer is null)
        {
            _timer = _services.Time.CreateTimer(
                static authentication => ((SessionAuthentication)authentication!).OnTimer(), this, due, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        lock (this)
        {
            // It may have been renewed at this moment, or have longer to wait than a timer can.
            if (_isDisposed || ExpiresAt > _services.Time.GetUtcNow())
            {
                SetTimer_NeedsLock();
                return;
            }
        }

        _session.Close(new(SessionCloseReason.AuthenticationExpired));
    }

    private sealed record Proof(ClaimsPrincipal? User, string? Identity, DateTimeOffset? ExpiresAt);
}
