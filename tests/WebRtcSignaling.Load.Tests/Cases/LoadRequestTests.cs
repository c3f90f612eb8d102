using System.Text;
using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Tests.Cases;

public sealed class LoadRequestTests
{
    [TestCase(1)]
    [TestCase(17)]
    [TestCase(9_999_999_999)]
    public void A_request_tells_what_has_come_without_becoming_longer(long heard)
    {
        const string Message = """{"type":"message-send","room":"tea","data":1}""";
        var request = new LoadRequest(Targets.Find("native").Dialect, Message);
        int length = request.Frame(1).Length;
        Assert.Multiple(() =>
        {
            Assert.That(TextOf(request.Frame(0)), Is.EqualTo(Message), "Nothing has come yet.");
            Assert.That(request.Frame(heard).Length, Is.EqualTo(length));
            Assert.That(TextOf(request.Frame(heard)).Replace(" ", "", StringComparison.Ordinal), Is.EqualTo($$"""{"ack":{{heard}},{{Message[1..]}}"""));
        });
    }

    [Test]
    public void Where_nothing_can_be_told_a_request_stays_as_it_is()
    {
        const string Message = "what a server without numbers understands";
        Assert.That(TextOf(new LoadRequest(Targets.Find("socket-io").Dialect, Message).Frame(17)), Is.EqualTo(Message));
    }

    private static string TextOf(ReadOnlySpan<byte> frame)
    {
        const int HeaderLength = 6;
        byte[] mask = frame[2..HeaderLength].ToArray();
        return Encoding.UTF8.GetString([.. frame[HeaderLength..].ToArray().Select((value, i) => (byte)(value ^ mask[i % 4]))]);
    }
}
