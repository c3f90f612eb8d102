namespace WebRtcSignaling.Rooms;

/// <summary>What becomes of a room when its owner leaves or vanishes.</summary>
public enum OwnerLeavesPolicy
{
    /// <summary>The member who has been there longest becomes the owner.</summary>
    HandOver,

    /// <summary>The room goes on without an owner.</summary>
    Keep,

    /// <summary>The room closes for all.</summary>
    Close,
}
