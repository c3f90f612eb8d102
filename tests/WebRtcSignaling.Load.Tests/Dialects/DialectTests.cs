using System.Text;
using System.Text.Json;
using WebRtcSignaling.Load.Dialects;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Tests.Dialects;

/// <summary>What each client makes of what its server says; the forms are those of the servers' own documents.</summary>
public sealed class DialectTests
{
    [TestCase("native", """{"type":"welcome","clientId":"abc","application":"default"}""")]
    [TestCase("signalr", """{"type":1,"target":"welcome","arguments":["abc"]}""")]
    [TestCase("socket-io", """40{"sid":"abc"}""")]
    [TestCase("peer", """{"type":"OPEN"}""")]
    public void The_id_is_found(string target, string message) =>
        Assert.That(Of(target).ReadId(Encoding.UTF8.GetBytes(message), "abc"), Is.EqualTo("abc"));

    [TestCase("native", """{"type":"client-joined","room":"r","clientId":"abc"}""")]
    [TestCase("signalr", "{}")]
    [TestCase("socket-io", """0{"sid":"abc","upgrades":[]}""")]
    [TestCase("peer", """{"type":"LEAVE","src":"abc"}""")]
    public void Other_messages_tell_no_id(string target, string message) => Assert.That(Of(target).ReadId(Encoding.UTF8.GetBytes(message), "abc"), Is.Null);

    [TestCase("native", """{"type":"room-joined","room":"r"}""")]
    [TestCase("signalr", """{"type":1,"target":"joined","arguments":["r"]}""")]
    [TestCase("socket-io", """42["joined","r"]""")]
    public void Having_joined_is_noticed(string target, string message) => Assert.That(Of(target).IsJoined(Encoding.UTF8.GetBytes(message)), Is.True);

    [TestCase("native", """{"type":"not-in-room","code":"not-in-room","message":"No."}""")]
    [TestCase("native", """{"type":"error","code":"invalid-message","message":"No."}""")]
    [TestCase("signalr", """{"type":7,"allowReconnect":true}""")]
    [TestCase("signalr", """{"error":"No."}""")]
    [TestCase("socket-io", """44{"message":"No."}""")]
    [TestCase("peer", """{"type":"ERROR","payload":{"msg":"No."}}""")]
    [TestCase("peer", """{"type":"EXPIRE","src":"b","dst":"a"}""")]
    public void A_refusal_is_noticed(string target, string message) => Assert.That(Of(target).IsRefusal(Encoding.UTF8.GetBytes(message)), Is.True);

    [TestCase("0{}", "40")]
    [TestCase("2", "3")]
    [TestCase("3", null)]
    public void Engine_io_is_answered(string message, string? answer) =>
        Assert.That(Of("socket-io").Reply(Encoding.UTF8.GetBytes(message)), Is.EqualTo(answer));

    [TestCase("native")]
    [TestCase("signalr")]
    [TestCase("socket-io")]
    [TestCase("peer")]
    public void A_signal_is_json_that_names_its_target_and_carries_its_data(string target)
    {
        string signal = Of(target).Signal("r", "abc", """{"x":1}""");
        using JsonDocument parsed = JsonDocument.Parse(signal.TrimEnd('\u001e').TrimStart('4', '2'));
        Assert.That(parsed.RootElement.GetRawText(), Does.Contain("\"abc\"").And.Contain("""{"x":1}"""));
    }

    [TestCase("native", """{"seq":17,"type":"room-joined","room":"r"}""", 17)]
    [TestCase("native", """{"seq":9007199254740991,"ack":3,"type":"ok","id":1}""", 9_007_199_254_740_991)]
    [TestCase("native", """{"type":"welcome","clientId":"abc","data":{"seq":17}}""", null)]
    [TestCase("signalr", """{"seq":17}""", null)]
    public void The_number_of_a_message_is_found_where_it_has_one(string target, string message, long? number) =>
        Assert.That(Of(target).ReadNumber(Encoding.UTF8.GetBytes(message)), Is.EqualTo(number));

    [Test]
    public void What_has_come_is_acknowledged_in_words_of_the_protocol() =>
        Assert.That(Of("native").Acknowledgement(17), Is.EqualTo("""{"type":"ack","ack":17}"""));

    private static ClientDialect Of(string target) => Targets.Find(target).Dialect;
}
