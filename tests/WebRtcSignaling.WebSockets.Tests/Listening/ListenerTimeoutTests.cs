namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>Clients that take their time. The clock stands still unless a test moves it.</summary>
public sealed class ListenerTimeoutTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task A_client_that_says_nothing_is_closed_without_a_word_when_the_handshake_is_due([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using RawClient client = await ConnectAsync(host);

        host.Time.Advance(host.Options.HandshakeTimeout - TimeSpan.FromTicks(1));
        Assert.That((wire == Wire.Tls || client.IsQuiet) && host.Listener.HandshakeCount == 1, "closed too early");
        host.Time.Advance(TimeSpan.FromTicks(1));

        Assert.That(await client.IsOverSoonAsync());
        await host.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task A_client_that_does_not_begin_TLS_is_closed_when_the_handshake_is_due()
    {
        await using ListenerHost host = await ListenerHost.StartAsync(Wire.Tls);
        using RawClient client = await RawClient.ConnectAsync(host.Listener.Endpoints[0]);
        await Patience.Until(() => host.Listener.HandshakeCount == 1 && host.Time.ActiveTimers == 1, "a handshake");

        host.Time.Advance(host.Options.HandshakeTimeout);

        Assert.That(await client.IsOverSoonAsync());
        await host.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task A_client_that_sends_one_byte_a_second_is_told_that_its_time_is_over([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using RawClient slow = await ConnectAsync(host);
        for (int second = 0; second < 9; second++)
        {
            await slow.SendAsync(RawClient.Handshake[second].ToString());
            host.Time.Advance(Second);
        }

        using RawClient other = await host.JoinAsync();
        host.Time.Advance(Second);

        HttpAnswer answer = await slow.ReadAnswerAsync();
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(408));
            Assert.That(answer.Fields["Connection"], Is.EqualTo("close"));
        });
        slow.EndSending();
        Assert.That(await slow.ReadEndAsync(), Is.Zero);
        Assert.That(host.Listener.ConnectionCount, Is.EqualTo(1), "the other one is served");
    }

    [Test]
    public async Task A_request_that_is_whole_just_in_time_becomes_a_connection_that_outlives_the_handshakes_time()
    {
        await using ListenerHost host = await ListenerHost.StartAsync();
        using RawClient client = await ConnectAsync(host);
        host.Time.Advance(host.Options.HandshakeTimeout - TimeSpan.FromTicks(1));

        await client.UpgradeAsync();
        await client.ReadTextAsync();
        host.Time.Advance(host.Options.HandshakeTimeout);

        Assert.That(client.IsQuiet);
        Assert.That(host.Listener.ConnectionCount, Is.EqualTo(1));
    }

    [Test]
    public async Task A_client_that_is_refused_and_does_not_go_is_cut_off([Values] Wire wire)
    {
        await using ListenerHost host = await ListenerHost.StartAsync(wire);
        using RawClient client = await ConnectAsync(host);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.That((await client.ReadAnswerAsync()).Status, Is.EqualTo(404));
        Assert.That(host.Listener.HandshakeCount, Is.EqualTo(1), "it is waited for");

        await Patience.Until(() => host.Time.ActiveTimers > 0, "a bound for the close");
        host.Time.Advance(host.Options.WebSockets.CloseTimeout);

        await host.AssertNothingIsLeftAsync();
    }

    private static async Task<RawClient> ConnectAsync(ListenerHost host)
    {
        RawClient client = await host.ConnectAsync();

        await Patience.Until(() => host.Listener.HandshakeCount == 1 && host.Time.ActiveTimers == 1, "a handshake, with a bound");
        return client;
    }
}
