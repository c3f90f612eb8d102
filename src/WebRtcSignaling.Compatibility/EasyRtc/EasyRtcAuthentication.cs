using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Ice;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// Lets one client in: its session begins, or proves itself anew, and it gets its rooms and its token. Whoever authenticates again stays the same client in the
/// same application and leaves no room by it.
/// </summary>
internal sealed class EasyRtcAuthentication(
    IEventPeer peer, SessionId id, EventSession session, EasyRtcOutput output, EasyRtcServices services)
{
    /// <summary>Authenticates.</summary>
    /// <param name="known">The client, if it has authenticated before.</param>
    /// <param name="argument">What it sent.</param>
    /// <returns>The client and its token, or the code of what is wrong; the client is to be put out then.</returns>
    public async ValueTask<(EasyRtcClient? Client, EasyRtcToken? Token, string? Error)> AuthenticateAsync(
        EasyRtcClient? known, System.Text.Json.JsonElement argument)
    {
        if (EasyRtcLogin.TryRead(argument, out EasyRtcLogin login) is { } malformed)
        {
            return (null, null, malformed);
        }

        if (!services.Applications.TryChoose(peer, login.Application, out string application))
        {
            return (null, null, EasyRtcError.LoginAppAuthFail);
        }

        (EasyRtcClient? client, string? error) = known is null
            ? await BeginAsync(login, application).ConfigureAwait(false)
            : (known, await RenewAsync(known, login, application).ConfigureAwait(false));
        error ??= await ApplyAsync(client!, login).ConfigureAwait(false);
        return error is null ? (client, await TokenAsync(client!).ConfigureAwait(false), null) : (null, null, error);
    }

    private async ValueTask<(EasyRtcClient? Client, string? Error)> BeginAsync(EasyRtcLogin login, string application)
    {
        SignalingResult<SignalingSession> begun = await session.BeginAsync(new SessionRequest
        {
            Id = id,
            Application = application,
            Username = login.Username,
            User = peer.User,
            AuthenticationExpiresAt = peer.AuthenticationExpiresAt,
            RemoteAddress = peer.RemoteAddress,
            Credential = login.Credential,
            CreateApplication = services.Options.AutoCreateApplications ? true : null,
            IsDirect = services.Options.DirectContact,
        }).ConfigureAwait(false);
        if (!begun.IsSuccess)
        {
            return (null, begun.Error.Code switch
            {
                SignalingErrorCode.ApplicationNotExists => EasyRtcError.LoginAppAuthFail,
                SignalingErrorCode.NotPermitted or SignalingErrorCode.TooManyAttempts => EasyRtcError.LoginBadAuth,
                SignalingErrorCode.InvalidArgument => EasyRtcError.BadStructure,
                SignalingErrorCode.LimitExceeded => EasyRtcError.LoginNoSockets,
                SignalingErrorCode.ServerStopping => EasyRtcError.ServerShutdown,
                _ => EasyRtcError.LoginGenFail,
            });
        }

        if (peer.Server.FindApplication(application) is not { } entered)
        {
            // The session has ended already, and its application with it.
            return (null, EasyRtcError.LoginGenFail);
        }

        var client = new EasyRtcClient(peer, begun.Value, entered, output, services);
        services.Clients.Add(client);
        return (client, null);
    }

    private async ValueTask<string?> RenewAsync(EasyRtcClient client, EasyRtcLogin login, string application)
    {
        SignalingSession known = client.Session;
        if (application != known.Application)
        {
            return EasyRtcError.LoginAppAuthFail;
        }

        bool isRenamed = login.Username is { } username && username != known.Profile.Username;
        if (isRenamed && known.Rooms.Joined.Count > 0)
        {
            // Nobody takes another name in the sight of others.
            return EasyRtcError.LoginGenFail;
        }

        SignalingResult renewed = isRenamed
            ? await known.SetUsernameAsync(login.Username!, login.Credential, peer.Ended).ConfigureAwait(false)
            : await known.ReauthenticateAsync(login.Credential, peer.Ended).ConfigureAwait(false);
        return renewed.IsSuccess ? null : EasyRtcError.LoginBadAuth;
    }

    /// <summary>Takes over what else the client said.</summary>
    private async ValueTask<string?> ApplyAsync(EasyRtcClient client, EasyRtcLogin login)
    {
        if (login.SessionId != client.SessionId)
        {
            client.SessionId = login.SessionId;
            client.SessionFields = new Dictionary<string, ReadOnlyMemory<byte>>();
        }

        if (login.UserConfiguration is { } configuration && !client.TryReport(configuration))
        {
            return EasyRtcError.LoginBadUserCfg;
        }

        if (login.Presence is { } presence)
        {
            Presence wanted = presence.ApplyTo(client.Session.Profile.Presence);
            SignalingResult set = await client.Session.SetPresenceAsync(wanted, peer.Ended).ConfigureAwait(false);
            if (!set.IsSuccess)
            {
                return set.Error.Code == SignalingErrorCode.InvalidArgument ? EasyRtcError.BadStructure : EasyRtcError.LoginGenFail;
            }
        }

        List<EasyRtcRoomEntry> rooms = login.Rooms;
        if (rooms.Count == 0 && services.Options.DefaultRoom.Length > 0)
        {
            rooms = [new EasyRtcRoomEntry(RoomId.Parse(services.Options.DefaultRoom), default, null)];
        }

        SignalingError? refusal = await EasyRtcRooms.EnterAsync(client, rooms).ConfigureAwait(false);
        return refusal?.Code switch
        {
            null => null,
            SignalingErrorCode.RoomNotExists => EasyRtcError.LoginBadRoom,
            _ => EasyRtcError.LoginGenFail,
        };
    }

    private async ValueTask<EasyRtcToken> TokenAsync(EasyRtcClient client)
    {
        // Without a list its clients break; an empty one only means that there are no servers.
        SignalingResult<IReadOnlyList<IceServer>> servers = await client.Session.GetIceServersAsync(peer.Ended).ConfigureAwait(false);
        SessionRooms rooms = client.Session.Rooms;
        return new EasyRtcToken
        {
            Id = client.Session.Id,
            Application = client.Session.Application,
            ApplicationFields = client.Application.Fields,
            Fields = client.Session.Profile.Fields,
            IceServers = servers.IsSuccess ? servers.Value : [],
            Rooms = [.. rooms.Joined.Select(rooms.Find).OfType<RoomSnapshot>()],
            SessionId = client.SessionId,
            SessionFields = client.SessionFields,
            Time = services.Time.GetUtcNow(),
        };
    }
}
