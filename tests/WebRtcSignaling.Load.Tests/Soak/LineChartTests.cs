using System.Xml.Linq;
using WebRtcSignaling.Load.Soak;

namespace WebRtcSignaling.Load.Tests.Soak;

public sealed class LineChartTests
{
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    [Test]
    public void Every_figure_is_a_line_through_all_samples_within_the_picture()
    {
        SoakSample[] samples = [.. Enumerable.Range(0, 60).Select(static i => SampleAt(i, heap: 50_000_000))];
        XElement chart = Draw(samples);
        XElement[] lines = [.. chart.Elements(_svg + "polyline")];
        Assert.That(lines, Has.Length.EqualTo(SoakSeries.All.Count));
        double width = (double)chart.Attribute("width")!, height = (double)chart.Attribute("height")!;
        foreach (XElement line in lines)
        {
            double[][] points = [.. ((string)line.Attribute("points")!).Split(' ').Select(static point => point.Split(',').Select(static number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];
            Assert.Multiple(() =>
            {
                Assert.That(points, Has.Length.EqualTo(samples.Length));
                Assert.That(points.Select(static point => point[0]), Is.Ordered.And.All.InRange(0, width));
                Assert.That(points.Select(static point => point[1]), Is.All.InRange(0, height));
            });
        }
    }

    [Test]
    public void Only_what_grows_is_red_and_says_so()
    {
        XElement chart = Draw([.. Enumerable.Range(0, 60).Select(static i => SampleAt(i, heap: 50_000_000 + (i * 1_000_000)))]);
        Assert.Multiple(() =>
        {
            Assert.That(chart.Elements(_svg + "polyline").Count(static line => (string)line.Attribute("stroke")! == "#cf222e"), Is.EqualTo(1));
            Assert.That(chart.Elements(_svg + "text").Select(static text => text.Value), Has.One.EqualTo("heap after a collection, MB: grows"));
        });
    }

    [Test]
    public void The_verdicts_medians_are_drawn_for_what_is_judged()
    {
        XElement chart = Draw([.. Enumerable.Range(0, 60).Select(static i => SampleAt(i, heap: 1))]);
        int judged = SoakSeries.All.Count(static series => series.Tolerance is not null);
        Assert.That(chart.Elements(_svg + "path").Count(static path => path.Attribute("stroke-dasharray") is not null), Is.EqualTo(4 * judged));
    }

    [Test]
    public void The_table_and_the_samples_have_a_line_each()
    {
        SoakSample[] samples = [.. Enumerable.Range(0, 20).Select(static i => SampleAt(i, heap: 2_500_000 + (i * 1_000_000)))];
        string table = SoakReport.Table(SoakVerdict.Of(samples));
        string[] lines = SoakReport.Samples(samples).TrimEnd().Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(table, Does.Contain("| heap after a collection, MB | ").And.Contain("| GROWS |").And.Contain("| threads | 12.0, 12.0, 12.0, 12.0 | 23.0 | steady |"));
            Assert.That(lines, Has.Length.EqualTo(21));
            Assert.That(lines[2], Is.EqualTo("1.0,90000000,3500000,12,80,4,2,0,1,10"));
            Assert.That(lines.Select(static line => line.Split(',').Length), Is.All.EqualTo(10));
        });
    }

    private static XElement Draw(SoakSample[] samples) => XElement.Parse(LineChart.Draw(samples, SoakVerdict.Of(samples)));

    private static SoakSample SampleAt(int second, long heap) =>
        new(TimeSpan.FromSeconds(second), ResidentBytes: 90_000_000, Threads: 12, Handles: 80, new ProbeReading(heap, Sessions: 4, Rooms: 2, OutboxBytes: 0, Signals: second), Visits: second * 10);
}
