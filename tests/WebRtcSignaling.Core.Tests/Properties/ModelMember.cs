using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>A session in a room as the model knows it.</summary>
internal sealed class ModelMember(ModelSession session, RoomRole role)
{
    public ModelSession Session => session;

    public RoomRole Role { get; set; } = role;

    public ModelFields Fields { get; } = new();
}
