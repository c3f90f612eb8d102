using WebRtcSignaling.Load.Cases;
using WebRtcSignaling.Load.Command;
using WebRtcSignaling.Load.Dialects;
using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Tests.Cases;

namespace WebRtcSignaling.Load.Tests.Command;

[Platform("Linux")]
public sealed class PacedStretchTests
{
    private static readonly TimeSpan _part = TimeSpan.FromMilliseconds(100);

    [Test]
    public async Task The_parts_of_a_stretch_are_measured_as_one()
    {
        await using var server = new RelayServer();
        using var client = new LoadClient(server.Address, new JsonDialect());
        client.Connect(2, 2);
        var stretch = new PacedStretch(new RelayLoad(client, 2, bytes: 300, WatchedProcess.Own), rate: 200);
        Assert.That(() => stretch.Measured, Throws.InvalidOperationException);

        stretch.Run(_part);
        RelayMeasurement first = stretch.Measured;
        stretch.Run(_part);

        Assert.Multiple(() =>
        {
            Assert.That(stretch.Measured.Signals, Is.GreaterThan(first.Signals));
            Assert.That(stretch.Measured.Latencies.Count, Is.EqualTo(stretch.Measured.Signals));
            Assert.That(stretch.Measured.Usage.Elapsed, Is.GreaterThanOrEqualTo(2 * _part));
        });
    }
}
