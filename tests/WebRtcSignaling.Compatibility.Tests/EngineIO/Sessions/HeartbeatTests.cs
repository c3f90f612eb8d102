using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Sessions;

/// <summary>Who pings whom, and when the other side is dead.</summary>
internal sealed class HeartbeatTests
{
    private static readonly EnginePacket _ping = new(EnginePacketType.Ping, default);
    private static readonly EnginePacket _pong = new(EnginePacketType.Pong, default);
    private static readonly EnginePacket _message = new(EnginePacketType.Message, default);

    [Test]
    public void Version_3_is_answered_and_never_pinged()
    {
        SessionState state = OnSocket(EngineVersion.V3);
        for (int second = 1; second < 45; second++)
        {
            Assert.That(state.Tick(Seconds(second)), Is.EqualTo(SessionEffects.None));
        }

        Assert.That(state.ReceiveFromSocket(_ping, Seconds(44)), Is.EqualTo(SessionEffects.SendPong));
    }

    [Test]
    public void Version_3_is_dead_after_interval_and_timeout_without_any_packet()
    {
        SessionState state = OnSocket(EngineVersion.V3);
        state.ReceiveFromSocket(_message, Seconds(10));
        state.EndDelivery(Seconds(10));
        Assert.That(state.Tick(Seconds(54)), Is.EqualTo(SessionEffects.None));
        Assert.That(state.Tick(Seconds(55)).HasFlag(SessionEffects.End | SessionEffects.DropSocket));
        Assert.That(state.EndedBy, Is.EqualTo(SessionCloseReason.HeartbeatTimeout));
    }

    [Test]
    public void Version_4_is_pinged_an_interval_after_its_last_pong()
    {
        SessionState state = OnSocket(EngineVersion.V4);
        Assert.That(state.Tick(Seconds(24)), Is.EqualTo(SessionEffects.None));
        Assert.That(state.Tick(Seconds(25)), Is.EqualTo(SessionEffects.SendPing));
        Assert.That(state.Tick(Seconds(26)), Is.EqualTo(SessionEffects.None), "not twice");
        Assert.That(state.ReceiveFromSocket(_pong, Seconds(30)), Is.EqualTo(SessionEffects.None));
        Assert.That(state.Tick(Seconds(54)), Is.EqualTo(SessionEffects.None));
        Assert.That(state.Tick(Seconds(55)), Is.EqualTo(SessionEffects.SendPing));
    }

    [Test]
    public void Nobody_is_dead_while_a_packet_is_dealt_with_and_the_time_after_it_is_a_whole_one([Values] EngineVersion version)
    {
        SessionState state = OnSocket(version);
        state.ReceiveFromSocket(_message, Seconds(20));
        for (int second = 21; second <= 200; second++)
        {
            Assert.That(state.Tick(Seconds(second)), Is.EqualTo(SessionEffects.None).Or.EqualTo(SessionEffects.SendPing), $"after {second} s");
        }

        state.EndDelivery(Seconds(200));
        TimeSpan end = Seconds(200) + (version == EngineVersion.V3 ? Seconds(45) : Seconds(20));
        Assert.That(state.Tick(end - Seconds(1)), Is.EqualTo(SessionEffects.None));
        Assert.That(state.Tick(end).HasFlag(SessionEffects.End), Is.True);
        Assert.That(state.EndedBy, Is.EqualTo(SessionCloseReason.HeartbeatTimeout));
    }

    [Test]
    public void Version_4_is_pinged_while_a_packet_is_dealt_with_since_it_counts_the_pings()
    {
        SessionState state = OnSocket(EngineVersion.V4);
        state.ReceiveFromSocket(_message, Seconds(1));
        Assert.That(
            Enumerable.Range(1, 80).Where(second => state.Tick(Seconds(second)) == SessionEffects.SendPing), Is.EqualTo(new[] { 25, 50, 75 }));
        state.EndDelivery(Seconds(80));
        state.ReceiveFromSocket(_pong, Seconds(80));
        Assert.That(state.Tick(Seconds(104)), Is.EqualTo(SessionEffects.None));
        Assert.That(state.Tick(Seconds(105)), Is.EqualTo(SessionEffects.SendPing));
    }

    [Test]
    public void Only_the_time_of_dealing_with_packets_does_not_count()
    {
        SessionState state = OnSocket(EngineVersion.V4);
        state.Tick(Seconds(25));
        state.ReceiveFromSocket(_message, Seconds(30));
        state.EndDelivery(Seconds(40));
        state.ReceiveFromSocket(_message, Seconds(41));
        state.EndDelivery(Seconds(46));
        Assert.That(state.Tick(Seconds(59)), Is.EqualTo(SessionEffects.None));
        Assert.That(state.Tick(Seconds(60)).HasFlag(SessionEffects.End), Is.True);
    }

    [Test]
    public void Version_4_is_dead_without_a_pong_whatever_else_it_sends()
    {
        SessionState state = OnSocket(EngineVersion.V4);
        state.Tick(Seconds(25));
        state.ReceiveFromSocket(_message, Seconds(40));
        state.EndDelivery(Seconds(40));
        Assert.That(state.Tick(Seconds(44)), Is.EqualTo(SessionEffects.None));
        Assert.That(state.Tick(Seconds(45)).HasFlag(SessionEffects.End | SessionEffects.DropSocket));
        Assert.That(state.EndedBy, Is.EqualTo(SessionCloseReason.HeartbeatTimeout));
    }

    [Test]
    public void A_heartbeat_in_the_wrong_direction_ends_the_session()
    {
        Assert.Multiple(() =>
        {
            Assert.That(OnSocket(EngineVersion.V3).ReceiveFromSocket(_pong, default).HasFlag(SessionEffects.Refuse | SessionEffects.End));
            Assert.That(OnSocket(EngineVersion.V4).ReceiveFromSocket(_ping, default).HasFlag(SessionEffects.Refuse | SessionEffects.End));
        });
    }

    [Test]
    public void A_client_that_polls_is_dead_after_the_same_time([Values] EngineVersion version)
    {
        var state = new SessionState(version, TestSettings.Engine, opensOnSocket: false, default);
        state.BeginPoll(false, out _);
        state.EndPoll(false, out _);
        SessionEffects effects = SessionEffects.None;
        for (int second = 1; second <= 45; second++)
        {
            Assert.That(effects.HasFlag(SessionEffects.End), Is.False, $"after {second - 1} s");
            effects = state.Tick(Seconds(second));
        }

        Assert.That(effects.HasFlag(SessionEffects.End | SessionEffects.Forget));
    }

    private static SessionState OnSocket(EngineVersion version) => new(version, TestSettings.Engine, opensOnSocket: true, default);

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
