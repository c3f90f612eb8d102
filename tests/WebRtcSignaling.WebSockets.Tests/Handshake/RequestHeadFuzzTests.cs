using System.Text;
using WebRtcSignaling.Testing.Splits;
using WebRtcSignaling.WebSockets.Handshake;
using WebRtcSignaling.WebSockets.Tests.Fuzzing;

namespace WebRtcSignaling.WebSockets.Tests.Handshake;

/// <summary>Damaged and made-up requests (see <see cref="FuzzRun"/> for seeds and time): nothing throws, and cuts change nothing.</summary>
public sealed class RequestHeadFuzzTests
{
    private static readonly string[] Pieces =
    [
        "GET", "get", "HEAD", "POST", " ", "\t", "\r\n", "\r\n\r\n", "\r", "\n", "\0", ":", ": ", ",", "/",
        "/signaling", "?", "?application=a", "%", "%41", "%ff", "#",
        "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "Host",
        "Host: example.org\r\n", "Host: [::1]:80\r\n", "Upgrade: websocket\r\n", "Connection: Upgrade\r\n",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "Sec-WebSocket-Version: 13\r\n",
        "Sec-WebSocket-Protocol: a, b\r\n", "Origin: null\r\n",
        "Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n", "X: y\r\n", "\u0080", "\u00FF",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    private const string GoodRequest =
        "GET /signaling?application=tea HTTP/1.1\r\nHost: example.org\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: webrtc-signaling.v1\r\n\r\n";

    [Test]
    public Task Any_bytes_give_a_head_or_a_refusal_however_they_are_cut() => FuzzRun.ForEachSeed(static seed =>
    {
        var random = new Random(seed);
        byte[] input = Encoding.Latin1.GetBytes(Generate(random));
        int maxBytes = random.Next(3) == 0 ? random.Next(1, 300) : HeadTrace.DefaultMaxBytes;
        int maxFields = random.Next(3) == 0 ? random.Next(1, 8) : HeadTrace.DefaultMaxFields;
        HeadTrace whole = HeadTrace.Read(InputSplits.Whole(input), maxBytes, maxFields);
        InputSplit atOnce = InputSplits.AtRandomCuts(input, seed + 1) with { AtOnce = true };
        foreach (InputSplit split in new[] { InputSplits.ByteByByte(input), InputSplits.AtRandomCuts(input, seed), atOnce })
        {
            HeadTrace trace = HeadTrace.Read(split, maxBytes, maxFields);
            if (trace != whole)
            {
                Assert.That(trace, Is.EqualTo(whole), $"fed {split}");
            }
        }

        Judge(input, whole);
    });

    /// <summary>
    /// What comes after reading throws nothing either, and an accepted request keeps the rules that can be checked in the plainest way.
    /// </summary>
    private static void Judge(byte[] input, HeadTrace trace)
    {
        if (trace.Target is null)
        {
            return;
        }

        IEnumerable<string[]> fields = trace.Fields.Split('\n').Select(static line => line.Split('=', 2));
        var head = new RequestHead(trace.Target, [.. fields.Select(static parts => new HeaderField(parts[0], parts[1]))]);
        _ = (head.Path, head.QueryValues("application"));
        _ = WebSocketHandshake.TryAccept(HandshakeRequest.Of(head), ["webrtc-signaling.v1"], out _, out _);
        _ = new OriginPolicy([]).Allows(head.Values("Origin") is [var origin, ..] ? origin : null, "http", head.Host);

        string consumed = Encoding.Latin1.GetString(input)[..^(int)trace.Left];
        Assert.That(
            consumed.StartsWith("GET /", StringComparison.Ordinal)
            && consumed.IndexOf("\r\n\r\n", StringComparison.Ordinal) == consumed.Length - 4
            && consumed.Split("\r\n").Count(static line => line.StartsWith("host:", StringComparison.OrdinalIgnoreCase)) == 1
            && consumed.Replace("\r\n", "", StringComparison.Ordinal).All(static c => c is '\t' or >= ' ' and not '\u007F'),
            $"accepted: {consumed}");
    }

    private static string Generate(Random random)
    {
        if (random.Next(4) == 0)
        {
            return string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        }

        var text = new StringBuilder(GoodRequest);
        for (int count = random.Next(0, 4); count > 0; count--)
        {
            int at = random.Next(text.Length);
            int length = Math.Min(random.Next(1, 20), text.Length - at);
            switch (random.Next(5))
            {
                case 0:
                    text[at] = (char)random.Next(256);
                    break;
                case 1:
                    text.Remove(at, length);
                    break;
                case 2:
                    text.Insert(at, text.ToString(at, length));
                    break;
                default:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }

        return text.Append(random.Next(2) == 0 ? "\u0081\u0080" : "").ToString();
    }
}
