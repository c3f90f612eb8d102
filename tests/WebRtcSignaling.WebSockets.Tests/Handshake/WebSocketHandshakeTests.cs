using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.WebSockets.Tests.Handshake;

public sealed class WebSocketHandshakeTests
{
    private static readonly string[] Spoken = ["webrtc-signaling.v2", "webrtc-signaling.v1"];

    /// <summary>The example of RFC 6455 section 1.3, without its sub-protocols.</summary>
    private static readonly HandshakeRequest Example = new()
    {
        Upgrade = ["websocket"],
        Connection = ["Upgrade"],
        Version = ["13"],
        Key = ["dGhlIHNhbXBsZSBub25jZQ=="],
    };

    private static readonly HandshakeRequest Http2 = new() { IsExtendedConnect = true, Version = ["13"] };

    [Test]
    public void The_example_of_the_RFC_is_accepted_with_its_answer() =>
        Assert.That(Accept(Example), Is.EqualTo(new HandshakeAcceptance("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", null)));

    [Test]
    public void An_extended_CONNECT_needs_only_the_version() =>
        Assert.That(Accept(Http2), Is.EqualTo(new HandshakeAcceptance(null, null)));

    [Test]
    public void An_extended_CONNECT_with_a_key_is_answered_without_one() =>
        Assert.That(Accept(Http2 with { Key = ["x", "y"] }).Accept, Is.Null);

    [TestCase("WebSocket")]
    [TestCase("WEBSOCKET")]
    [TestCase("h2c, websocket")]
    [TestCase(" websocket\t,h2c")]
    [TestCase("h2c|websocket", Description = "two lines")]
    public void Upgrade_must_list_websocket_in_any_case(string lines) =>
        Assert.That(Accept(Example with { Upgrade = lines.Split('|') }).Accept, Is.Not.Null);

    [TestCase(null)]
    [TestCase("")]
    [TestCase("h2c")]
    [TestCase("websocket/13")]
    [TestCase("websockets")]
    [TestCase("web socket")]
    public void A_request_for_no_upgrade_to_websocket_is_told_what_to_do(string? line)
    {
        HandshakeRefusal refusal = Refuse(Example with { Upgrade = line is null ? [] : [line] });

        Assert.Multiple(() =>
        {
            Assert.That(refusal.Status, Is.EqualTo(426));
            Assert.That(refusal.Message, Does.Contain("new WebSocket("));
            Assert.That(refusal.Fields, Does.Contain(new HeaderField("Upgrade", "websocket")));
            Assert.That(refusal.Fields, Does.Contain(new HeaderField("Connection", "Upgrade")));
        });
    }

    [TestCase("upgrade")]
    [TestCase("keep-alive, Upgrade")]
    [TestCase("Upgrade,keep-alive")]
    [TestCase("keep-alive|UPGRADE", Description = "two lines")]
    public void Connection_must_list_upgrade_in_any_case(string lines) =>
        Assert.That(Accept(Example with { Connection = lines.Split('|') }).Accept, Is.Not.Null);

    [TestCase(null)]
    [TestCase("")]
    [TestCase("keep-alive")]
    [TestCase("Upgraded")]
    public void An_upgrade_that_Connection_does_not_list_is_a_bad_request(string? line) =>
        Assert.That(Refuse(Example with { Connection = line is null ? [] : [line] }).Status, Is.EqualTo(400));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("8")]
    [TestCase("013")]
    [TestCase("13, 8")]
    [TestCase("13|13", Description = "two lines")]
    [TestCase("8|13", Description = "two lines")]
    public void Another_version_than_13_is_told_which_one_it_should_be(string? lines)
    {
        string[] version = lines?.Split('|') ?? [];
        HandshakeRefusal overHttp1 = Refuse(Example with { Version = version });
        HandshakeRefusal overHttp2 = Refuse(Http2 with { Version = version });

        Assert.Multiple(() =>
        {
            Assert.That(overHttp1.Status, Is.EqualTo(426));
            Assert.That(overHttp1.Fields, Does.Contain(new HeaderField("Sec-WebSocket-Version", "13")));
            Assert.That(overHttp2.Status, Is.EqualTo(400), "HTTP/2 knows no 426");
            Assert.That(overHttp2.Fields, Is.EqualTo(new[] { new HeaderField("Sec-WebSocket-Version", "13") }));
        });
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("dGhlIHNhbXBsZSBub25jZQ==|dGhlIHNhbXBsZSBub25jZQ==", Description = "two lines")]
    [TestCase("dGhlIHNhbXBsZSBub25jZQ", Description = "no padding")]
    [TestCase("dGhlIHNhbXBsZSBub25j", Description = "15 bytes")]
    [TestCase("dGhlIHNhbXBsZSBub25jZTE=", Description = "17 bytes")]
    [TestCase("dGhlIHNhbXBsZSBub25jZTEy", Description = "18 bytes")]
    [TestCase("dGhlIHNhbXBsZS Bub25jZQ==", Description = "a blank inside")]
    [TestCase("dGhl\tHNhbXBsZSBub25jZQ==", Description = "a tab in place of a character")]
    [TestCase("dGhl_HNhbXBsZSBub25jZQ==", Description = "another alphabet")]
    [TestCase("dGhlIHNhbXBsZSBub25jZQ=\u00E9")]
    public void A_key_that_is_not_one_of_16_bytes_is_a_bad_request(string? lines) =>
        Assert.That(Refuse(Example with { Key = lines?.Split('|') ?? [] }).Status, Is.EqualTo(400));

    [TestCase("webrtc-signaling.v1", "webrtc-signaling.v1")]
    [TestCase("webrtc-signaling.v1, webrtc-signaling.v2", "webrtc-signaling.v2", Description = "the server's preference counts")]
    [TestCase("chat ,\twebrtc-signaling.v1", "webrtc-signaling.v1")]
    [TestCase("chat|webrtc-signaling.v1", "webrtc-signaling.v1", Description = "two lines")]
    [TestCase(",webrtc-signaling.v1,,", "webrtc-signaling.v1", Description = "empty elements are skipped")]
    [TestCase("chat", null)]
    [TestCase("WebRTC-Signaling.v1", null, Description = "case matters")]
    public void The_sub_protocol_is_the_servers_first_that_is_offered_and_none_if_none_is(string lines, string? expected)
    {
        Assert.That(Accept(Example with { SubProtocols = lines.Split('|') }).SubProtocol, Is.EqualTo(expected));
        Assert.That(Accept(Http2 with { SubProtocols = lines.Split('|') }).SubProtocol, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase(" , ,")]
    [TestCase("a b")]
    [TestCase("a;b")]
    [TestCase("\"a\"")]
    [TestCase("caf\u00E9")]
    [TestCase("a, b, a", Description = "doubled")]
    [TestCase("webrtc-signaling.v1|webrtc-signaling.v1", Description = "doubled in two lines")]
    public void Sub_protocols_that_are_malformed_or_doubled_are_a_bad_request(string lines) => Assert.Multiple(() =>
    {
        Assert.That(Refuse(Example with { SubProtocols = lines.Split('|') }).Status, Is.EqualTo(400));
        Assert.That(Refuse(Http2 with { SubProtocols = lines.Split('|') }).Status, Is.EqualTo(400));
    });

    [Test]
    public void Lines_that_a_web_server_gives_as_null_are_as_good_as_empty()
    {
        var request = new HandshakeRequest { Upgrade = [null], Connection = [null], Version = [null], Key = [null], SubProtocols = [null] };

        Assert.Multiple(() =>
        {
            Assert.That(Refuse(request).Status, Is.EqualTo(426));
            Assert.That(Refuse(request with { Upgrade = ["websocket"] }).Status, Is.EqualTo(400));
            Assert.That(Refuse(Example with { Version = [null] }).Status, Is.EqualTo(426));
            Assert.That(Refuse(Example with { Key = [null] }).Status, Is.EqualTo(400));
            Assert.That(Refuse(Example with { SubProtocols = [null] }).Status, Is.EqualTo(400));
        });
    }

    [Test]
    public void The_fields_of_a_head_are_those_of_the_handshake()
    {
        var head = new RequestHead("/", [
            new("connection", "a"), new("CONNECTION", "b"), new("Upgrade", "c"), new("sec-websocket-version", "d"),
            new("Sec-WebSocket-Key", "e"),
            new("Sec-WebSocket-Protocol", "f")]);
        HandshakeRequest request = HandshakeRequest.Of(head);

        string?[] values = [.. request.Connection, .. request.Upgrade, .. request.Version, .. request.Key, .. request.SubProtocols];
        Assert.That(string.Join(' ', values), Is.EqualTo("a b c d e f"));
    }

    private static HandshakeAcceptance Accept(HandshakeRequest request)
    {
        bool isAccepted = WebSocketHandshake.TryAccept(request, Spoken, out HandshakeAcceptance? acceptance, out HandshakeRefusal? refusal);

        Assert.That(isAccepted, refusal?.Message);
        Assert.That(refusal, Is.Null);
        return acceptance!;
    }

    private static HandshakeRefusal Refuse(HandshakeRequest request)
    {
        bool isAccepted = WebSocketHandshake.TryAccept(request, Spoken, out HandshakeAcceptance? acceptance, out HandshakeRefusal? refusal);

        Assert.That(isAccepted, Is.False);
        Assert.That(acceptance, Is.Null);
        return refusal!;
    }
}
