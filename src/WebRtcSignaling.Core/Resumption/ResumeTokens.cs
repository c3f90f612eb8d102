using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Resumption;

/// <summary>
/// The resume tokens of a server's sessions, by the hashes of what the clients hold: whoever reads this memory can resume nothing. Safe for concurrent use.
/// </summary>
internal sealed class ResumeTokens
{
    /// <summary>192 bits, which are 32 characters.</summary>
    private const int TokenBytes = 24;

    private readonly ConcurrentDictionary<UInt128, SignalingSession> _sessions = new();

    public IEnumerable<SignalingSession> Sessions => _sessions.Values;

    /// <summary>Makes a token for a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="key">Under which it is known here.</param>
    public string Create(SignalingSession session, out UInt128 key)
    {
        Span<byte> secret = stackalloc byte[TokenBytes];
        RandomNumberGenerator.Fill(secret);
        string token = Base64Url.EncodeToString(secret);
        key = KeyOf(token);
        _sessions[key] = session;
        return token;
    }

    /// <summary>Finds the session of a token, asks the host app whether its client may go on, and uses up the token.</summary>
    public async ValueTask<SignalingResult<SignalingSession>> UseAsync(
        ResumeRequest request, string defaultApplication, CancellationToken cancellationToken)
    {
        // Whether a token is good for anybody else is not learned from a refusal.
        UInt128 key = KeyOf(request.Token);
        if (!_sessions.TryGetValue(key, out SignalingSession? session)
            || session.Application != (request.Application ?? defaultApplication)
            || (AccountIdentity.Of(request.User) is { } account && account != session.Identity))
        {
            return SignalingErrors.NotResumable;
        }

        SignalingResult allowed = await session
            .ReauthenticateAsync(request.Credential, request.User, request.RemoteAddress, cancellationToken).ConfigureAwait(false);
        if (allowed.Error is { Code: SignalingErrorCode.NotPermitted })
        {
            session.Close(new(SessionCloseReason.Removed));
        }

        return allowed.Error is { } refusal ? refusal
            : session.Resumption.TryUse(key) ? session
            : SignalingErrors.NotResumable;
    }

    public void Remove(UInt128 key) => _sessions.TryRemove(key, out _);

    private static UInt128 KeyOf(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
