namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>Draws sequences of steps. The same seed gives the same sequence.</summary>
internal static class StepGenerator
{
    // What gathers people is drawn more often than what scatters them, so that most steps find somebody to act on.
    private static readonly (StepKind Kind, int Weight)[] Weights =
    [
        (StepKind.Connect, 6), (StepKind.Vanish, 2), (StepKind.Create, 4), (StepKind.Join, 20), (StepKind.JoinOrCreate, 12),
        (StepKind.Leave, 3), (StepKind.Close, 1), (StepKind.Update, 5), (StepKind.Kick, 3), (StepKind.Ban, 3), (StepKind.BanName, 2),
        (StepKind.Unban, 3), (StepKind.UnbanName, 2), (StepKind.SetRole, 5), (StepKind.RoomFields, 3), (StepKind.MemberFields, 3),
        (StepKind.SessionFields, 3), (StepKind.Toggle, 3), (StepKind.Presence, 3), (StepKind.Message, 4), (StepKind.MessageTo, 3),
        (StepKind.Signal, 4), (StepKind.DirectSignal, 2), (StepKind.DirectMessage, 2), (StepKind.StartCall, 10), (StepKind.Accept, 10),
        (StepKind.Reject, 4), (StepKind.HangUp, 3), (StepKind.CallSignal, 8), (StepKind.JoinGroup, 3), (StepKind.LeaveGroup, 1),
        (StepKind.GroupMessage, 3), (StepKind.Advance, 5),
    ];

    private static readonly StepKind[] Drawn = [.. Weights.SelectMany(weight => Enumerable.Repeat(weight.Kind, weight.Weight))];

    public static List<Step> Sequence(int seed)
    {
        var random = new Random(seed);
        var steps = new List<Step>();
        for (int i = 0; i < World.MaxSessions; i++)
        {
            steps.Add(Draw(random) with { Kind = StepKind.Connect, By = i });
            steps.Add(Draw(random) with { Kind = i == 0 ? StepKind.Create : StepKind.Join, By = i, Room = 0 });
        }

        for (int length = random.Next(20, 80); length > 0; length--)
        {
            Step step = Draw(random);
            steps.Add(step);
            if (random.Next(2) == 0 && Answer(random, step) is { } answer)
            {
                steps.Add(answer);
            }
        }

        return steps;
    }

    /// <summary>What somebody is likely to do next, so that this is not left to chance alone.</summary>
    private static Step? Answer(Random random, Step step) => step.Kind switch
    {
        StepKind.StartCall => step with { Kind = random.Next(3) == 0 ? StepKind.Reject : StepKind.Accept, By = step.Target, Variant = 2 },
        StepKind.Accept => step with { Kind = StepKind.CallSignal },
        StepKind.Ban => step with { Kind = StepKind.Unban },
        StepKind.BanName => step with { Kind = StepKind.UnbanName },
        StepKind.JoinGroup => step with { Kind = random.Next(2) == 0 ? StepKind.LeaveGroup : StepKind.GroupMessage },
        StepKind.Vanish => step with { Kind = StepKind.Connect },
        _ => null,
    };

    private static Step Draw(Random random) => new(
        Drawn[random.Next(Drawn.Length)],
        random.Next(12) == 0 ? Step.Host : random.Next(World.Names.Length),
        random.Next(World.Names.Length),
        random.Next(4) == 0 ? random.Next(World.Rooms.Length) : 0,
        random.Next(1_000));
}
