using System.Text.Json;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>What a client says when it authenticates.</summary>
internal sealed record EasyRtcLogin
{
    /// <summary>The application that it wants; <see langword="null"/> if it names none.</summary>
    public string? Application { get; private init; }

    public string? Username { get; private init; }

    /// <summary>JSON of its own making, for the host app; empty for none.</summary>
    public ReadOnlyMemory<byte> Credential { get; private init; }

    /// <summary>The <c>easyrtcsid</c> from its cookie.</summary>
    public string? SessionId { get; private init; }

    public EasyRtcPresence? Presence { get; private init; }

    public EasyRtcObject? UserConfiguration { get; private init; }

    /// <summary>The rooms that it wants to be in; empty for the default one.</summary>
    public List<EasyRtcRoomEntry> Rooms { get; private init; } = [];

    /// <summary>Takes the message apart.</summary>
    /// <returns>The code of what is wrong with it; <see langword="null"/> if nothing is.</returns>
    public static string? TryRead(JsonElement argument, out EasyRtcLogin login)
    {
        login = new EasyRtcLogin();
        if (EasyRtcObject.Of(argument) is not { } message || message.Text("msgType") != "authenticate")
        {
            return EasyRtcError.LoginBadAuth;
        }

        if (message.Object("msgData") is not { } data
            || data.Text("apiVersion") is not { } apiVersion
            || (data.Has("roomJoin") && data.Object("roomJoin") is null))
        {
            return EasyRtcError.LoginBadStructure;
        }

        List<EasyRtcRoomEntry> rooms = [];
        EasyRtcPresence presence = default;
        if (!EasyRtcNames.IsApiVersion(apiVersion)
            || !IsAbsentOr(data, "applicationName", EasyRtcNames.IsName)
            || !IsAbsentOr(data, "easyrtcsid", EasyRtcNames.IsSessionId)
            || !IsAbsentOr(data, "username", EasyRtcNames.IsUsername)
            || (data.Has("credential") && data.Object("credential") is not { IsEmpty: false })
            || (data.Has("roomJoin") && !EasyRtcRoomEntry.TryRead(data["roomJoin"], out rooms))
            || (data.Has("setPresence") && !EasyRtcPresence.TryRead(data["setPresence"], out presence)))
        {
            return EasyRtcError.BadStructure;
        }

        EasyRtcObject? configuration = data.Object("setUserCfg");
        if (data.Has("setUserCfg") && (configuration is null || !EasyRtcUserConfiguration.IsValid(configuration, mayBeEmpty: true)))
        {
            return EasyRtcError.LoginBadUserCfg;
        }

        login = new EasyRtcLogin
        {
            Application = data.Text("applicationName"),
            Username = data.Text("username"),
            Credential = EasyRtcObject.Raw(data["credential"]),
            SessionId = data.Text("easyrtcsid"),
            Presence = data.Has("setPresence") ? presence : null,
            UserConfiguration = configuration,
            Rooms = rooms,
        };
        return null;
    }

    private static bool IsAbsentOr(EasyRtcObject data, string name, Func<string?, bool> isValid) => !data.Has(name) || isValid(data.Text(name));
}
