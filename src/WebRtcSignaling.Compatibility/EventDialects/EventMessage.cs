namespace WebRtcSignaling.Compatibility.EventDialects;

/// <summary>An event that a client sent.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Its arguments; as many as the client sent. They live as long as the call that handles the event.</param>
/// <param name="Acknowledgement">Where to answer, if the client wants an answer.</param>
internal readonly record struct EventMessage(string Name, EventArguments Arguments, IEventAcknowledgement? Acknowledgement);
