namespace WebRtcSignaling.Compatibility.SocketIO.Attachments;

/// <summary>An object in JSON that stands for bytes.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Number">The number in it; -1 if there is none, or the object has other members, too.</param>
/// <param name="Bytes">The bytes in it; <see langword="null"/> if there are none, or the object has other members, too.</param>
internal readonly record struct MarkedObject(int Start, int End, int Number, byte[]? Bytes);
