using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>Fields as a plain dictionary.</summary>
internal sealed class ModelFields
{
    private SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? Apply(FieldUpdate update)
    {
        if (update.Changes.Count > 2 * World.MaxFields)
        {
            return SignalingErrorCode.LimitExceeded;
        }

        var next = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!update.Replace)
        {
            foreach ((string name, string value) in _values)
            {
                next.Add(name, value);
            }
        }

        foreach ((string name, ReadOnlyMemory<byte>? value) in update.Changes)
        {
            if (name.Length == 0)
            {
                return SignalingErrorCode.InvalidArgument;
            }

            next.Remove(name);
            if (value is { } bytes)
            {
                next.Add(name, Text.Of(bytes));
            }
        }

        if (next.Count > World.MaxFields || next.Sum(field => field.Key.Length + field.Value.Length) > World.MaxFieldBytes)
        {
            return SignalingErrorCode.LimitExceeded;
        }

        _values = next;
        return null;
    }

    public override string ToString() => string.Join(",", _values.Select(field => $"{field.Key}={field.Value}"));
}
