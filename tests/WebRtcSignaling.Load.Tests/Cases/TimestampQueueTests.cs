using WebRtcSignaling.Load.Cases;

namespace WebRtcSignaling.Load.Tests.Cases;

public sealed class TimestampQueueTests
{
    [Test]
    public void Times_come_out_in_their_order_however_often_the_queue_goes_round()
    {
        var queue = new TimestampQueue(4);
        queue.Enqueue(0);
        for (long time = 1; time < 1_000; time++)
        {
            queue.Enqueue(time);
            Assert.That(queue.Dequeue(), Is.EqualTo(time - 1));
        }

        Assert.That(queue.Count, Is.EqualTo(1));
    }

    [Test]
    public void A_server_that_does_not_keep_up_is_noticed()
    {
        var queue = new TimestampQueue(2);
        queue.Enqueue(1);
        queue.Enqueue(2);
        Assert.That(() => queue.Enqueue(3), Throws.InstanceOf<LoadException>());
    }

    [Test]
    public void A_signal_that_arrives_twice_is_noticed()
    {
        var queue = new TimestampQueue(2);
        queue.Enqueue(1);
        queue.Dequeue();
        Assert.That(() => queue.Dequeue(), Throws.InstanceOf<LoadException>());
    }
}
