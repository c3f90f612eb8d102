namespace WebRtcSignaling.Sessions;

/// <summary>A change of fields.</summary>
public sealed class FieldUpdate
{
    /// <summary>The fields to set; <see langword="null"/> as a value removes the field. The bytes must not change afterwards.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> Changes { get; init; }

    /// <summary>
    /// Whether fields that are not in <see cref="Changes"/> are removed (<see langword="true"/>) or stay (<see langword="false"/>, the
    /// default).
    /// </summary>
    public bool Replace { get; init; }
}
