namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>A response as a client reads it.</summary>
internal sealed record HttpAnswer(int Status, IReadOnlyDictionary<string, string> Fields, string Body);
