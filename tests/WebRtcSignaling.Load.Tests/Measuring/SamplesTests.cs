using WebRtcSignaling.Load.Measuring;

namespace WebRtcSignaling.Load.Tests.Measuring;

public sealed class SamplesTests
{
    [TestCase(new[] { 7.0 }, 7)]
    [TestCase(new[] { 9.0, 1, 2 }, 2)]
    [TestCase(new[] { 9.0, 1, 2, 4 }, 3)]
    public void The_median_is_the_middle_one_or_the_mean_of_the_two(double[] values, double expected)
    {
        Samples samples = Of(values);
        Assert.That(samples.Median, Is.EqualTo(expected));
    }

    [Test]
    public void The_spread_goes_from_the_least_to_the_most()
    {
        Samples samples = Of(3, 1, 2);
        Assert.That((samples.Least, samples.Most, samples.Count), Is.EqualTo((1, 3, 3)));
    }

    [Test]
    public void Nothing_has_no_median() => Assert.That(() => new Samples().Median, Throws.InvalidOperationException);

    [TestCase(new[] { 1234.56 }, "1,235")]
    [TestCase(new[] { 1.0, 2, 3 }, "2 (1–3)")]
    public void A_figure_is_shown_with_its_spread_where_there_is_one(double[] values, string expected) =>
        Assert.That(FigureText.Show(Figure.RelayRate, Of(values)), Is.EqualTo(expected));

    [Test]
    public void Every_figure_can_be_shown() =>
        Assert.That(Enum.GetValues<Figure>().Select(static figure => FigureText.Describe(figure).Title), Has.All.Not.Empty);

    private static Samples Of(params double[] values)
    {
        var samples = new Samples();
        foreach (double value in values)
        {
            samples.Add(value);
        }

        return samples;
    }
}
