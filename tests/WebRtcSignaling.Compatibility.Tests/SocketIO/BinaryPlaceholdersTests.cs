using System.Text;
using WebRtcSignaling.Compatibility.SocketIO.Attachments;

namespace WebRtcSignaling.Compatibility.Tests.SocketIO;

internal sealed class BinaryPlaceholdersTests
{
    private static readonly byte[][] _two = [[1, 2, 3], []];

    [TestCase("""["a",1]""", """["a",1]""")]
    [TestCase(
        """["a",{"_placeholder":true,"num":0},{"x": [ {"num":1,"_placeholder":true} ]}]""",
        """["a",{"_binary":true,"base64":"AQID"},{"x": [ {"_binary":true,"base64":""} ]}]""")]
    [TestCase("""["a",{"_placeholder":false,"num":7}]""", """["a",{"_placeholder":false,"num":7}]""")]
    [TestCase("""["a",{"_placeholder":[true],"num":7}]""", """["a",{"_placeholder":[true],"num":7}]""")]
    [TestCase("""["_placeholder",true,{"num":7}]""", """["_placeholder",true,{"num":7}]""")]
    [TestCase("""["é\u00e9\ud800",{"_placeholder":true,"num":0}]""", """["é\u00e9\ud800",{"_binary":true,"base64":"AQID"}]""")]
    [TestCase("""["a",{"\ud800aaaaaa":1},{"_placeholder":true,"num":0}]""", """["a",{"\ud800aaaaaa":1},{"_binary":true,"base64":"AQID"}]""")]
    [TestCase("""["a",{"\ud800aaaaaa":1}]""", """["a",{"\ud800aaaaaa":1}]""")]
    public void Attachments_take_the_places_of_their_placeholders_and_all_else_stays_byte_for_byte(string json, string filled) =>
        Assert.That(Fill(json), Is.EqualTo(filled));

    [TestCase("""["a",{"_placeholder":true,"num":2}]""")]
    [TestCase("""["a",{"_placeholder":true,"num":-1}]""")]
    [TestCase("""["a",{"_placeholder":true,"num":0.5}]""")]
    [TestCase("""["a",{"_placeholder":true,"num":"0"}]""")]
    [TestCase("""["a",{"_placeholder":true}]""")]
    [TestCase("""["a",{"_placeholder":true,"num":0,"more":1}]""")]
    [TestCase("""["a",{"_placeholder":true,"_placeholder":true,"num":0}]""")]
    [TestCase("""["a",{"\u005fplaceholder":true,"num":9}]""")]
    [TestCase("""["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":0}]""")]
    [TestCase("""["a",{"_placeholder":true,"num":0}""")]
    [TestCase("")]
    public void Placeholders_that_no_client_writes_are_refused(string json) => Assert.That(Fill(json), Is.Null);

    [Test]
    public void What_was_filled_in_is_taken_out_again()
    {
        string json = """["a",{"_placeholder":true,"num":0},{"é":[{"_placeholder":true,"num":1}]}]""";
        Assert.That(Take(Fill(json)!), Is.EqualTo((json, "010203,")));
    }

    [TestCase("""["a"]""")]
    [TestCase("""["a","_binary",{"base64":"AQID"}]""")]
    [TestCase("""["a",{"_binary":true,"base64":"!"}]""")]
    [TestCase("""["a",{"_binary":true,"base64":1}]""")]
    [TestCase("""["a",{"_binary":true,"base64":"AQID","more":1}]""")]
    [TestCase("""["a",{"_binary":"true","base64":"AQID"}]""")]
    [TestCase("""["a",{"_binary":true,"\ud800a":1}]""")]
    [TestCase("""["a",{"_binary":true,"\uDC00a":1}]""")]
    [TestCase("""["a",{"_binary":true,"\ud800aaaaaa":1}]""")]
    [TestCase("""["a",{"_binary":true,"base64":"\ud800"}]""")]
    [TestCase("""["a",{"_binary":true,"base64":"AQID\uDC00"}]""")]
    [TestCase("""["a",{"_binary":true,"base64":"\\ud800AA"}]""")]
    public void What_does_not_stand_for_bytes_is_sent_as_it_is(string json) => Assert.That(Take(json), Is.EqualTo((json, "")));

    [TestCase("""{"_binary":true,"\ud800a":1}""")]
    [TestCase("""{"_binary":true,"base64":"\ud800AA"}""")]
    [TestCase("""{"\ud800a":1}""")]
    [TestCase("""{"_binary":true,"base64":"!"}""")]
    public void Attachments_travel_also_beside_what_does_not_stand_for_bytes(string other) => Assert.That(
        Take($$"""["a",{{other}},{"_binary":true,"base64":"\u0041QID"},{{other}}]"""),
        Is.EqualTo(($$"""["a",{{other}},{"_placeholder":true,"num":0},{{other}}]""", "010203")));

    [TestCase("""["a",{"_binary":true,"base64":"AQID"},{"_placeholder":true,"num":7}]""")]
    [TestCase("""["a",{"_binary":true,"base64":"AQID"},{"\u005fplaceholder":true,"num":7}]""")]
    public void A_placeholder_that_a_peer_made_up_never_stands_among_true_ones(string json) => Assert.That(Take(json), Is.EqualTo((json, "")));

    [Test]
    public void There_are_never_more_attachments_than_may_be()
    {
        string json = $"[{string.Join(',', Enumerable.Repeat("""{"_binary":true,"base64":"AQID"}""", 11))}]";
        Assert.That(Take(json), Is.EqualTo((json, "")));
    }

    private static string? Fill(string json) =>
        BinaryPlaceholders.Fill(Encoding.UTF8.GetBytes(json), _two) is { } filled ? Encoding.UTF8.GetString(filled) : null;

    private static (string Json, string Attachments) Take(string json)
    {
        ReadOnlySpan<byte> taken = BinaryPlaceholders.Take(Encoding.UTF8.GetBytes(json), 10, out IReadOnlyList<byte[]> attachments);
        return (Encoding.UTF8.GetString(taken), string.Join(',', attachments.Select(Convert.ToHexString)));
    }
}
