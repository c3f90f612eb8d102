using System.Text.Json;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// What a client says of its settings and connections (<c>setUserCfg</c>). It is kept for the host app in <see cref="SignalingSession.Reports"/>, under the
/// names below; other clients never see it.
/// </summary>
internal static class EasyRtcUserConfiguration
{
    /// <summary>All connections of the client: what is not named is gone.</summary>
    private const string Connections = "p2pList";

    /// <summary>Maps in which what is not named stays, and <c>null</c> removes.</summary>
    private static readonly string[] _merged = ["userSettings", "apiField"];

    /// <summary>Whether the parts that are there have the form that the document gives them.</summary>
    /// <param name="configuration">What the client sent.</param>
    /// <param name="mayBeEmpty">Whether a part may be an empty map, as it may when a client authenticates.</param>
    public static bool IsValid(EasyRtcObject configuration, bool mayBeEmpty) =>
        Array.TrueForAll(_merged, name => IsValidPart(configuration, name, mayBeEmpty)) && IsValidPart(configuration, Connections, mayBeEmpty);

    /// <summary>What a session's reports are to become.</summary>
    public static FieldUpdate Update(EasyRtcObject configuration, FieldMap reports)
    {
        var changes = new Dictionary<string, ReadOnlyMemory<byte>?>(StringComparer.Ordinal);
        foreach (string name in _merged)
        {
            if (configuration.Object(name) is { } part)
            {
                changes[name] = Merge(reports.TryGetValue(name, out ReadOnlyMemory<byte> old) ? old : default, part);
            }
        }

        if (configuration.Has(Connections))
        {
            changes[Connections] = EasyRtcObject.Raw(configuration[Connections]);
        }

        return new FieldUpdate { Changes = changes };
    }

    private static bool IsValidPart(EasyRtcObject configuration, string name, bool mayBeEmpty) =>
        !configuration.Has(name) || (configuration.Object(name) is { } part && (mayBeEmpty || !part.IsEmpty));

    private static byte[] Merge(ReadOnlyMemory<byte> old, EasyRtcObject changes)
    {
        using JsonDocument? document = old.IsEmpty ? null : JsonDocument.Parse(old);
        EasyRtcObject? before = document is null ? null : EasyRtcObject.Of(document.RootElement);
        return EasyRtcJson.Write((before, changes), static (writer, both) =>
        {
            writer.WriteStartObject();
            foreach ((string name, JsonElement value) in both.before?.Members ?? [])
            {
                if (!both.changes.Has(name))
                {
                    writer.WriteRaw(name, EasyRtcObject.Raw(value));
                }
            }

            foreach ((string name, JsonElement value) in both.changes.Members)
            {
                if (value.ValueKind != JsonValueKind.Null)
                {
                    writer.WriteRaw(name, EasyRtcObject.Raw(value));
                }
            }

            writer.WriteEndObject();
        });
    }
}
