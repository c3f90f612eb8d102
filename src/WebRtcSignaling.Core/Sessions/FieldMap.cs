using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Names;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// Named values of a room, a member or a session. Immutable. A value is opaque UTF-8 bytes: a JSON value where it came over the wire.
/// </summary>
public sealed class FieldMap : IReadOnlyDictionary<string, ReadOnlyMemory<byte>>
{
    /// <summary>The longest name, in UTF-16 code units.</summary>
    public const int MaxNameLength = 32;

    private readonly ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> _values;

    private FieldMap(ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> values, int size)
    {
        _values = values;
        Size = size;
    }

    /// <summary>No fields.</summary>
    public static FieldMap Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal), 0);

    /// <summary>How many bytes names and values have together, in UTF-8.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _values.Keys;

    /// <inheritdoc/>
    public IEnumerable<ReadOnlyMemory<byte>> Values => _values.Values;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> this[string key] => _values[key];

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out ReadOnlyMemory<byte> value) => _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ReadOnlyMemory<byte>>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The fields after a change, or why it is refused.</summary>
    /// <param name="update">What to change.</param>
    /// <param name="maxSize">The most bytes of names and values together.</param>
    internal SignalingResult<FieldMap> Apply(FieldUpdate update, int maxSize)
    {
        ImmutableSortedDictionary<string, ReadOnlyMemory<byte>>.Builder values = (update.Replace ? Empty : this)._values.ToBuilder();
        foreach ((string name, ReadOnlyMemory<byte>? value) in update.Changes)
        {
            if (!NameRules.IsValid(name, MaxNameLength))
            {
                return SignalingErrors.InvalidArgument("A field's name has 1 to 32 characters and no control characters.");
            }

            if (value is { } kept)
            {
                values[name] = kept;
            }
            else
            {
                values.Remove(name);
            }
        }

        long size = values.Sum(field => (long)Encoding.UTF8.GetByteCount(field.Key) + field.Value.Length);
        return size > maxSize
            ? SignalingErrors.LimitExceeded($"Fields may have {maxSize} bytes together.")
            : new FieldMap(values.ToImmutable(), (int)size);
    }
}
