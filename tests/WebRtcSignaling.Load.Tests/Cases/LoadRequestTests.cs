using System.Text;
using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Servers;
using WebRtcSignaling.Load.Tests.Wire;

namespace WebRtcSignaling.Load.Tests.Cases;

public sealed class LoadRequestTests
{
    [TestCase(1)]
    [TestCase(17)]
    [TestCase(9_999_999_999)]
    public async Task A_request_tells_what_has_come_without_becoming_longer(long heard)
    {
        const string Message = """{"type":"message-send","room":"tea","data":1}""";
        var request = new LoadRequest(Targets.Find("native").Dialect, Message);
        int length = request.Frame(1).Length;
        string unheard = await ReadAsync(request, 0);
        string told = await ReadAsync(request, heard);
        Assert.Multiple(() =>
        {
            Assert.That(unheard, Is.EqualTo(Message), "Nothing has come yet.");
            Assert.That(request.Frame(heard).Length, Is.EqualTo(length));
            Assert.That(told.Replace(" ", "", StringComparison.Ordinal), Is.EqualTo($$"""{"ack":{{heard}},{{Message[1..]}}"""));
        });
    }

    [Test]
    public async Task Where_nothing_can_be_told_a_request_stays_as_it_is()
    {
        const string Message = "what a server without numbers understands";
        Assert.That(await ReadAsync(new LoadRequest(Targets.Find("socket-io").Dialect, Message), 17), Is.EqualTo(Message));
    }

    private static async Task<string> ReadAsync(LoadRequest request, long heard) =>
        Encoding.UTF8.GetString((await ReceivedFrame.ReadAsync(request.Frame(heard).ToArray())).Payload);
}
