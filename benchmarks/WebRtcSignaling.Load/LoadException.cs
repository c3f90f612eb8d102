namespace WebRtcSignaling.Load;

/// <summary>A measurement cannot be made, or not believed: a wrong argument, a server that does not start, answers wrongly or stops answering.</summary>
internal sealed class LoadException(string message) : Exception(message);
