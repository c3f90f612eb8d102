namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The <c>id</c> of a request as it was sent: a JSON string or integer, to be written into its answer as it is.</summary>
/// <param name="Json">Its bytes; empty for a request without one. They belong to the message and live as long as it does.</param>
internal readonly record struct RequestId(ReadOnlyMemory<byte> Json)
{
    public bool IsPresent => !Json.IsEmpty;

    /// <summary>The same in memory of its own, as the correlation of an event; <see langword="null"/> for a request without one.</summary>
    public object? ToCorrelation() => IsPresent ? new RequestId(Json.ToArray()) : null;
}
