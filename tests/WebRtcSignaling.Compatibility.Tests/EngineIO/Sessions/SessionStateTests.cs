using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Compatibility.EngineIO.Sessions;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Sessions;

/// <summary>The rules of a session, from one phase to the next, without anything around them.</summary>
internal sealed class SessionStateTests
{
    private static readonly EnginePacket _message = new(EnginePacketType.Message, "x"u8.ToArray());
    private static readonly EnginePacket _probe = new(EnginePacketType.Ping, "probe"u8.ToArray());
    private static readonly EnginePacket _upgrade = new(EnginePacketType.Upgrade, default);
    private static readonly EnginePacket _close = new(EnginePacketType.Close, default);
    private static readonly EnginePacket _noop = new(EnginePacketType.Noop, default);

    [Test]
    public void A_poll_is_held_until_there_is_something_to_say()
    {
        SessionState state = Polling();
        RequestVerdict verdict = state.BeginPoll(hasWaiting: false, out SessionEffects effects);
        Assert.Multiple(() =>
        {
            Assert.That(verdict, Is.EqualTo(RequestVerdict.Hold));
            Assert.That(effects, Is.EqualTo(SessionEffects.None));
            Assert.That(state.IsPollHeld);
            Assert.That(state.EndPoll(false, out effects), Is.EqualTo(PollContent.Waiting));
            Assert.That(state.IsPollHeld, Is.False);
        });
    }

    [Test]
    public void A_poll_for_which_something_waits_is_answered_at_once() =>
        Assert.That(Polling().BeginPoll(hasWaiting: true, out _), Is.EqualTo(RequestVerdict.Proceed));

    [Test]
    public void A_second_poll_ends_the_session_and_the_first_hears_it()
    {
        SessionState state = Polling();
        state.BeginPoll(false, out _);
        RequestVerdict verdict = state.BeginPoll(false, out SessionEffects effects);
        Assert.Multiple(() =>
        {
            Assert.That(verdict, Is.EqualTo(RequestVerdict.Overlap));
            Assert.That(effects, Is.EqualTo(SessionEffects.End | SessionEffects.AnswerPoll | SessionEffects.DropWaiting));
            Assert.That(state.EndedBy, Is.EqualTo(SessionCloseReason.ProtocolError));
            Assert.That(state.EndPoll(false, out effects), Is.EqualTo(PollContent.Close));
            Assert.That(effects, Is.EqualTo(SessionEffects.Forget));
            Assert.That(state.BeginPoll(false, out _), Is.EqualTo(RequestVerdict.Unknown));
            Assert.That(state.BeginPost(out _), Is.EqualTo(RequestVerdict.Unknown));
            Assert.That(state.TryAttach(default), Is.False);
        });
    }

    [Test]
    public void What_waits_when_we_close_goes_out_before_the_close_and_apart_from_it()
    {
        SessionState state = Polling();
        state.Close(SessionCloseReason.Removed, default);
        Assert.Multiple(() =>
        {
            Assert.That(state.BeginPoll(true, out _), Is.EqualTo(RequestVerdict.Proceed));
            Assert.That(state.EndPoll(true, out SessionEffects effects), Is.EqualTo(PollContent.Waiting));
            Assert.That((effects, state.Phase), Is.EqualTo((SessionEffects.None, SessionPhase.Closing)));
            Assert.That(state.BeginPoll(false, out _), Is.EqualTo(RequestVerdict.Proceed));
            Assert.That(state.EndPoll(false, out effects), Is.EqualTo(PollContent.Close));
            Assert.That((effects, state.Phase), Is.EqualTo((SessionEffects.Forget, SessionPhase.Closed)));
        });
    }

    [Test]
    public void A_second_POST_ends_the_session()
    {
        SessionState state = Polling();
        Assert.That(state.BeginPost(out _), Is.EqualTo(RequestVerdict.Proceed));
        RequestVerdict verdict = state.BeginPost(out SessionEffects effects);
        Assert.Multiple(() =>
        {
            Assert.That(verdict, Is.EqualTo(RequestVerdict.Overlap));
            Assert.That(effects, Is.EqualTo(SessionEffects.End | SessionEffects.DropWaiting | SessionEffects.Forget));
            Assert.That(state.ReceiveFromPost(_message, default), Is.EqualTo(SessionEffects.None));
        });
    }

    [Test]
    public void A_lost_poll_ends_the_session_but_one_that_was_answered_does_not()
    {
        SessionState state = Polling();
        state.BeginPoll(false, out _);
        state.EndPoll(false, out _);
        Assert.That(state.LosePoll(), Is.EqualTo(SessionEffects.None));

        state.BeginPoll(false, out _);
        SessionEffects effects = state.LosePoll();
        Assert.Multiple(() =>
        {
            Assert.That(effects, Is.EqualTo(SessionEffects.End | SessionEffects.AnswerPoll | SessionEffects.DropWaiting | SessionEffects.Forget));
            Assert.That(state.EndedBy, Is.EqualTo(SessionCloseReason.ConnectionLost));
        });
    }

    [Test]
    public void The_way_to_a_WebSocket_is_probe_and_upgrade()
    {
        SessionState state = Polling();
        state.BeginPoll(false, out _);
        Assert.That(state.TryAttach(default));
        Assert.That(state.TryAttach(default), Is.False, "a second one");
        Assert.That(state.ReceiveFromSocket(_probe, default), Is.EqualTo(SessionEffects.AnswerProbe | SessionEffects.AnswerPoll));
        Assert.That(state.EndPoll(false, out _), Is.EqualTo(PollContent.Waiting));
        Assert.That(state.BeginPoll(false, out _), Is.EqualTo(RequestVerdict.Proceed), "a late poll is not held");
        Assert.That(state.ReceiveFromSocket(_upgrade, default), Is.EqualTo(SessionEffects.MoveToSocket));
        Assert.Multiple(() =>
        {
            Assert.That(state.Phase, Is.EqualTo(SessionPhase.OnSocket));
            Assert.That(state.EndPoll(false, out _), Is.EqualTo(PollContent.Noop), "what waits belongs to the WebSocket now");
            Assert.That(state.ReceiveFromSocket(_message, default), Is.EqualTo(SessionEffects.Deliver));
            Assert.That(state.BeginPoll(true, out _), Is.EqualTo(RequestVerdict.WrongTransport));
            Assert.That(state.BeginPost(out _), Is.EqualTo(RequestVerdict.WrongTransport));
            Assert.That(state.TryAttach(default), Is.False);
        });
    }

    [Test]
    public void A_poll_that_is_held_during_the_upgrade_is_let_go()
    {
        SessionState state = Probed();
        Assert.That(state.BeginPoll(false, out _), Is.EqualTo(RequestVerdict.Proceed));
        SessionState other = Polling();
        other.BeginPoll(false, out _);
        other.TryAttach(default);
        other.ReceiveFromSocket(_probe, default);
        Assert.That(other.ReceiveFromSocket(_upgrade, default), Is.EqualTo(SessionEffects.MoveToSocket | SessionEffects.AnswerPoll));
        Assert.That(other.LosePoll(), Is.EqualTo(SessionEffects.AnswerPoll), "the session lives on without it");
        Assert.That(other.Phase, Is.EqualTo(SessionPhase.OnSocket));
    }

    [Test]
    public void During_a_POST_there_is_no_upgrade_since_its_packets_come_first()
    {
        SessionState state = Probed();
        state.BeginPost(out _);
        Assert.Multiple(() =>
        {
            Assert.That(state.ReceiveFromSocket(_upgrade, default), Is.EqualTo(SessionEffects.DropSocket));
            Assert.That(state.ReceiveFromPost(_message, default), Is.EqualTo(SessionEffects.Deliver));
            Assert.That(state.Phase, Is.EqualTo(SessionPhase.Polling));
        });
        state.EndPost();
        state.TryAttach(default);
        state.ReceiveFromSocket(_probe, default);
        Assert.That(state.ReceiveFromSocket(_upgrade, default), Is.EqualTo(SessionEffects.MoveToSocket), "after it there is");
    }

    [Test]
    public void A_POST_while_the_WebSocket_is_probed_is_taken()
    {
        SessionState state = Probed();
        Assert.That(state.BeginPost(out _), Is.EqualTo(RequestVerdict.Proceed));
        Assert.That(state.ReceiveFromPost(_message, default), Is.EqualTo(SessionEffects.Deliver));
    }

    [Test]
    public void A_WebSocket_that_does_not_probe_is_dropped_and_polls_go_on(
        [Values(
            EnginePacketType.Message, EnginePacketType.Upgrade, EnginePacketType.Noop, EnginePacketType.Close, EnginePacketType.Pong,
            EnginePacketType.Open, EnginePacketType.Malformed, EnginePacketType.Ping)] EnginePacketType type)
    {
        SessionState state = Polling();
        state.TryAttach(default);
        Assert.Multiple(() =>
        {
            Assert.That(state.ReceiveFromSocket(new(type, default), default), Is.EqualTo(SessionEffects.DropSocket));
            Assert.That(state.Phase, Is.EqualTo(SessionPhase.Polling));
            Assert.That(state.IsOver, Is.False);
        });
    }

    [Test]
    public void A_probe_may_be_repeated_but_nothing_else_follows_it_than_an_upgrade()
    {
        SessionState state = Probed();
        Assert.That(state.ReceiveFromSocket(_probe, default), Is.EqualTo(SessionEffects.AnswerProbe));
        Assert.That(state.ReceiveFromSocket(_message, default), Is.EqualTo(SessionEffects.DropSocket));
    }

    [Test]
    public void A_WebSocket_lost_before_the_upgrade_costs_nothing_and_after_it_the_session()
    {
        SessionState state = Probed();
        Assert.That(state.LoseSocket(SessionCloseReason.ConnectionLost, default), Is.EqualTo(SessionEffects.None));
        Assert.That(state.Phase, Is.EqualTo(SessionPhase.Polling));

        SessionState moved = OnSocket();
        SessionEffects effects = moved.LoseSocket(SessionCloseReason.Left, default);
        Assert.Multiple(() =>
        {
            Assert.That(effects.HasFlag(SessionEffects.End | SessionEffects.Forget));
            Assert.That(moved.EndedBy, Is.EqualTo(SessionCloseReason.Left));
            Assert.That(moved.LoseSocket(SessionCloseReason.ConnectionLost, default), Is.EqualTo(SessionEffects.None), "only once");
        });
    }

    [Test]
    public void An_upgrade_that_takes_too_long_is_given_up()
    {
        SessionState state = Polling();
        state.TryAttach(Seconds(1));
        Assert.That(state.Tick(Seconds(10)), Is.EqualTo(SessionEffects.None));
        Assert.That(state.Tick(Seconds(11)), Is.EqualTo(SessionEffects.DropSocket));
        Assert.That(state.TryAttach(Seconds(11)), "another may try");
    }

    [Test]
    public void A_client_that_closes_is_gone_and_its_poll_gets_a_noop()
    {
        SessionState state = Polling();
        state.BeginPoll(false, out _);
        SessionEffects effects = state.ReceiveFromPost(_close, default);
        Assert.Multiple(() =>
        {
            Assert.That(effects, Is.EqualTo(SessionEffects.End | SessionEffects.AnswerPoll | SessionEffects.DropWaiting));
            Assert.That(state.EndedBy, Is.EqualTo(SessionCloseReason.Left));
            Assert.That(state.EndPoll(false, out effects), Is.EqualTo(PollContent.Noop));
            Assert.That(effects, Is.EqualTo(SessionEffects.Forget));
        });
    }

    [Test]
    public void A_client_that_is_put_out_hears_it_with_its_next_poll_and_may_still_POST()
    {
        SessionState state = Polling();
        Assert.That(state.Close(SessionCloseReason.Removed, default), Is.EqualTo(SessionEffects.End));
        Assert.Multiple(() =>
        {
            Assert.That(state.BeginPost(out _), Is.EqualTo(RequestVerdict.PassOver));
            Assert.That(state.Close(SessionCloseReason.InternalError, default), Is.EqualTo(SessionEffects.None), "only once");
            Assert.That(state.BeginPoll(true, out _), Is.EqualTo(RequestVerdict.Proceed));
            Assert.That(state.EndPoll(false, out SessionEffects effects), Is.EqualTo(PollContent.Close));
            Assert.That(effects, Is.EqualTo(SessionEffects.Forget));
            Assert.That(state.EndedBy, Is.EqualTo(SessionCloseReason.Removed));
        });
    }

    [Test]
    public void A_client_that_is_put_out_and_never_polls_again_is_forgotten()
    {
        SessionState state = Polling();
        state.Close(SessionCloseReason.Removed, Seconds(1));
        Assert.That(state.Tick(Seconds(5)), Is.EqualTo(SessionEffects.None));
        Assert.That(state.Tick(Seconds(6)), Is.EqualTo(SessionEffects.DropWaiting | SessionEffects.Forget));
        Assert.That(state.Tick(Seconds(7)), Is.EqualTo(SessionEffects.None));
    }

    [Test]
    public void A_client_that_is_put_out_loses_its_WebSocket_too()
    {
        Assert.Multiple(() =>
        {
            Assert.That(OnSocket().Close(SessionCloseReason.Removed, default).HasFlag(SessionEffects.DropSocket | SessionEffects.Forget));
            SessionState attached = Polling();
            attached.TryAttach(default);
            Assert.That(attached.Close(SessionCloseReason.Removed, default), Is.EqualTo(SessionEffects.End | SessionEffects.DropSocket));
        });
    }

    [Test]
    public void A_client_that_is_put_out_between_probe_and_upgrade_hears_it_on_the_WebSocket()
    {
        SessionState state = Probed();
        Assert.That(state.Close(SessionCloseReason.Removed, default), Is.EqualTo(SessionEffects.End), "it polls no more, and keeps the WebSocket");
        Assert.Multiple(() =>
        {
            Assert.That(state.ReceiveFromSocket(_probe, default), Is.EqualTo(SessionEffects.None));
            Assert.That(
                state.ReceiveFromSocket(_upgrade, default),
                Is.EqualTo(SessionEffects.MoveToSocket | SessionEffects.DropSocket | SessionEffects.Forget));
            Assert.That(state.ReceiveFromSocket(_upgrade, default), Is.EqualTo(SessionEffects.None));
        });
    }

    [Test]
    public void A_client_that_is_put_out_between_probe_and_upgrade_may_still_poll_or_lose_the_WebSocket_or_do_nothing()
    {
        SessionState polls = Probed();
        polls.Close(SessionCloseReason.Removed, default);
        polls.BeginPoll(false, out _);
        Assert.That(polls.EndPoll(false, out SessionEffects effects), Is.EqualTo(PollContent.Close));
        Assert.That(effects, Is.EqualTo(SessionEffects.DropSocket | SessionEffects.Forget));

        SessionState loses = Probed();
        loses.Close(SessionCloseReason.Removed, default);
        loses.LoseSocket(SessionCloseReason.ConnectionLost, default);
        Assert.That(loses.ReceiveFromSocket(_upgrade, default), Is.EqualTo(SessionEffects.None));
        Assert.That(loses.Phase, Is.EqualTo(SessionPhase.Closing));

        SessionState idle = Probed();
        idle.Close(SessionCloseReason.Removed, default);
        Assert.That(
            idle.Tick(Seconds(5)), Is.EqualTo(SessionEffects.DropWaiting | SessionEffects.DropSocket | SessionEffects.Forget));
    }

    [Test]
    public void A_client_that_is_too_slow_gets_nothing_more() => Assert.That(
        Polling().Close(SessionCloseReason.SlowConsumer, default),
        Is.EqualTo(SessionEffects.End | SessionEffects.DropWaiting | SessionEffects.Forget));

    [Test]
    public void Packets_that_only_a_server_sends_and_what_is_no_packet_end_the_session(
        [Values] EngineVersion version,
        [Values(EnginePacketType.Open, EnginePacketType.Upgrade, EnginePacketType.Malformed)] EnginePacketType type)
    {
        SessionState state = Polling(version);
        SessionEffects effects = state.ReceiveFromPost(new(type, default), default);
        Assert.Multiple(() =>
        {
            Assert.That(effects.HasFlag(SessionEffects.Refuse | SessionEffects.End | SessionEffects.Forget));
            Assert.That(state.EndedBy, Is.EqualTo(SessionCloseReason.ProtocolError));
        });
    }

    [Test]
    public void A_noop_of_a_client_is_nothing([Values] EngineVersion version) =>
        Assert.That(Polling(version).ReceiveFromPost(_noop, default), Is.EqualTo(SessionEffects.None));

    [Test]
    public void A_client_that_does_not_come_back_after_its_first_request_is_forgotten([Values] EngineVersion version)
    {
        SessionState state = Polling(version);
        Assert.That(state.Tick(Seconds(19)), Is.EqualTo(SessionEffects.None));
        Assert.That(state.Tick(Seconds(20)).HasFlag(SessionEffects.End | SessionEffects.Forget));

        SessionState back = Polling(version);
        back.BeginPoll(false, out _);
        Assert.That(back.Tick(Seconds(20)), Is.EqualTo(SessionEffects.None));
    }

    private static SessionState Polling(EngineVersion version = EngineVersion.V4) => new(version, TestSettings.Engine, opensOnSocket: false, default);

    private static SessionState Probed()
    {
        SessionState state = Polling();
        state.TryAttach(default);
        state.ReceiveFromSocket(_probe, default);
        return state;
    }

    private static SessionState OnSocket()
    {
        SessionState state = Probed();
        state.ReceiveFromSocket(_upgrade, default);
        return state;
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
