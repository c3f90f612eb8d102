using System.Buffers;
using System.Reflection;
using System.Text;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.WebSockets.Tests.Handshake;

public sealed class HandshakeResponseTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));

    [Test]
    public void An_acceptance_switches_protocols() => Assert.Multiple(() =>
    {
        Assert.That(Acceptance(new("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "chat")), Is.EqualTo(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n"));
        Assert.That(Acceptance(new("x", null)), Does.Not.Contain("Sec-WebSocket-Protocol"));
    });

    [Test]
    public void A_refusal_says_why_and_that_the_connection_closes() =>
        Assert.That(Refusal(HandshakeRefusals.MethodNotAllowed), Is.EqualTo(
            "HTTP/1.1 405 Method Not Allowed\r\nDate: Fri, 02 Jan 2026 02:04:05 GMT\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Content-Length: 26\r\nAllow: GET\r\nConnection: close\r\n\r\nOnly GET is allowed here.\n"));

    [Test]
    public void A_refusal_to_a_HEAD_has_the_length_of_the_body_but_no_body() =>
        Assert.That(
            Refusal(HandshakeRefusals.MethodNotAllowed, withoutBody: true),
            Does.Contain("Content-Length: 26\r\n").And.EndsWith("\r\n\r\n"));

    [Test]
    public void A_refusal_that_asks_for_an_upgrade_has_one_connection_field() => Assert.Multiple(() =>
    {
        Assert.That(
            Refusal(HandshakeRefusals.UpgradeRequired),
            Does.Contain("\r\nConnection: Upgrade, close\r\n").And.Contain("\r\nUpgrade: websocket\r\n"));
        Assert.That(Refusal(HandshakeRefusals.UpgradeRequired).Split("Connection:"), Has.Length.EqualTo(2));
    });

    [Test]
    public void Every_refusal_has_a_reason_phrase_and_a_body()
    {
        HandshakeRefusal[] refusals = [
            .. typeof(HandshakeRefusals).GetProperties(BindingFlags.Public | BindingFlags.Static)
                .Select(static property => (HandshakeRefusal)property.GetValue(null)!),
            HandshakeRefusals.BadRequest("Because.")];

        Assert.Multiple(() =>
        {
            Assert.That(refusals, Has.Length.GreaterThan(10));
            foreach (HandshakeRefusal refusal in refusals)
            {
                Assert.That(
                    Refusal(refusal), Does.Match($"^HTTP/1.1 {refusal.Status} [A-Z]").And.Match("\r\n\r\n[A-Z].*\\.\n$"), refusal.Message);
            }
        });
    }

    private static string Acceptance(HandshakeAcceptance acceptance)
    {
        var output = new ArrayBufferWriter<byte>();
        HandshakeResponse.WriteAcceptance(output, acceptance);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Refusal(HandshakeRefusal refusal, bool withoutBody = false)
    {
        var output = new ArrayBufferWriter<byte>();
        HandshakeResponse.WriteRefusal(output, refusal, Now, withoutBody);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
