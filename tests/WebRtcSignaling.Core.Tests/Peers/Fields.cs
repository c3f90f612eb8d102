using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Peers;

/// <summary>Changes of fields as the tests write them, and fields as one line to compare.</summary>
internal static class Fields
{
    public static FieldUpdate Set(string name, string? value) =>
        Set((name, value));

    public static FieldUpdate Set(params (string Name, string? Value)[] changes) => Update(replace: false, changes);

    public static FieldUpdate Replace(params (string Name, string? Value)[] changes) => Update(replace: true, changes);

    public static string Show(FieldMap fields) => string.Join(",", fields.Select(field => $"{field.Key}={Text.Of(field.Value)}"));

    private static FieldUpdate Update(bool replace, (string Name, string? Value)[] changes) => new()
    {
        Replace = replace,
        Changes = changes.ToDictionary(
            change => change.Name,
            change => change.Value is null ? (ReadOnlyMemory<byte>?)null : Text.Bytes(change.Value)),
    };
}
