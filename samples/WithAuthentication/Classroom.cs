using WebRtcSignaling.Authorization;
using WebRtcSignaling.Rooms;

namespace WithAuthentication;

/// <summary>Teachers open rooms and keep order in them; everybody goes by the name of the account.</summary>
internal sealed class Classroom : ISignalingAuthorizer
{
    public ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken)
    {
        bool isTeacher = request.User?.IsInRole("teacher") == true;
        return new(request.Operation switch
        {
            SignalingOperation.Connect when request.User is null || request.Username != request.User.Identity?.Name =>
                AuthorizationDecision.DenyBecause("Come under the name of your account."),
            SignalingOperation.CreateRoom or SignalingOperation.CloseRoom or SignalingOperation.UpdateRoom or SignalingOperation.SetRole
                or SignalingOperation.Kick or SignalingOperation.Ban or SignalingOperation.Unban when !isTeacher =>
                AuthorizationDecision.DenyBecause("Only teachers may do that."),
            SignalingOperation.JoinRoom when isTeacher => AuthorizationDecision.AllowAs(RoomRole.Owner),
            _ => AuthorizationDecision.Allow,
        });
    }
}
