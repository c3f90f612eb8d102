using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>A message of an EasyRTC client to the server itself.</summary>
/// <param name="Sender">Who sent it.</param>
/// <param name="Type">Its <c>msgType</c>: any text.</param>
/// <param name="Data">Its <c>msgData</c>: one JSON value in UTF-8, byte for byte; empty if there was none.</param>
public sealed record EasyRtcMessage(SignalingSession Sender, string Type, ReadOnlyMemory<byte> Data);
