namespace WebRtcSignaling.Rooms;

/// <summary>What happens to a room when its owner leaves, its session ends, or it is put out by the host or after proving itself anew.</summary>
public enum OwnerLeavesPolicy
{
    /// <summary>The member who has been there longest becomes the owner.</summary>
    HandOver,

    /// <summary>The room goes on without an owner.</summary>
    Keep,

    /// <summary>The room closes for everybody. An owner that was put out is told that, the others that the room has closed.</summary>
    Close,
}
