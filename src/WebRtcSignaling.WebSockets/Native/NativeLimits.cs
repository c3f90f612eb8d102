namespace WebRtcSignaling.WebSockets.Native;

/// <summary>What <c>welcome</c> tells of the limits.</summary>
internal readonly record struct NativeLimits(int MessageBytes, int Rooms, int NameCharacters, int FieldBytes);
