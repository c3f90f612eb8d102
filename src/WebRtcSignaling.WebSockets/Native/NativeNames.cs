using System.Text.Json;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Member names of messages that are sent often, encoded once.</summary>
internal static class NativeNames
{
    public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText Room = JsonEncodedText.Encode("room");
    public static readonly JsonEncodedText CallId = JsonEncodedText.Encode("callId");
    public static readonly JsonEncodedText ClientId = JsonEncodedText.Encode("clientId");
    public static readonly JsonEncodedText SenderId = JsonEncodedText.Encode("senderId");
    public static readonly JsonEncodedText TargetId = JsonEncodedText.Encode("targetId");
    public static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    public static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    public static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");

    public static readonly JsonEncodedText SignalReceive = JsonEncodedText.Encode("signal-receive");
    public static readonly JsonEncodedText MessageReceive = JsonEncodedText.Encode("message-receive");
    public static readonly JsonEncodedText CallOffer = JsonEncodedText.Encode("call-offer");
    public static readonly JsonEncodedText CallAnswer = JsonEncodedText.Encode("call-answer");
    public static readonly JsonEncodedText CallCandidate = JsonEncodedText.Encode("call-candidate");
    public static readonly JsonEncodedText Ack = JsonEncodedText.Encode("ack");
    public static readonly JsonEncodedText Ok = JsonEncodedText.Encode("ok");
}
