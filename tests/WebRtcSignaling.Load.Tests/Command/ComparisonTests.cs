using WebRtcSignaling.Load.Command;
using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Servers;

namespace WebRtcSignaling.Load.Tests.Command;

/// <summary>The comparison with servers as they are, each a process, for as short a time as shows that it measures what it says.</summary>
[Platform("Linux")]
public sealed class ComparisonTests
{
    private const int Rounds = 2;
    private static readonly TimeSpan _short = TimeSpan.FromSeconds(0.1);

    [Test]
    public void Every_figure_of_every_server_is_measured_in_each_round()
    {
        LoadArguments arguments = new()
        {
            Targets = [Targets.Find(Targets.Native), Targets.Find("listener")],
            Cases = LoadCase.All,
            Rounds = Rounds,
            IdleRounds = 1,
            Connections = 4,
            FanOutMembers = 4,
            IdleConnections = 4,
            Rate = 100,
            Turns = 1,
            TurnDuration = _short,
            WarmUp = _short,
            IdleDuration = _short,
        };
        var progress = new StringWriter();

        Results results = new Comparison(arguments, RepositoryRoot.Find(), Cores.Find(), progress).Run();

        Assert.Multiple(() =>
        {
            foreach (Target target in arguments.Targets)
            {
                foreach (Figure figure in Enum.GetValues<Figure>())
                {
                    int count = figure is Figure.SetUpRate or Figure.SetUpCpu or Figure.IdleMemory or Figure.IdleCpu ? 1
                        : figure == Figure.NativeP99AtThatRate && target.Name == Targets.Native ? 0
                        : Rounds;
                    Assert.That(results.TryGet(target.Name, figure, out Samples? samples) ? samples.Count : 0, Is.EqualTo(count), $"{target.Name}, {figure}");
                }

                Assert.That(Median(target, Figure.RelayRate), Is.Positive, target.Name);
                Assert.That(Median(target, Figure.HalfRate), Is.EqualTo(Median(target, Figure.RelayRate) / 2).Within(1).Percent, target.Name);
                Assert.That(progress.ToString(), Does.Contain(target.Title));
            }
        });

        double Median(Target target, Figure figure) => results.TryGet(target.Name, figure, out Samples? samples) ? samples.Median : double.NaN;
    }
}
