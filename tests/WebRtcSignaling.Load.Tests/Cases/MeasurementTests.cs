using WebRtcSignaling.Load.Cases;

namespace WebRtcSignaling.Load.Tests.Cases;

public sealed class MeasurementTests
{
    [Test]
    public void Two_stretches_of_time_are_measured_as_one()
    {
        Measurement sum = Measurements.Make(deliveries: 300, cpu: 0.3, latency: 1_000).With(Measurements.Make(deliveries: 100, cpu: 0.5, latency: 9_000));
        Assert.Multiple(() =>
        {
            Assert.That(sum.Deliveries, Is.EqualTo(400));
            Assert.That(sum.Rate, Is.EqualTo(200));
            Assert.That(sum.ServerMicroseconds, Is.EqualTo(2_000));
            Assert.That(sum.P50, Is.EqualTo(1).Within(2).Percent);
            Assert.That(sum.P99, Is.EqualTo(9).Within(2).Percent);
            Assert.That(sum.P999, Is.EqualTo(sum.P99));
        });
    }

    [Test]
    public void The_two_stay_as_they_were()
    {
        Measurement one = Measurements.Make(deliveries: 300, cpu: 0.3, latency: 1_000);
        one.With(Measurements.Make(deliveries: 100, cpu: 0.5, latency: 9_000));
        Assert.That(one.Latencies.Count, Is.EqualTo(300));
    }
}
