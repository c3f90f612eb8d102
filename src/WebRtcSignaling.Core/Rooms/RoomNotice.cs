using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms;

/// <summary>
/// One step of delivering a decision: an event and who hears it, or that a member is gone and hears nothing from here on.
/// </summary>
/// <param name="Event">What is heard; <see langword="null"/> for a departure.</param>
/// <param name="Audience">Who hears it.</param>
/// <param name="Client">The one whom the audience, or the departure, is about.</param>
internal readonly record struct RoomNotice(SignalingEvent? Event, RoomAudience Audience, SessionId Client);
