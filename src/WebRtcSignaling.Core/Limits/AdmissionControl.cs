using System.Net;
using WebRtcSignaling.Diagnostics;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Limits;

/// <summary>
/// Counts the connections and failed authentications of each address, for all transports of one server together (<see cref="AdmissionOptions"/>). If no address is known
/// (in-process, Unix domain sockets), nothing is counted. Safe for concurrent use.
/// </summary>
public sealed class AdmissionControl
{
    private readonly NetworkCounter _connections;
    private readonly TimeProvider _time;
    private readonly SignalingMetrics _metrics;
    private readonly GuessBucket _noFailures;
    private readonly GuessBucket _noRequests;
    private readonly GuessBucket _noPasswordHashes;
    private readonly GuessBucket _noGuessesOfAccount;
    private readonly GuessBucket _noGuessesOfAddress;

    internal AdmissionControl(AdmissionOptions options, RoomOptions rooms, TimeProvider time, SignalingMetrics metrics)
    {
        _connections = new NetworkCounter(options.MaxConnectionsPerAddress);
        Suspended = new NetworkCounter(options.MaxSuspendedPerAddress);
        Rooms = new NetworkCounter(options.MaxRoomsPerAddress);
        _time = time;
        _metrics = metrics;
        _noFailures = new(options.FailuresPerAddress, options.FailureIntervalPerAddress);
        _noRequests = new(options.RequestBurstPerAddress, TimeSpan.FromSeconds(1) / options.RequestsPerSecondPerAddress);
        _noPasswordHashes = new(options.PasswordHashBurstPerAddress, TimeSpan.FromSeconds(1) / options.PasswordHashesPerSecondPerAddress);
        _noGuessesOfAccount = new(rooms.PasswordGuessesPerSession, rooms.PasswordGuessIntervalPerSession);
        _noGuessesOfAddress = new(rooms.PasswordGuessesPerAddress, rooms.PasswordGuessIntervalPerAddress);
        Failures = new FailureTable(options.MaxTracked);
        Guesses = new FailureTable(options.MaxTracked);
        Requests = new FailureTable(options.MaxTracked);
        PasswordHashes = new FailureTable(options.MaxTracked);
    }

    /// <summary>How many networks have connections.</summary>
    internal int NetworkCount => _connections.NetworkCount;

    /// <summary>The sessions whose client is away, by where it came from.</summary>
    internal NetworkCounter Suspended { get; }

    /// <summary>The rooms that there are, by where those who created them came from.</summary>
    internal NetworkCounter Rooms { get; }

    internal FailureTable Failures { get; }

    internal FailureTable Guesses { get; }

    internal FailureTable Requests { get; }

    internal FailureTable PasswordHashes { get; }

    /// <summary>Lets a connection in, unless its address has too many. The caller calls <see cref="Leave"/> when a connection that was let in ends.</summary>
    /// <param name="address">Where it comes from; <see langword="null"/> if that is not known.</param>
    /// <returns>Whether it is let in. If not, the refusal has been counted in the metrics, as <c>limit-exceeded</c>.</returns>
    public bool TryEnter(IPAddress? address)
    {
        if (_connections.TryEnter(address))
        {
            return true;
        }

        _metrics.Rejected(SignalingErrorCode.LimitExceeded);
        return false;
    }

    /// <summary>Whether <see cref="TryEnter"/> would let a connection in at this moment; nothing is counted.</summary>
    /// <param name="address">Where it comes from; <see langword="null"/> if that is not known.</param>
    public bool CanEnter(IPAddress? address) => _connections.CanEnter(address);

    /// <summary>Tells that a connection that was let in has ended.</summary>
    /// <param name="address">The same address.</param>
    public void Leave(IPAddress? address) => _connections.Leave(address);

    /// <summary>Whether an address may try to authenticate now.</summary>
    /// <param name="address">The address; <see langword="null"/> if it is not known.</param>
    /// <returns>
    /// <see langword="null"/> if it may; else <c>too-many-attempts</c>, with the time after which it may. The refusal has not been counted in the metrics.
    /// </returns>
    public SignalingError? CheckAuthentication(IPAddress? address) =>
        SourceOf(address) is { } source && Failures.WaitOf(source, _time.GetUtcNow()) is { } wait ? SignalingErrors.TooManyFailures(wait) : null;

    /// <summary>Counts a failed authentication of an address.</summary>
    /// <param name="address">The address; <see langword="null"/> if it is not known.</param>
    public void CountFailedAuthentication(IPAddress? address)
    {
        if (SourceOf(address) is { } source)
        {
            Failures.Charge(source, _noFailures, _time.GetUtcNow());
        }
    }

    /// <summary>Counts a request that belongs to no connection and no session, such as one to a message box.</summary>
    /// <param name="address">Where it comes from; <see langword="null"/> if that is not known.</param>
    /// <returns><see langword="null"/> if it may be served; else <c>rate-limited</c>, with the time after which to try again.</returns>
    public SignalingError? TakeRequest(IPAddress? address)
    {
        if (SourceOf(address) is not { } source || Requests.Take(source, _noRequests, _time.GetUtcNow()) is not { } wait)
        {
            return null;
        }

        _metrics.Rejected(SignalingErrorCode.RateLimited);
        return SignalingErrors.RateLimited(wait);
    }

    /// <summary>Counts a refusal in the metrics that came from a transport, and that no session has counted.</summary>
    /// <param name="refusal">The refusal.</param>
    public void CountRefusal(SignalingError refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        _metrics.Rejected(refusal.Code);
    }

    /// <summary>Counts a session that does not begin because its client has not proved who it is.</summary>
    internal void CountUnproven(SessionRequest request, SignalingError? refusal)
    {
        // Not permitted, or an id that belongs to whoever knows its secret.
        bool isUnproven = refusal?.Code == SignalingErrorCode.NotPermitted
            || (refusal?.Code == SignalingErrorCode.IdTaken && request.ReclaimSecret is { Length: > 0 });
        if (isUnproven)
        {
            CountFailedAuthentication(request.RemoteAddress);
        }
    }

    /// <summary>Takes a token for a guess at a password: the account's, or, where none is known, the address's.</summary>
    /// <returns>How long to wait if there is none; <see langword="null"/> if it was taken.</returns>
    internal TimeSpan? TakeGuess(string? account, IPAddress? address) =>
        account is not null ? Guesses.Take(new FailureSource(account, default), _noGuessesOfAccount, _time.GetUtcNow())
        : SourceOf(address) is { } source ? Guesses.Take(source, _noGuessesOfAddress, _time.GetUtcNow())
        : null;

    /// <summary>Gives the token back: the guess was right, or never made.</summary>
    internal void GiveGuessBack(string? account, IPAddress? address)
    {
        if (account is not null)
        {
            Guesses.GiveBack(new FailureSource(account, default));
        }
        else if (SourceOf(address) is { } source)
        {
            Guesses.GiveBack(source);
        }
    }

    /// <summary>Takes a token for hashing a password or checking one, which nobody gives back: a right one costs as much as a wrong one.</summary>
    /// <returns>How long to wait if there is none; <see langword="null"/> if it was taken.</returns>
    internal TimeSpan? TakePasswordHash(IPAddress? address) =>
        SourceOf(address) is { } source ? PasswordHashes.Take(source, _noPasswordHashes, _time.GetUtcNow()) : null;

    private static FailureSource? SourceOf(IPAddress? address) =>
        ClientNetwork.Of(address) is { } network ? new FailureSource(null, network) : null;
}
