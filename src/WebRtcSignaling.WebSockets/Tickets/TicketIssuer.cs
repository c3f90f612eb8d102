using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>
/// Issues tickets and redeems them: each is valid once, for <see cref="TicketOptions.Lifetime"/>, and stands for the user it was issued
/// to. They are kept in the memory of this process, as hashes. Safe for concurrent use.
/// </summary>
/// <remarks>While no ticket is outstanding, it holds almost no memory and runs no timer.</remarks>
public sealed class TicketIssuer : ITicketRedeemer, IDisposable
{
    private const int RandomBytes = 24;
    private const int ValueLength = 32;

    /// <summary>
    /// Tickets that expire one after the other are dropped together. They are good to the moment, whenever they are dropped.
    /// </summary>
    private static readonly TimeSpan _shortestSweep = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly TicketTable _table;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;
    private readonly long _start;
    private ITimer? _sweeper;
    private bool _isDisposed;

    /// <summary>Creates an issuer without tickets. Later changes to <paramref name="options"/> have no effect.</summary>
    /// <param name="options">Its settings; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it.</exception>
    public TicketIssuer(TicketOptions? options = null, TimeProvider? timeProvider = null)
    {
        options ??= new();
        if (string.Join(" ", options.Validate("Tickets")) is { Length: > 0 } problems)
        {
            throw new ArgumentException(problems, nameof(options));
        }

        _lifetime = options.Lifetime;
        _table = new TicketTable(
            new() { Lifetime = options.Lifetime, MaxTickets = options.MaxTickets, MaxPerUser = options.MaxPerUser });
        _time = timeProvider ?? TimeProvider.System;
        _start = _time.GetTimestamp();
    }

    /// <summary>How many tickets are outstanding.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                _table.DropExpired(Now);
                return _table.Count;
            }
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Issues a ticket to a user that the caller has authenticated.</summary>
    /// <param name="user">
    /// The user, of whose claims a copy is kept. For <see cref="TicketOptions.MaxPerUser"/>, tickets are counted by
    /// <see cref="AccountIdentity"/>; all users without an account count as one.
    /// </param>
    /// <returns>
    /// The ticket; or <see cref="SignalingErrorCode.LimitExceeded"/> with the time after which to try again, or
    /// <see cref="SignalingErrorCode.ServerStopping"/> after <see cref="Dispose"/>.
    /// </returns>
    public SignalingResult<IssuedTicket> Issue(ClaimsPrincipal user) => Issue(user, AccountIdentity.Of(user) ?? "");

    /// <inheritdoc/>
    public ValueTask<ClaimsPrincipal?> RedeemAsync(string ticket, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        if (ticket.Length != ValueLength)
        {
            return default;
        }

        TicketHash hash = TicketHash.Of(ticket);
        lock (_lock)
        {
            return new(_table.Take(hash, Now));
        }
    }

    /// <summary>Deletes all tickets; no more are issued.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _table.DropExpired(TimeSpan.MaxValue);
            _sweeper?.Dispose();
            _sweeper = null;
        }
    }

    /// <summary>Gives a ticket that counts towards the limit of a holder whom the caller names.</summary>
    internal SignalingResult<IssuedTicket> Issue(ClaimsPrincipal user, string holder)
    {
        ArgumentNullException.ThrowIfNull(user);

        // What the user is now: the caller's object may change, or hold what is let go of when its request ends.
        var copy = new ClaimsPrincipal(user.Identities.Select(static identity => identity.Clone()));
        string value = NewValue();
        TicketHash hash = TicketHash.Of(value);
        lock (_lock)
        {
            if (_isDisposed)
            {
                return TicketRefusals.Stopping;
            }

            TimeSpan now = Now;
            if (_table.FindWait(holder, now) is { } wait)
            {
                return TicketRefusals.TooMany(wait);
            }

            _table.Add(hash, holder, copy, now);
            Schedule_NeedsLock(now);
        }

        return new IssuedTicket(value, _lifetime);
    }

    private static string NewValue()
    {
        Span<byte> random = stackalloc byte[RandomBytes];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }

    private void Sweep()
    {
        lock (_lock)
        {
            TimeSpan now = Now;
            _table.DropExpired(now);
            _sweeper?.Dispose();
            _sweeper = null;
            Schedule_NeedsLock(now);
        }
    }

    /// <summary>One timer, and only while there is a ticket.</summary>
    private void Schedule_NeedsLock(TimeSpan now)
    {
        if (_sweeper is null && _table.NextExpiry is { } expiry)
        {
            TimeSpan wait = expiry - now;
            _sweeper = _time.CreateTimer(
                static issuer => ((TicketIssuer)issuer!).Sweep(),
                this,
                wait < _shortestSweep ? _shortestSweep : wait,
                Timeout.InfiniteTimeSpan);
        }
    }
}
