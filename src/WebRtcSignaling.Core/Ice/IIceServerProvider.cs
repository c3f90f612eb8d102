namespace WebRtcSignaling.Ice;

/// <summary>
/// Says which STUN and TURN servers a client is to use. An app supplies its own to choose servers by user or place, or to fetch credentials
/// from a service; <see cref="ConfiguredIceServerProvider"/> is the one that follows <see cref="IceOptions"/>.
/// </summary>
public interface IIceServerProvider
{
    /// <summary>
    /// The servers for one client, in the order of preference. Asked when a session begins and whenever its client wants fresh credentials,
    /// for several clients at a time.
    /// </summary>
    /// <param name="request">For whom.</param>
    /// <param name="cancellationToken">Set when the session ends; the answer is then of no use to anybody.</param>
    /// <returns>The servers; empty if there are none. Neither the list nor what it holds changes later.</returns>
    ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(IceServerRequest request, CancellationToken cancellationToken);
}
