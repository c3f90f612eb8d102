using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Command;
using WebRtcSignaling.Load.Tests.Cases;

namespace WebRtcSignaling.Load.Tests.Command;

public sealed class StretchTests
{
    [Test]
    public void The_parts_of_a_stretch_are_measured_as_one()
    {
        var parts = new Queue<Measurement>([Measurements.Make(2), Measurements.Make(3)]);

        // Which server it is does not matter to the sum.
        var stretch = new Stretch(server: null!, parts.Dequeue);
        Assert.That(() => stretch.Measured, Throws.InvalidOperationException);

        stretch.Run();
        Assert.That(stretch.Measured.Deliveries, Is.EqualTo(2));
        stretch.Run();

        Assert.Multiple(() =>
        {
            Assert.That(stretch.Measured.Deliveries, Is.EqualTo(5));
            Assert.That(stretch.Measured.Latencies.Count, Is.EqualTo(5));
            Assert.That(stretch.Measured.Usage.Elapsed, Is.EqualTo(2 * Measurements.Second));
        });
    }
}
