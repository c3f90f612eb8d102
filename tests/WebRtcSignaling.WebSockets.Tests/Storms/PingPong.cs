using System.Diagnostics;
using System.Net;
using WebRtcSignaling.WebSockets.Tests.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Storms;

/// <summary>A well-behaved pair: signals go to and fro between two members of a room, and each way back is timed.</summary>
internal sealed class PingPong(StormClient ann, string annId, StormClient ben, string benId) : IDisposable
{
    private readonly List<TimeSpan> _roundTrips = [];
    private volatile bool _isEnding;
    private volatile int _completed;

    /// <summary>How many signals have come back so far.</summary>
    public int Completed => _completed;

    /// <summary>How long each signal took to Ben and back, in their order; to be read after the end.</summary>
    public IReadOnlyList<TimeSpan> RoundTrips => _roundTrips;

    public static async Task<PingPong> JoinAsync(EndPoint server)
    {
        (StormClient ann, string annId) = await StormClient.EnterAsync(server);
        (StormClient ben, string benId) = await StormClient.EnterAsync(server);
        foreach (StormClient client in (StormClient[])[ann, ben])
        {
            await client.SendAsync("""{"type":"room-join","room":"pair","create":true}""");
            await client.ReadTextAsync("{\"type\":\"room-joined\"");
        }

        return new(ann, annId, ben, benId);
    }

    /// <summary>Runs until <see cref="EndAsync"/>; what is lost or not in order throws.</summary>
    public async Task RunAsync()
    {
        for (int signal = 0; !_isEnding; signal++)
        {
            long begin = Stopwatch.GetTimestamp();
            await SendAsync(ann, benId, signal);
            await ReceiveAsync(ben, annId, signal);
            await SendAsync(ben, annId, signal);
            await ReceiveAsync(ann, benId, signal);
            _roundTrips.Add(Stopwatch.GetElapsedTime(begin));
            _completed++;
        }
    }

    /// <summary>Ends after the signal that is on its way.</summary>
    public async Task EndAsync(Task running)
    {
        _isEnding = true;
        await running.Soon();
    }

    public void Dispose()
    {
        ann.Dispose();
        ben.Dispose();
    }

    private static Task SendAsync(StormClient sender, string targetId, int signal) =>
        sender.SendAsync($$"""{"type":"signal-send","room":"pair","targetId":"{{targetId}}","data":[{{signal}}]}""");

    private static async Task ReceiveAsync(StormClient receiver, string senderId, int signal)
    {
        string heard = await receiver.ReadTextAsync("{\"type\":\"signal-receive\"");
        if (!heard.Contains($"\"data\":[{signal}]", StringComparison.Ordinal) || !heard.Contains(senderId, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Signal {signal} was expected, not {heard}");
        }
    }
}
