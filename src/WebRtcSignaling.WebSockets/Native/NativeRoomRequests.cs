using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>The requests whose type begins with <c>room-</c>, and <c>role-set</c>.</summary>
internal static class NativeRoomRequests
{
    public static ValueTask<SignalingResult> Create(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        RoomId? room = request.GetOptionalRoom();
        RoomSetup setup = GetSetup(ref request);
        return request.Problem is { } problem
            ? new(problem)
            : NativeResults.WithoutValue(session.Rooms.CreateAsync(room, setup, request.Id.ToCorrelation(), ended));
    }

    public static ValueTask<SignalingResult> Join(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        var join = new JoinRoomRequest
        {
            Room = request.GetRoom(),
            Password = request.GetString(NativeMember.Password),
            CreateWith = request.GetBoolean(NativeMember.Create) == true ? GetSetup(ref request) : null,
        };
        return request.Problem is { } problem
            ? new(problem)
            : NativeResults.WithoutValue(session.Rooms.JoinAsync(join, request.Id.ToCorrelation(), ended));
    }

    public static ValueTask<SignalingResult> Leave(SignalingSession session, ref NativeRequest request)
    {
        RoomId room = request.GetRoom();
        return new(request.Problem is { } problem ? problem : session.Rooms.Leave(room, request.Id.ToCorrelation()));
    }

    public static ValueTask<SignalingResult> Close(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        RoomId room = request.GetRoom();
        return request.Problem is { } problem ? new(problem) : session.Rooms.CloseAsync(room, request.Id.ToCorrelation(), ended);
    }

    public static ValueTask<SignalingResult> Update(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        RoomId room = request.GetRoom();
        var changes = new RoomUpdate
        {
            DisplayName = GetReplacement(ref request, NativeMember.Name),
            Password = GetReplacement(ref request, NativeMember.Password),
            Capacity = GetCapacity(ref request),
            Hidden = request.GetBoolean(NativeMember.Hidden),
            Locked = request.GetBoolean(NativeMember.Locked),
            OwnerLeaves = request.GetWord(NativeMember.OwnerLeaves, NativeWords.OwnerLeaves),
            EmptyTimeout = request.GetDuration(NativeMember.EmptyTimeout),
            ServerLedCalls = request.GetBoolean(NativeMember.ServerLedCalls),
        };
        return request.Problem is { } problem ? new(problem) : session.Rooms.UpdateAsync(room, changes, ended);
    }

    public static ValueTask<SignalingResult> Kick(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        RoomId room = request.GetRoom();
        SessionId target = request.GetTarget();
        string? reason = request.GetString(NativeMember.Reason);
        return request.Problem is { } problem ? new(problem) : session.Rooms.KickAsync(room, target, reason, ended);
    }

    public static ValueTask<SignalingResult> Ban(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        RoomId room = request.GetRoom();
        var ban = new BanRequest
        {
            Target = request.GetOptionalTarget(),
            Username = request.GetString(NativeMember.Username),
            Reason = request.GetString(NativeMember.Reason),
            Duration = request.GetDuration(NativeMember.Duration),
        };
        return request.Problem is { } problem ? new(problem) : session.Rooms.BanAsync(room, ban, ended);
    }

    public static ValueTask<SignalingResult> Unban(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        RoomId room = request.GetRoom();
        SessionId? target = request.GetOptionalTarget();
        string? username = request.GetString(NativeMember.Username);
        if (target is null == username is null)
        {
            request.Fail(SignalingErrorCode.InvalidArgument, "An unban names a targetId or a username.");
        }

        return request.Problem is { } problem ? new(problem) : session.Rooms.UnbanAsync(room, target, username, ended);
    }

    public static ValueTask<SignalingResult> SetRole(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        RoomId room = request.GetRoom();
        SessionId target = request.GetTarget();
        RoomRole? role = request.GetWord(NativeMember.Role, NativeWords.Roles);
        if (role is null)
        {
            request.Fail(SignalingErrorCode.InvalidArgument, "role is missing.");
        }

        return request.Problem is { } problem ? new(problem) : session.Rooms.SetRoleAsync(room, target, role.GetValueOrDefault(), ended);
    }

    private static RoomSetup GetSetup(ref NativeRequest request) => new()
    {
        DisplayName = request.GetString(NativeMember.Name),
        Password = request.GetString(NativeMember.Password),
        Capacity = GetCapacity(ref request),
        Hidden = request.GetBoolean(NativeMember.Hidden) ?? false,
        Locked = request.GetBoolean(NativeMember.Locked) ?? false,
        OwnerLeaves = request.GetWord(NativeMember.OwnerLeaves, NativeWords.OwnerLeaves),
        EmptyTimeout = request.GetDuration(NativeMember.EmptyTimeout) ?? TimeSpan.Zero,
        ServerLedCalls = request.GetBoolean(NativeMember.ServerLedCalls) ?? false,
        Fields = request.GetFields(),
    };

    private static int? GetCapacity(ref NativeRequest request) =>
        request.GetInteger(NativeMember.Capacity) is { } capacity ? (int)Math.Clamp(capacity, int.MinValue, int.MaxValue) : null;

    /// <summary>A text that <c>null</c> takes away, as the empty text; <see langword="null"/> if it is not there.</summary>
    private static string? GetReplacement(ref NativeRequest request, NativeMember member) =>
        request.HasValue(member) ? request.GetString(member) : request.Has(member) ? "" : null;
}
