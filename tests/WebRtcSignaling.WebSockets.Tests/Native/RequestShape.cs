namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>One request of docs/protocol.md with all its members.</summary>
public sealed record RequestShape(string Type, params RequestMember[] Members)
{
    public static IReadOnlyList<RequestShape> All { get; } =
    [
        new("room-create", [Optional("room", MemberKind.Name, "\"new\""), .. Setup()]),
        new("room-join", [Room("\"new\""), Shown("create", MemberKind.Boolean, "true"), .. Setup()]),
        new("room-leave", Room()),
        new("room-close", Room()),
        new("room-list", Optional("prefix", MemberKind.AnyText, "\"r\"")),
        new("room-update", [Room(), .. Setup().Where(member => member.Name != "fields")]),
        new("room-kick", Room(), Target(), Optional("reason", MemberKind.Text, "\"Enough\"")),
        new(
            "room-ban",
            Room(),
            Shown("username", MemberKind.Name, "\"Eve\""),
            Optional("reason", MemberKind.Text, "\"Enough\""),
            Optional("duration", MemberKind.Duration, "60000")),
        new("room-unban", Room(), Shown("username", MemberKind.Text, "\"Eve\"")),
        new("role-set", Room(), Target(), Required("role", MemberKind.Word, "\"moderator\"")),
        new("signal-send", Room() with { IsRequired = false }, Target(), Optional("kind", MemberKind.Word, "\"offer\""), Data()),
        new(
            "message-send",
            Room(),
            Optional("targetId", MemberKind.Name, "\"$ben\""),
            Optional("echo", MemberKind.Boolean, "true"),
            Data()),
        new("group-join", Required("group", MemberKind.Name, "\"g\"")),
        new("group-leave", Required("group", MemberKind.Text, "\"g\"")),
        new("resource-toggle", Required("resource", MemberKind.Word, "\"video\""), Optional("enabled", MemberKind.Boolean, "true")),
        new("presence-set", Optional("show", MemberKind.Word, "\"dnd\""), Optional("status", MemberKind.Text, "\"On stage\"")),
        new(
            "field-set",
            Required("scope", MemberKind.Word, "\"member\""),
            Room(),
            Required("fields", MemberKind.Fields, "{\"f\":1}"),
            Optional("replace", MemberKind.Boolean, "true")),
        new("ice-get"),
        new("ping"),
        new("auth-refresh", new RequestMember("token", MemberKind.Json, "{}") { IsRequired = true, IsShown = true }),
        new("call-start", Room(), Target(), Optional("data", MemberKind.Json, "{}")),
        new("call-accept", Call()),
        new("call-reject", Call(), Optional("reason", MemberKind.Word, "\"busy\"")),
        new("call-hangup", Call()),
        new("call-offer", Call(), Data()),
        new("call-answer", Call(), Data()),
        new("call-candidate", Call(), Data()),
    ];

    /// <summary>Each request with each of its members.</summary>
    public static IEnumerable<TestCaseData> Pairs { get; } =
        [.. All.SelectMany(shape => shape.Members.Select(member => new TestCaseData(shape, member).SetArgDisplayNames(shape.Type, member.Name)))];

    /// <summary>The request in its plain form, without a member, or with more behind it.</summary>
    public string ToJson(string? without = null, string more = "", string id = "\"q\"")
    {
        IEnumerable<string> shown = Members
            .Where(member => (member.IsRequired || member.IsShown) && member.Name != without)
            .Select(member => $",\"{member.Name}\":{member.Good}");
        return $$"""{"type":"{{Type}}","id":{{id}}{{string.Concat(shown)}}{{more}}}""";
    }

    /// <summary>The request with this member holding this JSON.</summary>
    public string ToJson(RequestMember member, string json) => ToJson(member.Name, $",\"{member.Name}\":{json}");

    public override string ToString() => Type;

    private static IEnumerable<RequestMember> Setup() =>
    [
        Optional("name", MemberKind.Name, "\"Tea time\""),
        Optional("password", MemberKind.Text, "\"sesame\""),
        Optional("capacity", MemberKind.Integer, "4"),
        Optional("hidden", MemberKind.Boolean, "true"),
        Optional("locked", MemberKind.Boolean, "true"),
        Optional("ownerLeaves", MemberKind.Word, "\"close\""),
        Optional("emptyTimeout", MemberKind.Duration, "1000"),
        Optional("serverLedCalls", MemberKind.Boolean, "true"),
        Optional("fields", MemberKind.Fields, "{\"f\":1}"),
    ];

    private static RequestMember Room(string good = "\"r\"") => new("room", MemberKind.Name, good) { IsRequired = true, IsShown = true };

    private static RequestMember Target() => Required("targetId", MemberKind.Name, "\"$ben\"");

    private static RequestMember Call() => Required("callId", MemberKind.Name, "\"nocall\"");

    private static RequestMember Data() => Required("data", MemberKind.Json, "{}");

    private static RequestMember Required(string name, MemberKind kind, string good) => new(name, kind, good) { IsRequired = true };

    private static RequestMember Shown(string name, MemberKind kind, string good) => new(name, kind, good) { IsShown = true };

    private static RequestMember Optional(string name, MemberKind kind, string good) => new(name, kind, good);
}
