using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Signals;

/// <summary>Direct signals to ids that are not connected yet.</summary>
public sealed class WaitingSignalsTests
{
    private static readonly SessionId Ben = SessionId.Parse("ben");
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    [Test]
    public async Task What_waits_arrives_in_its_order_and_before_what_comes_after()
    {
        using Meeting meeting = Create();
        Peer ann = await ConnectAsync(meeting, "ann"), cat = await ConnectAsync(meeting, "cat");
        Assert.That(await SendAsync(ann, "1", SignalKind.Offer), Is.Null);
        Assert.That(await SendAsync(cat, "2", SignalKind.Candidate), Is.Null);
        Assert.That(await SendAsync(ann, "3", SignalKind.Answer), Is.Null);
        Peer ben = await ConnectAsync(meeting, "ben");
        Assert.That(await SendAsync(ann, "4", SignalKind.Hangup), Is.Null);
        Assert.That(
            ben.Take<SignalingEvent.SignalReceived>().Select(static signal => (signal.SenderId.Value, signal.Kind, Text.Of(signal.Payload))),
            Is.EqualTo([("ann", SignalKind.Offer, "1"), ("cat", SignalKind.Candidate, "2"), ("ann", SignalKind.Answer, "3"), ("ann", SignalKind.Hangup, "4")]));
        meeting.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(ann.Take(), Is.Empty, "what has arrived does not expire");
    }

    [Test]
    public async Task What_waits_in_vain_expires_once_for_each_pair_when_the_time_of_its_first_signal_is_over()
    {
        using Meeting meeting = Create();
        Peer ann = await ConnectAsync(meeting, "ann"), cat = await ConnectAsync(meeting, "cat");
        await SendAsync(ann, "1");
        meeting.Clock.Advance(TimeSpan.FromSeconds(2));
        await SendAsync(ann, "2");
        await SendAsync(cat, "3");
        meeting.Clock.Advance(TimeSpan.FromSeconds(3) - Tick);
        Assert.That(ann.Take(), Is.Empty);
        meeting.Clock.Advance(Tick);
        Assert.That(ann.Take(), Is.EqualTo([new SignalingEvent.SignalExpired(Ben)]));
        Assert.That(cat.Take(), Is.Empty);
        Peer ben = await ConnectAsync(meeting, "ben");
        Assert.That(ben.Take<SignalingEvent.SignalReceived>().Select(static signal => signal.SenderId), Is.EqualTo([cat.Id]));
        meeting.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(new[] { ann.Take(), cat.Take() }, Is.All.Empty);
    }

    [Test]
    public async Task An_id_that_expired_can_be_waited_for_again()
    {
        using Meeting meeting = Create();
        Peer ann = await ConnectAsync(meeting, "ann");
        for (int i = 0; i < 3; i++)
        {
            await SendAsync(ann, "1");
            meeting.Clock.Advance(TimeSpan.FromSeconds(5));
            Assert.That(ann.Take(), Is.EqualTo([new SignalingEvent.SignalExpired(Ben)]));
        }

        Assert.That(meeting.Clock.ActiveTimers, Is.Zero, "no timer is left");
    }

    [TestCase(SignalKind.Hangup)]
    [TestCase(SignalKind.Reject)]
    public async Task What_ends_a_negotiation_does_not_wait(SignalKind kind)
    {
        using Meeting meeting = Create();
        Peer ann = await ConnectAsync(meeting, "ann");
        Assert.That(await SendAsync(ann, "1", kind), Is.EqualTo(SignalingErrorCode.TargetNotFound));
        Assert.That((await ConnectAsync(meeting, "ben")).Take(), Is.Empty);
    }

    [Test]
    public async Task Nothing_waits_for_the_sender_itself_nor_in_an_application_that_does_not_say_so()
    {
        using Meeting meeting = Create();
        Peer ann = await ConnectAsync(meeting, "ben");
        Assert.That(await SendAsync(ann, "1"), Is.EqualTo(SignalingErrorCode.TargetNotFound));
        Peer far = await meeting.ConnectAsync(application: "plain");
        Assert.That(await SendAsync(far, "1"), Is.EqualTo(SignalingErrorCode.TargetNotFound));
        Peer stranger = await meeting.ConnectAsync();
        Assert.That(await SendAsync(stranger, "1"), Is.EqualTo(SignalingErrorCode.NotPermitted));
    }

    [Test]
    public async Task A_signal_of_one_that_has_gone_still_arrives_and_its_end_harms_nobody()
    {
        using Meeting meeting = Create();
        Peer ann = await ConnectAsync(meeting, "ann");
        await SendAsync(ann, "1");
        ann.Session.Dispose();
        Assert.That((await ConnectAsync(meeting, "ben")).Take(), Has.Count.EqualTo(1));
        Peer cat = await ConnectAsync(meeting, "cat");
        Assert.That((await cat.Session.SendSignalAsync(null, SessionId.Parse("dan"), SignalKind.Offer, Text.Bytes("1"))).IsSuccess);
        cat.Session.Dispose();
        meeting.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That(cat.Take(), Is.Empty);
    }

    [TestCase(3, 100, 100, 100, 100)]
    [TestCase(100, 3, 100, 100, 100)]
    [TestCase(100, 100, 3, 100, 100)]
    [TestCase(100, 100, 100, 3, 100)]
    [TestCase(100, 100, 100, 100, 3)]
    public async Task Each_limit_refuses_what_is_too_much_and_frees_what_it_counts(int perTarget, int perSender, int bytesPerSender, int all, int bytes)
    {
        using Meeting meeting = Create(options =>
        {
            options.MaxPerTarget = perTarget;
            options.MaxPerSender = perSender;
            options.MaxBytesPerSender = bytesPerSender;
            options.MaxSignals = all;
            options.MaxBytes = bytes;
        });
        Peer ann = await ConnectAsync(meeting, "ann");
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 3; i++)
            {
                Assert.That(await SendAsync(ann, "1"), Is.Null);
            }

            SignalingResult refused = await ann.Session.SendSignalAsync(null, Ben, SignalKind.Offer, Text.Bytes("1"));
            Assert.That(refused.Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
            Assert.That(refused.Error?.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(5)));
            if (round == 0)
            {
                meeting.Clock.Advance(TimeSpan.FromSeconds(5));
                Assert.That(ann.Take(), Has.Count.EqualTo(1));
            }
            else
            {
                Peer ben = await ConnectAsync(meeting, "ben");
                Assert.That(ben.Take(), Has.Count.EqualTo(3));
                ben.Session.Dispose();
            }
        }
    }

    [Test]
    public async Task Whoever_sends_while_the_target_comes_and_goes_is_heard_in_order_and_never_twice()
    {
        const int Count = 3_000;
        using Meeting meeting = Create(static options =>
        {
            options.MaxPerTarget = Count;
            options.MaxPerSender = Count;
        });
        Peer ann = await ConnectAsync(meeting, "ann");
        var visits = new List<Peer>();
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < Count; i++)
            {
                Assert.That(await SendAsync(ann, i.ToString(System.Globalization.CultureInfo.InvariantCulture)), Is.Null);
            }
        });
        while (!sending.IsCompleted)
        {
            Peer ben = await ConnectAsync(meeting, "ben");
            visits.Add(ben);
            await Task.Yield();
            ben.Session.Dispose();
        }

        await sending;
        visits.Add(await ConnectAsync(meeting, "ben"));
        int[] heard = [.. visits.SelectMany(static visit => visit.Take<SignalingEvent.SignalReceived>())
            .Select(static signal => int.Parse(Text.Of(signal.Payload), System.Globalization.CultureInfo.InvariantCulture))];
        Assert.That(heard, Is.Ordered.Ascending);
        Assert.That(heard, Is.Unique);
        Assert.That(heard, Is.Not.Empty);
    }

    [TestCase("Timeout", -1)]
    [TestCase("Timeout", 3_600_001)]
    [TestCase("MaxPerTarget", 0)]
    [TestCase("MaxPerSender", 0)]
    [TestCase("MaxBytesPerSender", 0)]
    [TestCase("MaxSignals", 0)]
    [TestCase("MaxBytes", 0)]
    public void A_wrong_setting_is_named(string name, int value)
    {
        var waiting = new WaitingSignalOptions();
        switch (name)
        {
            case "Timeout":
                waiting.Timeout = TimeSpan.FromMilliseconds(value);
                break;
            default:
                typeof(WaitingSignalOptions).GetProperty(name)!.SetValue(waiting, value);
                break;
        }

        var options = new SignalingOptions { Applications = { ["tea"] = new() { WaitingSignals = waiting } } };
        Assert.That(options.Validate().Single(), Does.StartWith($"Applications:tea:WaitingSignals:{name} must "));
    }

    private static Meeting Create(Action<WaitingSignalOptions>? configure = null)
    {
        var waiting = new WaitingSignalOptions { Timeout = TimeSpan.FromSeconds(5) };
        configure?.Invoke(waiting);
        return new(new()
        {
            Applications =
            {
                ["waits"] = new() { AllowDirectSignals = true, WaitingSignals = waiting },
                ["plain"] = new() { AllowDirectSignals = true },
            },
        });
    }

    private static Task<Peer> ConnectAsync(Meeting meeting, string id) => meeting.ConnectAsync(application: "waits", id: id);

    private static async Task<string?> SendAsync(Peer sender, string payload, SignalKind kind = SignalKind.Offer) =>
        (await sender.Session.SendSignalAsync(null, Ben, kind, Text.Bytes(payload))).Error?.Code;
}
