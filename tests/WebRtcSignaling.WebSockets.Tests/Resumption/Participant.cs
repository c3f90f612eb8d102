using System.Text.Json.Nodes;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Resumption;

/// <summary>One of the crowd: what it has sent to whom, what it has heard from whom, and whom it believes to be in the room.</summary>
internal sealed class Participant
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _sent = [];
    private readonly Dictionary<string, (long Number, int Gaps)> _heard = [];
    private readonly Dictionary<string, bool> _view = [];
    private readonly List<string> _mistakes = [];
    private string[] _others = [];
    private int _pongs;

    public Participant(Func<MemoryTransport> connect)
    {
        Client = new ResumingClient(() => connect().Client);
        Client.Heard += Hear;
    }

    public ResumingClient Client { get; }

    /// <summary>At which step of the test it comes back.</summary>
    public int BackAt { get; set; }

    public long Heard { get; private set; }

    public IReadOnlyList<string> Mistakes => Read(() => _mistakes.ToArray());

    /// <summary>The others in the room, and whether each is away.</summary>
    public IReadOnlyDictionary<string, bool> View => Read(() => new SortedDictionary<string, bool>(_view, StringComparer.Ordinal));

    /// <summary>Sends the next signal to one of the others.</summary>
    /// <returns>Whether there is anybody.</returns>
    public bool Signal(Random random)
    {
        string[] others = Read(() => _others);
        if (others.Length == 0)
        {
            return false;
        }

        string target = others[random.Next(others.Length)];
        long number = Read(() => _sent[target] = _sent.GetValueOrDefault(target) + 1);
        Client.Ask($$"""
            "type":"signal-send","room":"r","targetId":"{{target}}","data":{{number}}
            """);
        return true;
    }

    /// <summary>Asks for a pong, behind which all is heard that the server had for it.</summary>
    public async Task CatchUpAsync()
    {
        int before = Volatile.Read(ref _pongs);
        Client.Ask("\"type\":\"ping\"");
        await Eventually.TrueAsync(() => Volatile.Read(ref _pongs) > before || Client.Failure is not null, "everything is heard");
    }

    /// <summary>The last number that it has sent to somebody.</summary>
    public long LastSentTo(string target) => Read(() => _sent.GetValueOrDefault(target));

    /// <summary>The last number that it has heard from somebody; <see langword="null"/> if it has lost some since.</summary>
    public long? LastHeardFrom(string sender) =>
        Read(() => _heard.GetValueOrDefault(sender) is var last && last.Gaps == Client.NotRecovered ? last.Number : (long?)null);

    private void Hear(JsonObject message)
    {
        lock (_lock)
        {
            switch ((string)message["type"]!)
            {
                case "welcome":
                    Enter();
                    break;
                case "resumed" when (bool)message["recovered"]!:
                    break;
                case "resumed" when message["rooms"]!.AsArray() is [{ } room]:
                    SetView(room.AsObject());
                    break;
                case "resumed":
                    Enter();
                    break;
                case "room-joined":
                    SetView(message);
                    break;
                case "client-joined":
                    Change(message, isAway: message.ContainsKey("suspended"));
                    break;
                case "client-resumed":
                    Change(message, isAway: false);
                    break;
                case "client-suspended":
                    Change(message, isAway: true);
                    break;
                case "client-left":
                    _view.Remove((string)message["clientId"]!);
                    _others = [.. _view.Keys];
                    break;
                case "signal-receive":
                    Count((string)message["senderId"]!, (long)message["data"]!);
                    break;
                case "pong":
                    Interlocked.Increment(ref _pongs);
                    break;
            }
        }
    }

    /// <summary>Goes into the room as somebody whom nobody has heard of.</summary>
    private void Enter()
    {
        _view.Clear();
        _others = [];
        _sent.Clear();
        _heard.Clear();
        Client.Ask("\"type\":\"room-join\",\"room\":\"r\",\"create\":true");
    }

    private void SetView(JsonObject room)
    {
        _view.Clear();
        foreach (JsonNode? member in room["members"]!.AsArray())
        {
            _view[(string)member!["clientId"]!] = member.AsObject().ContainsKey("suspended");
        }

        _others = [.. _view.Keys];
    }

    private void Change(JsonObject message, bool isAway)
    {
        _view[(string)message["clientId"]!] = isAway;
        _others = [.. _view.Keys];
    }

    private void Count(string sender, long number)
    {
        (long last, int gaps) = _heard.GetValueOrDefault(sender);
        bool mayMiss = gaps != Client.NotRecovered;
        if (number <= last || (number != last + 1 && !mayMiss))
        {
            _mistakes.Add($"{number} came after {last} from {sender}");
        }

        _heard[sender] = (number, Client.NotRecovered);
        Heard++;
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
