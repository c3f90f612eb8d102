using System.Text;
using System.Text.Json;
using WebRtcSignaling.Compatibility.PeerJs.Messages;

namespace WebRtcSignaling.Compatibility.Tests.PeerJs.Messages;

/// <summary>Any bytes at all are read as a message or as none.</summary>
internal sealed class PeerJsMessageFuzzTests
{
    private const int Rounds = 20_000;

    private static readonly string[] _pieces =
    [
        "{", "}", "[", "]", ":", ",", "\"type\"", "\"dst\"", "\"payload\"", "\"OFFER\"", "\"ann\"", "null", "1e9", "\\ud800", "\"\\ud800\"", " ", "\"", "\u00e9", "\0",
    ];

    [Test]
    public void Pieces_in_any_order_are_read_without_an_exception_and_as_JavaScript_would()
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(
                Enumerable.Range(0, random.Next(1, 14)).Select(_ => _pieces[random.Next(_pieces.Length)])));
            bool isMessage = PeerJsMessage.TryRead(bytes, out PeerJsMessage message);
            if (isMessage)
            {
                using var document = JsonDocument.Parse(bytes);
                Assert.That(document.RootElement.GetProperty("type").GetString(), Is.EqualTo(message.Type));
            }
        }
    }

    [Test]
    public void Every_beginning_of_a_message_is_none()
    {
        byte[] whole = """{"type":"OFFER","dst":"ann","payload":{"a":[1,"é"]}}"""u8.ToArray();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.That(PeerJsMessage.TryRead(whole.AsMemory(0, length), out _), Is.False, $"{length}");
        }

        Assert.That(PeerJsMessage.TryRead(whole, out PeerJsMessage message), Is.True);
        Assert.That(Encoding.UTF8.GetString(message.Payload.Span), Is.EqualTo("""{"a":[1,"é"]}"""));
    }
}
