using System.Collections.Concurrent;
using WebRtcSignaling.Errors;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>Invariants 1 to 3 over generated sequences, against a model of lists and sets.</summary>
[CancelAfter(1_800_000)]
public sealed class RoomPropertyTests
{
    [Test]
    public async Task Every_sequence_of_steps_answers_tells_and_ends_as_the_model_says(CancellationToken cancellationToken)
    {
        TestContext.Out.WriteLine($"PROPERTY_SEED={PropertySettings.Seed}, {PropertySettings.Sequences} sequences");
        var failing = new ConcurrentQueue<int>();
        IEnumerable<int> seeds = Enumerable.Range(0, PropertySettings.Sequences).Select(i => PropertySettings.Seed + i);
        await Parallel.ForEachAsync(
            seeds,
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken },
            async (seed, _) =>
            {
                if (failing.IsEmpty && await SequenceCheck.FailureAsync(World.Of(seed), StepGenerator.Sequence(seed)) is not null)
                {
                    failing.Enqueue(seed);
                }
            });
        if (failing.TryDequeue(out int failed))
        {
            Assert.Fail(await DescribeAsync(failed));
        }
    }

    [Test]
    public async Task A_failing_sequence_is_shrunk_to_the_steps_that_matter()
    {
        List<Step> steps = StepGenerator.Sequence(1);
        Step[] needed = [steps[3], steps[^1]];
        List<Step> shrunk = await Shrinker.ShrinkAsync(steps, shorter => Task.FromResult(needed.All(shorter.Contains)));
        Assert.That(shrunk, Is.EqualTo(needed));
    }

    [Test]
    public void The_same_seed_draws_the_same_sequence_and_others_draw_every_kind()
    {
        List<Step> first = StepGenerator.Sequence(7), second = StepGenerator.Sequence(7);
        Assert.That(second, Is.EqualTo(first));
        Assert.That(
            Enumerable.Range(0, 50).SelectMany(StepGenerator.Sequence).Select(step => step.Kind).Distinct(),
            Is.EquivalentTo(Enum.GetValues<StepKind>()));
    }

    [Test]
    public void The_sequences_meet_every_refusal_and_carry_out_every_kind_of_step()
    {
        var met = new Dictionary<(StepKind Kind, string? Code), int>();
        for (int seed = 0; seed < 2_000; seed++)
        {
            var model = new Model(World.Of(seed));
            foreach (Step step in StepGenerator.Sequence(seed).Where(model.CanDo))
            {
                (StepKind, string?) outcome = (step.Kind, model.Do(step));
                met[outcome] = met.GetValueOrDefault(outcome) + 1;
            }
        }

        TestContext.Out.WriteLine(string.Join("\n", met.Select(pair => $"{pair.Key.Kind} {pair.Key.Code ?? "done"}: {pair.Value}").Order()));
        string[] beyondTheModel =
        [
            SignalingErrorCode.InvalidMessage, SignalingErrorCode.UnknownType, SignalingErrorCode.ApplicationNotExists,
            SignalingErrorCode.ServerStopping, SignalingErrorCode.InternalError, SignalingErrorCode.InvalidTicket,
            SignalingErrorCode.RoomClosing,
            SignalingErrorCode.RateLimited,
            SignalingErrorCode.NotResumable, SignalingErrorCode.OutOfSequence,
        ];
        IEnumerable<string?> codes = typeof(SignalingErrorCode).GetFields().Select(field => (string?)field.GetValue(null));
        Assert.Multiple(() =>
        {
            Assert.That(met.Keys.Select(one => one.Code).OfType<string>().Distinct(), Is.EquivalentTo(codes.Except(beyondTheModel)));
            Assert.That(Enum.GetValues<StepKind>().Where(kind => met.GetValueOrDefault((kind, null)) < 100), Is.Empty, "done too rarely");
        });
    }

    private static async Task<string> DescribeAsync(int seed)
    {
        var world = World.Of(seed);
        List<Step> steps = await Shrinker.ShrinkAsync(
            StepGenerator.Sequence(seed), async shorter => await SequenceCheck.FailureAsync(world, shorter) is not null);
        string? failure = await SequenceCheck.FailureAsync(world, steps);
        return $"""
            Replay with PROPERTY_SEED={seed} PROPERTY_SEQUENCES=1.
            {world}
            {string.Join("\n", steps.Select((step, i) => $"{i}: {step}"))}
            {failure}
            """;
    }
}
