using System.Collections.Concurrent;

namespace WebRtcSignaling.AspNetCore.Endpoints;

/// <summary>
/// The applications that some endpoint names as its own. A client cannot choose one of them at another endpoint, where perhaps nobody asks for a
/// password. Safe for concurrent use.
/// </summary>
internal sealed class ReservedApplications
{
    private readonly ConcurrentDictionary<string, byte> _names = new(StringComparer.Ordinal);

    public void Add(string name) => _names.TryAdd(name, 0);

    public bool Contains(string name) => _names.ContainsKey(name);
}
