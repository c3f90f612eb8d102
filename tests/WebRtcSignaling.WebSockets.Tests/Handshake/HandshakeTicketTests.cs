using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.WebSockets.Tests.Handshake;

/// <summary>Tickets among sub-protocols: found, and never chosen.</summary>
public sealed class HandshakeTicketTests
{
    [TestCase(null, null)]
    [TestCase("webrtc-signaling.v1", null)]
    [TestCase("webrtc-signaling.v1, ticket", null)]
    [TestCase("Ticket.abc", null)]
    [TestCase("xticket.abc", null)]
    [TestCase("webrtc-signaling.v1, ticket.abc", "abc")]
    [TestCase("ticket.abc,webrtc-signaling.v1", "abc")]
    [TestCase("ticket.a.b-c_d", "a.b-c_d")]
    [TestCase("ticket.", "")]
    [TestCase("ticket.a, ticket.b", "")]
    [TestCase("ticket.a, x, ticket.b, ticket.c", "")]
    public void A_ticket_is_found(string? offered, string? expected) =>
        Assert.That(HandshakeTicket.Find(offered is null ? [] : [offered]), Is.EqualTo(expected));

    [Test]
    public void A_ticket_is_found_in_any_line() =>
        Assert.That(HandshakeTicket.Find(["webrtc-signaling.v1", "chat, ticket.abc"]), Is.EqualTo("abc"));

    [TestCase("ticket.abc", null)]
    [TestCase("ticket.abc, webrtc-signaling.v1", "webrtc-signaling.v1")]
    public void The_answer_never_chooses_a_ticket_nor_tells_it(string offered, string? expected)
    {
        var request = new HandshakeRequest
        {
            Connection = ["Upgrade"],
            Upgrade = ["websocket"],
            Version = ["13"],
            Key = ["dGhlIHNhbXBsZSBub25jZQ=="],
            SubProtocols = [offered],
        };
        Assert.That(WebSocketHandshake.TryAccept(request, ["webrtc-signaling.v1"], out HandshakeAcceptance? acceptance, out _));
        Assert.Multiple(() =>
        {
            Assert.That(acceptance!.SubProtocol, Is.EqualTo(expected));
            Assert.That(acceptance.Ticket, Is.EqualTo("abc"));
            Assert.That(acceptance.ToString(), Does.Not.Contain("abc"));
        });
    }
}
