namespace WebRtcSignaling.WebSockets.Frames;

/// <summary>What decides, besides its own bytes, whether a frame may come now.</summary>
/// <param name="ExpectMasked">True where frames come from a client, which must mask; false where they come from a server, which must
/// not.</param>
/// <param name="InsideMessage">A fragmented message has begun and is not finished: a data frame must continue it.</param>
/// <param name="PayloadLimit">How many payload bytes a data frame may announce. Control frames have their own limit.</param>
internal readonly record struct FrameContext(bool ExpectMasked, bool InsideMessage, long PayloadLimit);
