using WebRtcSignaling.Authorization;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;
using WebRtcSignaling.WebSockets.Tests.Native;

namespace WebRtcSignaling.WebSockets.Tests.Connections;

/// <summary>Every code in the table "Close codes" of docs/protocol.md is produced here, as a client sees it.</summary>
public sealed class CloseCodeTests
{
    private static readonly Dictionary<int, Func<Task<WireEvent>>> _causes = new()
    {
        [1000] = () => AfterSendingAsync(ClientFrames.Close(1000)),
        [1001] = () => AfterAsync(server => server.Server.Stop()),
        [1002] = () => AfterSendingAsync(new RawFrame { Opcode = RawFrame.Text, ReservedBits = 4 }.ToBytes()),
        [1003] = () => AfterSendingAsync(ClientFrames.Binary([])),
        [1007] = () => AfterSendingAsync(ClientFrames.Text([0xC0, 0x80])),
        [1008] = () => RefusedAsync(new MemoryServer(authorizer: new AskedAuthorizer(_ => AuthorizationDecision.Deny))),
        [1009] = () => AfterSendingAsync(ClientFrames.Text(new byte[65_537])[..20]),
        [1011] = () => AfterClosingAsync(SessionCloseReason.InternalError),
        [1013] = () => RefusedAsync(new MemoryServer(new SignalingOptions { Sessions = new() { MaxSessions = 1 } }), others: 1),
        [4000] = () => AfterClosingAsync(SessionCloseReason.Replaced),
        [4001] = () => AfterClosingAsync(SessionCloseReason.Removed),
        [4002] = () => RefusedAsync(new MemoryServer(webSockets: new() { RequireHello = true }), wait: TimeSpan.FromSeconds(10)),
        [4003] = () => AfterAsync(server => server.Server.Default.SendToSession(server.Server.Default.Sessions.Single().Id, new byte[1_048_576])),
        [4005] = () => AfterClosingAsync(SessionCloseReason.AuthenticationExpired),
        [4004] = () => AfterAsync(server => server.Advance(TimeSpan.FromSeconds(30))),
        [4006] = () => AfterClosingAsync(SessionCloseReason.RateLimited),
    };

    [TestCaseSource(nameof(Codes))]
    public async Task The_close_code_is_produced(int code)
    {
        WireEvent close = await _causes[code]();
        Assert.That(close.CloseCode, Is.EqualTo(code));
    }

    [Test]
    public void Every_code_of_the_document_has_its_test_and_no_other() =>
        Assert.That(Codes(), Is.EquivalentTo(ProtocolDocument.Table("Close codes").Select(row => int.Parse(row[0], null))));

    [Test]
    public async Task A_host_s_sentence_is_the_reason_cut_to_what_a_frame_holds([Values("Bye now", "é")] string sentence)
    {
        string whole = string.Concat(Enumerable.Repeat(sentence, 100));
        await using var server = new MemoryServer();
        (WireClient client, string id) = await server.ConnectAsync();

        server.Server.Default.FindSession(SessionId.Parse(id))!.Close(new SessionClose(SessionCloseReason.Removed, whole));

        WireEvent close = await client.ReceiveCloseAsync();
        Assert.That(close.CloseCode, Is.EqualTo(4001));
        Assert.That(close.CloseReason, Is.Not.Empty);
        Assert.That(whole, Does.StartWith(close.CloseReason!));
    }

    [Test]
    public async Task The_first_cause_is_the_one_that_is_told()
    {
        await using var server = new MemoryServer();
        (WireClient client, string id) = await server.ConnectAsync();
        SignalingSession session = server.Server.Default.FindSession(SessionId.Parse(id))!;
        session.Close(new SessionClose(SessionCloseReason.Replaced));
        session.Close(new SessionClose(SessionCloseReason.Removed));
        server.Server.Stop();
        await client.SendBytesAsync(ClientFrames.Binary([1]));

        Assert.That((await client.ReceiveCloseAsync()).CloseCode, Is.EqualTo(4000));
    }

    private static int[] Codes() => [.. _causes.Keys];

    private static Task<WireEvent> AfterClosingAsync(SessionCloseReason reason) =>
        AfterAsync(server => server.Server.Default.Sessions.Single().Close(new SessionClose(reason)));

    private static async Task<WireEvent> AfterSendingAsync(byte[] bytes)
    {
        await using var server = new MemoryServer();
        (WireClient client, _) = await server.ConnectAsync();
        await client.SendBytesAsync(bytes);
        return await client.ReceiveCloseAsync();
    }

    private static async Task<WireEvent> AfterAsync(Action<MemoryServer> cause)
    {
        await using var server = new MemoryServer(Lifetimes.OfConnections());
        (WireClient client, _) = await server.ConnectAsync();
        client.AnswersPings = false;
        cause(server);

        // For the code of a client that is too slow, as much again.
        if (server.Server.Default.Sessions.Count > 0)
        {
            cause(server);
        }

        return await client.ReceiveCloseAsync();
    }

    private static async Task<WireEvent> RefusedAsync(MemoryServer server, int others = 0, TimeSpan wait = default)
    {
        await using (server)
        {
            for (int i = 0; i < others; i++)
            {
                await server.ConnectAsync();
            }

            WireClient client = server.Connect();
            server.Advance(wait);
            return await client.ReceiveCloseAsync();
        }
    }
}
