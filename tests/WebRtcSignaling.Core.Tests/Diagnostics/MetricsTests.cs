using System.Diagnostics;
using System.Diagnostics.Metrics;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.Diagnostics;

public sealed class MetricsTests
{
    private static readonly RoomId Tea = RoomId.Parse("tea");

    [Test]
    public async Task Sessions_and_rooms_are_counted_up_and_down()
    {
        using var counts = new Counts();
        using var meeting = new Meeting(meters: counts);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ann.CreateAsync("milk");
        await ben.JoinAsync("tea");
        Assert.That((counts["signaling.sessions"], counts["signaling.rooms"]), Is.EqualTo((2, 2)));
        ann.Session.Close(new(SessionCloseReason.Left));
        Assert.That((counts["signaling.sessions"], counts["signaling.rooms"]), Is.EqualTo((1, 1)));
        ben.Session.Close(new(SessionCloseReason.Left));
        Assert.That((counts["signaling.sessions"], counts["signaling.rooms"]), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Whoever_begins_to_listen_later_hears_what_there_is()
    {
        using var meters = new SilentMeters();
        using var meeting = new Meeting(meters: meters);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        Assert.That(ben.Session.Resumption.Suspend().IsSuccess, Is.True);
        ann.Session.Close(new(SessionCloseReason.Left));
        await ben.CreateAsync("milk");
        var heard = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == meters.Meter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => heard[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.That(heard, Is.EquivalentTo(new Dictionary<string, long>
        {
            ["signaling.sessions"] = 1, ["signaling.sessions.suspended"] = 1, ["signaling.rooms"] = 1,
        }));
    }

    [Test]
    public async Task Signals_and_messages_are_counted_when_they_pass()
    {
        using var counts = new Counts();
        using var meeting = new Meeting(meters: counts);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        var call = (await ann.Session.Calls.StartAsync(Tea, ben.Id)).Value;
        await ann.SignalAsync("tea", ben);
        await ann.SignalAsync("nowhere", ben);
        await ann.Session.Calls.SendSignalAsync(call, SignalKind.Offer, default);
        await ben.Session.Calls.AcceptAsync(call);
        await ann.Session.Calls.SendSignalAsync(call, SignalKind.Offer, default);
        await ann.SayAsync("tea", "1");
        await ann.SayAsync("nowhere", "1");
        Assert.That((counts["signaling.signals"], counts["signaling.messages"]), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task Each_refusal_is_counted_once_under_its_code()
    {
        using var counts = new Counts();
        using var meeting = new Meeting(new() { Sessions = { MaxSessions = 3 } }, meters: counts);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync(), eve = await meeting.ConnectAsync();
        await meeting.TryConnectAsync(new Peer());
        await meeting.TryConnectAsync(new Peer(), application: "nowhere");
        await ann.CreateAsync("tea", new() { Locked = true });
        await ben.CreateAsync("tea");
        await ben.JoinAsync("tea");
        await ben.JoinAsync("milk");
        ben.Leave("tea");
        await eve.SignalAsync("tea", ann);
        await eve.SignalAsync(null, ann);
        await ann.KickAsync("tea", eve);
        ann.Session.Calls.HangUp(CallId.Create());
        eve.Session.Groups.Leave("g");
        await ann.Session.Rooms.UpdateAsync(Tea, new() { Capacity = 0 });
        await ann.Session.Rooms.BanAsync(Tea, new());
        await ann.Session.SetUsernameAsync("");
        Assert.That(counts.Rejections, Is.EquivalentTo(new Dictionary<string, long>
        {
            [SignalingErrorCode.LimitExceeded] = 1,
            [SignalingErrorCode.ApplicationNotExists] = 1,
            [SignalingErrorCode.RoomExists] = 1,
            [SignalingErrorCode.RoomLocked] = 1,
            [SignalingErrorCode.RoomNotExists] = 1,
            [SignalingErrorCode.NotInRoom] = 2,
            [SignalingErrorCode.NotPermitted] = 1,
            [SignalingErrorCode.TargetNotFound] = 1,
            [SignalingErrorCode.CallNotFound] = 1,
            [SignalingErrorCode.NotInGroup] = 1,
            [SignalingErrorCode.InvalidArgument] = 3,
        }));
    }

    [Test]
    public async Task Closes_are_counted_once_by_reason()
    {
        using var counts = new Counts();
        var meeting = new Meeting(meters: counts);
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await meeting.ConnectAsync();
        ann.Session.Close(new(SessionCloseReason.HeartbeatTimeout));
        ann.Session.Close(new(SessionCloseReason.Left));
        ben.Session.Dispose();
        meeting.Dispose();
        Assert.That(counts.Closes, Is.EquivalentTo(
            new Dictionary<string, long> { ["HeartbeatTimeout"] = 1, ["Left"] = 1, ["ServerStopping"] = 1 }));
    }

    [Test]
    public async Task Activities_name_the_operation_and_nobody()
    {
        var seen = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "WebRtcSignaling",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (seen)
                {
                    seen.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var root = new Activity("test").Start();
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync("Ann");
        await ann.CreateAsync("tea");
        await ann.JoinAsync("milk");
        Activity[] own;
        lock (seen)
        {
            own = [.. seen.Where(activity => activity.TraceId == root.TraceId)];
        }

        Assert.That(own.Select(activity => activity.OperationName), Is.EqualTo(["session.connect", "room.create", "room.join"]));
        Assert.That(own.SelectMany(activity => activity.TagObjects), Is.Empty);
    }

    /// <summary>Makes a meter that nobody listens to yet.</summary>
    private sealed class SilentMeters : IMeterFactory
    {
        public Meter? Meter { get; private set; }

        public Meter Create(MeterOptions options) => Meter = new Meter(options);

        public void Dispose() => Meter?.Dispose();
    }

    /// <summary>The server's own meter, and what its instruments add up to.</summary>
    private sealed class Counts : ListeningMeterFactory
    {
        private readonly Dictionary<string, long> _sums = [];

        public Dictionary<string, long> Rejections => Under("signaling.rejections/code=");

        public Dictionary<string, long> Closes => Under("signaling.closes/reason=");

        public long this[string instrument]
        {
            get
            {
                Ask();
                lock (_sums)
                {
                    return _sums.GetValueOrDefault(instrument);
                }
            }
        }

        protected override void Hear(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string name = instrument.Name + (tags.IsEmpty ? "" : $"/{tags[0].Key}={tags[0].Value}");
            lock (_sums)
            {
                _sums[name] = instrument.IsObservable ? value : _sums.GetValueOrDefault(name) + value;
            }
        }

        private Dictionary<string, long> Under(string prefix)
        {
            lock (_sums)
            {
                return _sums.Where(sum => sum.Key.StartsWith(prefix, StringComparison.Ordinal))
                    .ToDictionary(sum => sum.Key[prefix.Length..], sum => sum.Value);
            }
        }
    }
}
