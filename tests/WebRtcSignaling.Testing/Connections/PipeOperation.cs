namespace WebRtcSignaling.Testing.Connections;

/// <summary>What is done with a transport.</summary>
public enum PipeOperation
{
    Read,
    Advance,
    CancelRead,
    Write,
    Flush,
    CancelFlush,
    Complete,
}
