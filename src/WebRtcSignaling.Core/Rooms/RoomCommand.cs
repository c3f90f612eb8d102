using WebRtcSignaling.Calls;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Rooms;

/// <summary>
/// What can be asked of a room. The family is closed: the nested records are all there are. <c>By</c> is the member who asks;
/// <see langword="null"/> is the host application, which may do everything.
/// </summary>
internal abstract record RoomCommand
{
    private RoomCommand()
    {
    }

    /// <param name="Newcomer">Who wants to join.</param>
    /// <param name="Identity">Its account.</param>
    /// <param name="Profile">What it shows of itself.</param>
    /// <param name="Role">The role that the host app gives it.</param>
    /// <param name="CheckedPassword">The password that its guess was checked against; <see langword="null"/> if the room had none.</param>
    /// <param name="PasswordIsRight">Whether the guess was right.</param>
    /// <param name="NewCallId">Makes ids for server-led calls.</param>
    /// <param name="Entrance">Whether it creates the room.</param>
    /// <param name="Correlation">What its request carried for the answer.</param>
    public sealed record Enter(
        SessionId Newcomer,
        string? Identity,
        SessionProfile Profile,
        RoomRole Role,
        RoomPassword? CheckedPassword,
        bool PasswordIsRight,
        Func<CallId> NewCallId,
        RoomEntrance Entrance,
        object? Correlation) : RoomCommand;

    public sealed record Leave(SessionId By, LeaveReason Reason, object? Correlation) : RoomCommand;

    public sealed record Close(SessionId? By, object? Correlation) : RoomCommand;

    /// <param name="By">Who asks.</param>
    /// <param name="Changes">What to change.</param>
    /// <param name="NewPassword">The hash of a password that is not empty.</param>
    public sealed record Update(SessionId? By, RoomUpdate Changes, RoomPassword? NewPassword) : RoomCommand;

    public sealed record Kick(SessionId? By, SessionId Target, string? Message) : RoomCommand;

    /// <param name="By">Who asks.</param>
    /// <param name="Entry">Whom, why, and until when.</param>
    public sealed record Ban(SessionId? By, RoomBan Entry) : RoomCommand;

    public sealed record Unban(SessionId? By, SessionId? Target, string? Username) : RoomCommand;

    public sealed record SetRole(SessionId? By, SessionId Target, RoomRole Role) : RoomCommand;

    public sealed record SetRoomFields(SessionId? By, FieldUpdate Changes) : RoomCommand;

    public sealed record SetMemberFields(SessionId By, FieldUpdate Changes) : RoomCommand;

    public sealed record ChangeProfile(SessionId By, SessionProfile Profile) : RoomCommand;

    public sealed record SendMessage(SessionId? By, SessionId? Target, ReadOnlyMemory<byte> Data, bool Echo) : RoomCommand;

    public sealed record StartCall(SessionId By, SessionId Target, CallId Call, ReadOnlyMemory<byte> Data, object? Correlation) : RoomCommand;

    public sealed record AcceptCall(SessionId By, CallId Call) : RoomCommand;

    public sealed record RejectCall(SessionId By, CallId Call, bool Busy) : RoomCommand;

    public sealed record HangUp(SessionId By, CallId Call) : RoomCommand;

    /// <summary>A member has proved itself anew.</summary>
    /// <param name="By">The member.</param>
    /// <param name="Identity">Its account.</param>
    /// <param name="Granted">The role that the host app gives it now; <see langword="null"/> if it was not asked.</param>
    /// <param name="Refusal">Why the host app wants it here no more, for people; <see langword="null"/> if it may stay.</param>
    public sealed record Reassess(SessionId By, string? Identity, RoomRole? Granted, string? Refusal) : RoomCommand;

    /// <summary>The host lets nobody in any more, and closes the room after a while.</summary>
    /// <param name="Grace">How long the room stays.</param>
    public sealed record Drain(TimeSpan Grace) : RoomCommand;

    /// <summary>Time has passed: see <see cref="RoomState.NextDeadline"/>.</summary>
    public sealed record Tick : RoomCommand;
}
