using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>What clients show of themselves and their rooms: fields, media, presence, groups.</summary>
internal static class NativeStateRequests
{
    public static ValueTask<SignalingResult> SetFields(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        FieldScope? scope = request.GetWord(NativeMember.Scope, NativeWords.FieldScopes);
        RoomId room = scope == FieldScope.Session ? default : request.GetRoom();
        FieldUpdate? update = request.GetFields();
        if (scope is null || update is null)
        {
            request.Fail(SignalingErrorCode.InvalidArgument, "field-set has a scope and fields.");
        }

        if (request.Problem is { } problem || update is null)
        {
            return new(request.Problem!);
        }

        return scope switch
        {
            FieldScope.Room => session.Rooms.SetFieldsAsync(room, update, ended),
            FieldScope.Member => session.Rooms.SetMemberFieldsAsync(room, update, ended),
            _ => session.SetFieldsAsync(update, ended),
        };
    }

    public static ValueTask<SignalingResult> Toggle(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        MediaResources? resource = request.GetWord(NativeMember.Resource, NativeWords.Resources);
        bool? enabled = request.GetBoolean(NativeMember.Enabled);
        if (resource is null)
        {
            request.Fail(SignalingErrorCode.InvalidArgument, "resource is missing.");
        }

        return request.Problem is { } problem ? new(problem) : session.ToggleAsync(resource.GetValueOrDefault(), enabled, ended);
    }

    public static ValueTask<SignalingResult> SetPresence(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        PresenceShow? show = request.GetWord(NativeMember.Show, NativeWords.Shows);
        bool hasStatus = request.Has(NativeMember.Status);
        string? status = request.GetString(NativeMember.Status);
        Presence? old = session.Profile.Presence;
        var presence = new Presence(show ?? old?.Show ?? PresenceShow.Chat, hasStatus ? status : old?.Status);
        return request.Problem is { } problem ? new(problem) : session.SetPresenceAsync(presence, ended);
    }

    public static ValueTask<SignalingResult> JoinGroup(SignalingSession session, ref NativeRequest request, CancellationToken ended)
    {
        string group = GetGroup(ref request);
        return request.Problem is { } problem ? new(problem) : session.Groups.JoinAsync(group, ended);
    }

    public static ValueTask<SignalingResult> LeaveGroup(SignalingSession session, ref NativeRequest request)
    {
        string group = GetGroup(ref request);
        return new(request.Problem is { } problem ? problem : session.Groups.Leave(group));
    }

    private static string GetGroup(ref NativeRequest request)
    {
        string? group = request.GetString(NativeMember.Group);
        if (group is null)
        {
            request.Fail(SignalingErrorCode.InvalidArgument, "group is missing.");
        }

        return group ?? "";
    }
}
