namespace WebRtcSignaling.WebSockets.Messages;

/// <summary>What <see cref="MessageReader.TryRead"/> came to.</summary>
internal enum ReadStatus
{
    /// <summary>Everything usable is consumed (at most part of a header is left); there is no message yet.</summary>
    NeedMore,

    /// <summary>A message; there may be more in the same input.</summary>
    Message,

    /// <summary>The peer broke a rule: <see cref="MessageReader.Violation"/>. Nothing more is read.</summary>
    Violation,

    /// <summary>A Close frame or a violation came before. Nothing was consumed, and nothing will be.</summary>
    Ended,
}
