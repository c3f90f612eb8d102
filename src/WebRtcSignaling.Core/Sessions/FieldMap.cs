using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Names;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// Named values of a room, a member or a session. Immutable. A value is opaque UTF-8 bytes; values that come from clients are JSON.
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

    /// <summary>How many bytes the names and values have in total, in UTF-8.</summary>
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

    /// <summary>The fields after a change, or why it is refused; a change that is too large is refused before anything is copied.</summary>
    /// <param name="update">What to change.</param>
    /// <param name="limits">How much there may be.</param>
    internal SignalingResult<FieldMap> Apply(FieldUpdate update, FieldLimits limits)
    {
        if (FindFault(update, limits) is { } fault)
        {
            return fault;
        }

        ImmutableSortedDictionary<string, ReadOnlyMemory<byte>>.Builder values = (update.Replace ? Empty : this)._values.ToBuilder();
        foreach ((string name, ReadOnlyMemory<byte>? value) in update.Changes)
        {
            if (value is { } kept)
            {
                values[name] = kept;
            }
            else
            {
                values.Remove(name);
            }
        }

        long size = values.Sum(field => SizeOf(field.Key, field.Value));
        return CheckSize(values.Count, size, limits) is { } refusal ? refusal : new FieldMap(values.ToImmutable(), (int)size);
    }

    /// <summary>What is wrong with a change, whatever is there before it.</summary>
    private static SignalingError? FindFault(FieldUpdate update, FieldLimits limits)
    {
        // Nobody needs to name more at once than all that may be there before and all that may be there after.
        if (update.Changes.Count > 2L * limits.Count)
        {
            return TooMany(limits);
        }

        int count = 0;
        long size = 0;
        foreach ((string name, ReadOnlyMemory<byte>? value) in update.Changes)
        {
            if (!NameRules.IsValid(name, MaxNameLength))
            {
                return SignalingErrors.InvalidArgument("A field's name has 1 to 32 characters and no control characters.");
            }

            if (value is { } kept)
            {
                count++;
                size += SizeOf(name, kept);
            }
        }

        return CheckSize(count, size, limits);
    }

    private static SignalingError? CheckSize(int count, long size, FieldLimits limits) =>
        count > limits.Count ? TooMany(limits)
        : size > limits.Bytes ? SignalingErrors.LimitExceeded($"Fields may have {limits.Bytes} bytes together.")
        : null;

    private static SignalingError TooMany(FieldLimits limits) => SignalingErrors.LimitExceeded($"There may be {limits.Count} fields.");

    private static long SizeOf(string name, ReadOnlyMemory<byte> value) => (long)Encoding.UTF8.GetByteCount(name) + value.Length;
}
