namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>The host app's answer to an <see cref="EasyRtcMessage"/>.</summary>
/// <param name="Type">Its <c>msgType</c>: any text but <c>error</c>, which clients understand as a refusal.</param>
/// <param name="Data">Its <c>msgData</c>: one JSON value in UTF-8, sent as it is; empty for none.</param>
public sealed record EasyRtcAnswer(string Type, ReadOnlyMemory<byte> Data = default);
