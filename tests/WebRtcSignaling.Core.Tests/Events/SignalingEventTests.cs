using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Events;

public sealed class SignalingEventTests
{
    private static readonly RoomId Tea = RoomId.Parse("tea");

    [Test]
    public void An_event_is_encoded_once_for_each_dialect()
    {
        var first = new CountingEncoder("first");
        var second = new CountingEncoder("second");
        var left = new SignalingEvent.ClientLeft(Tea, SessionId.Parse("ann"), LeaveReason.Left);
        string[] encoded = [.. new[] { first, second, first, second, first }.Select(encoder => Text.Of(left.GetOrEncode(encoder)))];
        Assert.That(encoded, Is.EqualTo(["first", "second", "first", "second", "first"]));
        Assert.That((first.Count, second.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public void Another_event_is_encoded_anew_also_where_it_says_the_same()
    {
        var encoder = new CountingEncoder("bytes");
        var left = new SignalingEvent.ClientLeft(Tea, SessionId.Parse("ann"), LeaveReason.Left);
        left.GetOrEncode(encoder);
        new SignalingEvent.ClientLeft(Tea, SessionId.Parse("ann"), LeaveReason.Left).GetOrEncode(encoder);
        Assert.That(encoder.Count, Is.EqualTo(2));
    }

    [Test]
    public void Events_are_equal_when_the_same_happened_encoded_or_not()
    {
        var left = new SignalingEvent.ClientLeft(Tea, SessionId.Parse("ann"), LeaveReason.Left);
        SignalingEvent same = left with { };
        left.GetOrEncode(new CountingEncoder("bytes"));
        Assert.Multiple(() =>
        {
            Assert.That(same, Is.EqualTo(left));
            Assert.That(same.GetHashCode(), Is.EqualTo(left.GetHashCode()));
            Assert.That(left with { Reason = LeaveReason.Kicked }, Is.Not.EqualTo(left));
            Assert.That<SignalingEvent>(new SignalingEvent.OwnerChanged(Tea, SessionId.Parse("ann")), Is.Not.EqualTo(left));
        });
    }

    [Test]
    public async Task Everybody_in_a_room_hears_the_same_object()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync(), cat = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        await cat.JoinAsync("tea");
        ann.Take();
        ben.Take();
        await cat.SayAsync("tea", "1");
        Assert.That(ann.Take().Single(), Is.SameAs(ben.Take().Single()));
    }

    [Test]
    public void The_family_is_closed_and_every_kind_of_it_is_sealed()
    {
        Type[] kinds = [.. typeof(SignalingEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SignalingEvent)))];
        Assert.That(kinds, Is.Not.Empty.And.All.Matches<Type>(kind => kind.IsSealed && kind.DeclaringType == typeof(SignalingEvent)));
    }

    private sealed class CountingEncoder(string name) : IEventEncoder
    {
        public int Count { get; private set; }

        public ReadOnlyMemory<byte> Encode(SignalingEvent signalingEvent)
        {
            Count++;
            return Text.Bytes(name);
        }
    }
}
