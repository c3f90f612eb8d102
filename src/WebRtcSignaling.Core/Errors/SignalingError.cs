namespace WebRtcSignaling.Errors;

/// <summary>
/// Why a request was refused: a stable code for programs and a sentence for people. It is part of the protocol and is shown to peers,
/// so it never holds exception text, secrets or another peer's data.
/// </summary>
/// <param name="Code">One of <see cref="SignalingErrorCode"/>, or a code of the host app's own, in lower case with hyphens.</param>
/// <param name="Message">A plain English sentence.</param>
public sealed record SignalingError(string Code, string Message)
{
    /// <summary>How long to wait before the same request can succeed; <see langword="null"/> when waiting alone does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The room that the refused request was about, if any.</summary>
    public string? Room { get; init; }

    /// <summary>The client that the refused request was about, if any.</summary>
    public string? TargetId { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";
}
