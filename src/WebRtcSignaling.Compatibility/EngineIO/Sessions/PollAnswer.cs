using WebRtcSignaling.Compatibility.EngineIO.Packets;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <summary>What a poll is answered with.</summary>
/// <param name="Packets">The packets, at least one.</param>
/// <param name="Weight">How many bytes of what may wait for the client they take up until they are sent.</param>
internal readonly record struct PollAnswer(List<OutgoingPacket> Packets, int Weight);
