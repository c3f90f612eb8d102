using WebRtcSignaling.WebSockets.Handshake;
using WebRtcSignaling.WebSockets.Native;

namespace WebRtcSignaling.WebSockets.Dialects;

/// <summary>
/// The dialects of an endpoint by their sub-protocols. The native one is preferred, and spoken where no sub-protocol is agreed on.
/// </summary>
internal sealed class DialectTable
{
    private static readonly NativeDialect _native = new();
    private readonly Dictionary<string, IDialect> _dialects;

    /// <summary>Makes a table.</summary>
    /// <param name="further">The dialects beside the native one; checked by <see cref="Validate"/>.</param>
    public DialectTable(IReadOnlyCollection<IDialect> further)
    {
        _dialects = new(StringComparer.Ordinal) { [_native.SubProtocol] = _native };
        foreach (IDialect dialect in further)
        {
            _dialects.Add(dialect.SubProtocol, dialect);
        }

        SubProtocols = [_native.SubProtocol, .. further.Select(static dialect => dialect.SubProtocol)];
    }

    public IReadOnlyList<string> SubProtocols { get; }

    /// <summary>What is wrong with dialects, a sentence each.</summary>
    /// <param name="further">The dialects beside the native one.</param>
    /// <param name="setting">What the sentences call them.</param>
    public static IEnumerable<string> Validate(IEnumerable<IDialect?> further, string setting)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { _native.SubProtocol };
        foreach ((int i, IDialect? dialect) in further.Index())
        {
            if (dialect?.SubProtocol is not { } name || !HttpToken.IsValid(name))
            {
                yield return $"{setting}:{i} must have a sub-protocol that is a token of HTTP.";
            }
            else if (!taken.Add(name))
            {
                yield return $"{setting}:{i} has the sub-protocol {name}, which is another dialect's.";
            }
        }
    }

    public IDialect Find(string? subProtocol) =>
        subProtocol is not null && _dialects.TryGetValue(subProtocol, out IDialect? dialect) ? dialect : _native;
}
