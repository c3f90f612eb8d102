using System.Collections.ObjectModel;

namespace WebRtcSignaling.Ice;

/// <summary>
/// Gives every client the servers of <see cref="IceOptions"/>, with time-limited TURN credentials of its own if the options have a shared
/// secret. Thread-safe; answers at once.
/// </summary>
public sealed class ConfiguredIceServerProvider : IIceServerProvider
{
    private readonly IReadOnlyList<IceServer> _servers;
    private readonly IReadOnlyList<string> _turnUrls;
    private readonly TurnCredentialFactory? _turnCredentials;

    /// <summary>Takes over the settings; later changes to <paramref name="options"/> have no effect.</summary>
    /// <param name="options">The servers.</param>
    /// <param name="timeProvider">The clock by which credentials expire. It has to agree with the clock of the TURN server.</param>
    /// <exception cref="ArgumentException">A setting is not valid; the message names it.</exception>
    public ConfiguredIceServerProvider(IceOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        string faults = string.Join(" ", options.Validate("Ice"));
        if (faults.Length > 0)
        {
            throw new ArgumentException(faults, nameof(options));
        }

        IEnumerable<IceServer> servers =
            options.Servers.Select(static server => new IceServer(ReadOnlyCopy(server.Urls), server.Username, server.Credential));
        _servers = Array.AsReadOnly(servers.ToArray());
        _turnUrls = ReadOnlyCopy(options.TurnUrls);
        if (options.TurnSharedSecret is { Length: > 0 } secret)
        {
            _turnCredentials = new TurnCredentialFactory(secret, options.TurnCredentialLifetime, timeProvider);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(IceServerRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_turnCredentials is null)
        {
            return new ValueTask<IReadOnlyList<IceServer>>(_servers);
        }

        (string username, string credential) = _turnCredentials.Create(request.ClientId);
        return new ValueTask<IReadOnlyList<IceServer>>([.. _servers, new IceServer(_turnUrls, username, credential)]);
    }

    private static ReadOnlyCollection<string> ReadOnlyCopy(IList<string> urls) => Array.AsReadOnly(urls.ToArray());
}
