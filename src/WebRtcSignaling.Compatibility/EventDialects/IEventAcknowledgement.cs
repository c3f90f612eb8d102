namespace WebRtcSignaling.Compatibility.EventDialects;

/// <summary>The client's wish for an answer to an event.</summary>
internal interface IEventAcknowledgement
{
    /// <summary>Answers: a JSON array of the arguments of the client's callback, copied before this returns. Only the first call counts.</summary>
    void Send(ReadOnlySpan<byte> argumentArray);
}
