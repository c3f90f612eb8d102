using System.Text.Json;
using WebRtcSignaling.Compatibility.Tests.EventDialects;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>An EasyRTC client without a wire.</summary>
internal sealed class EasyRtcPeer(FakePeer wire, ManualTimeProvider time)
{
    public const string Ack = """{"msgType":"ack"}""";

    /// <summary>Its easyrtcid, when it has authenticated.</summary>
    public string Id { get; private set; } = "";

    public FakePeer Wire => wire;

    /// <summary>Its session, when it has authenticated.</summary>
    public SignalingSession Session => wire.Server.Applications.Select(application => application.FindSession(SessionId.Parse(Id))).OfType<SignalingSession>().Single();

    /// <summary>An error as the server says it.</summary>
    public string Error(string code, string text) =>
        Json($"{{'msgType':'error','serverTime':{Now},'msgData':{{'errorCode':'{code}','errorText':'{text}'}}}}");

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Authenticates with this <c>msgData</c>.</summary>
    public async Task<string> AuthenticateAsync(string data)
    {
        string? reply = await AskAsync($$"""["easyrtcAuth",{"msgType":"authenticate","msgData":{{data}}}]""");
        using var token = JsonDocument.Parse(reply!);
        if (token.RootElement.GetProperty("msgType").GetString() == "token")
        {
            Id = token.RootElement.GetProperty("msgData").GetProperty("easyrtcid").GetString()!;
        }

        return reply!;
    }

    public Task<string?> CommandAsync(string command) => AskAsync($"""["easyrtcCmd",{command}]""");

    public Task<string?> CommandAsync(string type, string data) => CommandAsync($$"""{"msgType":"{{type}}","msgData":{{data}}}""");

    public Task<string?> JoinAsync(params string[] rooms) => CommandAsync("roomJoin", $$"""{"roomJoin":{{EasyRtcWorld.Rooms(rooms)}}}""");

    public Task<string?> LeaveAsync(params string[] rooms) => CommandAsync("roomLeave", $$"""{"roomLeave":{{EasyRtcWorld.Rooms(rooms)}}}""");

    public Task<string?> MessageAsync(string message) => AskAsync($"""["easyrtcMsg",{message}]""");

    /// <summary>Asks, and takes the one argument of the answer.</summary>
    public async Task<string?> AskAsync(string eventArray)
    {
        string? answer = await wire.AskAsync(eventArray);
        Assert.That(answer, Is.Null.Or.StartsWith("[").And.EndsWith("]"));
        return answer?[1..^1];
    }

    /// <summary>What came since the last call, without the ends that say whom it went to and when; those are checked.</summary>
    public string[] Heard()
    {
        string end = Json($",'easyrtcid':'{Id}','serverTime':{Now}}}]");
        string[] pushes = wire.Take();
        Assert.That(pushes, Is.All.EndsWith(end));
        return [.. pushes.Select(push => push[2..^end.Length].Replace("\",{", " {", StringComparison.Ordinal) + "}")];
    }

    /// <summary>How a room lists this client.</summary>
    /// <param name="more">What comes after its presence.</param>
    /// <param name="show">Its presence in one word.</param>
    /// <param name="status">Its status as JSON.</param>
    /// <param name="joined">When it joined; at the beginning of time if it is not said.</param>
    public string Listed(string more = "", string show = "chat", string status = "null", long joined = 1767268800000) =>
        Json($"'{Id}':{{'easyrtcid':'{Id}','roomJoinTime':{joined},'presence':{{'show':'{show}','status':{status}}}{more}}}");

    /// <summary>The update by which others hear of it.</summary>
    public string Updated(string room, string more = "", string show = "chat", string status = "null") =>
        $"easyrtcCmd {UpdatedSelf(room, more, show, status)}";

    /// <summary>The answer by which it hears of itself.</summary>
    public string UpdatedSelf(string room, string more = "", string show = "chat", string status = "null") =>
        RoomData(UpdateOf(room, more, show, status));

    public string UpdateOf(string room, string more = "", string show = "chat", string status = "null") => Json(
        $"'{room}':{{'roomName':'{room}','roomStatus':'update','clientListDelta':{{'updateClient':{{{Listed(more, show, status)}}}}}}}");

    /// <summary>The update by which others hear that it is gone.</summary>
    public string Removed(string room)
    {
        string removed = Json($"'{Id}':{{'easyrtcid':'{Id}'}}");
        string update = Json($"'{room}':{{'roomName':'{room}','roomStatus':'update','clientListDelta':{{'removeClient':{{{removed}}}}}}}");
        return $"easyrtcCmd {RoomData(update)}";
    }

    /// <summary>A room as a joiner finds it.</summary>
    public static string Joined(string room, params string[] members) =>
        Json($"'{room}':{{'roomName':'{room}','roomStatus':'join','clientList':{{{string.Join(",", members)}}}}}");

    /// <summary>A message with the data of rooms.</summary>
    public static string RoomData(params string[] rooms) => Json($"{{'msgType':'roomData','msgData':{{'roomData':{{{string.Join(",", rooms)}}}}}}}");

    /// <summary>JSON that is easier to read with its quotation marks single.</summary>
    public static string Json(string text) => text.Replace('\'', '"');
}
