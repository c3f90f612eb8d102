using System.Xml.Linq;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Reporting;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Tests.Reporting;

public sealed class ReportTests
{
    private static readonly Target[] _targets = [Targets.Find("native"), Targets.Find("bun"), Targets.Find("peer")];

    private static readonly Section[] _sections =
    [
        new("Relay & more", [Figure.RelayCpu, Figure.RelayRate], HasRatio: true, IsCharted: true),
        new("Rooms", [Figure.FanOutCpu]),
    ];

    [Test]
    public void A_table_ranks_the_servers_and_says_how_the_native_one_compares()
    {
        Results results = MakeResults();
        Assert.That(MarkdownReport.Write(_sections[..1], _targets, results).ReplaceLineEndings("\n"), Is.EqualTo(
            """
            ### Relay & more

            | server | CPU a signal, µs | native : this | signals, /s |
            |---|---:|---:|---:|
            | WebRtcSignaling, ready server | 6.00 (5.00–7.00) | 1 | 100,000 |
            | uWebSockets under Bun | 8.00 | 0.75 | – |
            | PeerJS' server under Node | 12.00 | 0.50 | – |


            """.ReplaceLineEndings("\n") + $"WebRtcSignaling, ready server, beside its defaults: {_targets[0].Settings}.\n"));
    }

    [Test]
    public void What_was_not_measured_is_not_shown() =>
        Assert.That(MarkdownReport.Write(_sections, _targets, MakeResults()), Does.Not.Contain("Rooms"));

    [Test]
    public void There_is_no_ratio_without_the_native_server() =>
        Assert.That(MarkdownReport.Write(_sections, _targets, MakeResults(hasNative: false)), Does.Not.Contain("native : this"));

    [Test]
    public void The_chart_is_a_picture_with_a_bar_of_the_right_length_for_each_server()
    {
        XDocument picture = XDocument.Parse(BarChart.Draw(_sections, _targets, MakeResults()));
        XNamespace svg = "http://www.w3.org/2000/svg";
        double[] bars = [.. picture.Descendants(svg + "rect").Where(static bar => bar.Attribute("rx") is not null).Select(static bar => (double)bar.Attribute("width")!)];
        string[] texts = [.. picture.Descendants(svg + "text").Select(static text => text.Value)];
        Assert.Multiple(() =>
        {
            Assert.That(bars, Has.Length.EqualTo(3));
            Assert.That(bars[0] / bars[2], Is.EqualTo(0.5).Within(0.01));
            Assert.That(bars[1] / bars[2], Is.EqualTo(8.0 / 12).Within(0.01));
            Assert.That(texts, Has.One.StartsWith("Relay & more").And.One.EqualTo("PeerJS' server under Node").And.One.EqualTo("6.00"));
        });
    }

    private static Results MakeResults(bool hasNative = true)
    {
        var results = new Results();
        if (hasNative)
        {
            results.Add("native", Figure.RelayCpu, 5);
            results.Add("native", Figure.RelayCpu, 7);
            results.Add("native", Figure.RelayRate, 100_000);
        }

        results.Add("bun", Figure.RelayCpu, 8);
        results.Add("peer", Figure.RelayCpu, 12);
        return results;
    }
}
