using WebRtcSignaling.MessageBoxes;

namespace WebRtcSignaling.AspNetCore.MessageBoxes;

/// <summary>What a request asks of the message boxes: without a box, to create one; with a message, to put it; else, to take all.</summary>
/// <param name="Box">The box; <see langword="null"/> for a new one.</param>
/// <param name="Message">The message to put, never empty; <see langword="null"/> to take all.</param>
/// <param name="Wait">How long to wait for a message if there is none.</param>
internal sealed record MessageBoxRequest(MessageBoxId? Box, string? Message, TimeSpan Wait)
{
    /// <summary>Neither box nor message: who knows a box's name can empty it.</summary>
    public override string ToString() => nameof(MessageBoxRequest);
}
