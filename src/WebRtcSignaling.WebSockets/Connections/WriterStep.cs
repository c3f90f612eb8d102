namespace WebRtcSignaling.WebSockets.Connections;

/// <summary>What whoever flushes an outbox does next.</summary>
internal enum WriterStep
{
    /// <summary>Writes what it has taken.</summary>
    Write,

    /// <summary>Nothing more: there is nothing to write, or somebody else does it.</summary>
    Leave,

    /// <summary>Ends the output: nothing will ever follow.</summary>
    Finish,
}
