using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Events;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>Plays a sequence on the real server and on the model, and compares after each step: answers, what is heard, and what is so.</summary>
internal sealed class SequenceCheck : IDisposable
{
    private readonly Model _model;
    private readonly Played _played;
    private readonly MemberView?[] _views = new MemberView?[World.Names.Length];
    private readonly List<Peer> _gone = [];

    private SequenceCheck(World world)
    {
        _model = new(world);
        _played = new(world);
    }

    /// <summary>What went wrong, at which step; null if nothing did.</summary>
    public static async Task<string?> FailureAsync(World world, IReadOnlyList<Step> steps)
    {
        using var check = new SequenceCheck(world);
        for (int i = 0; i < steps.Count; i++)
        {
            try
            {
                if (check._model.CanDo(steps[i]) && await check.DoAsync(steps[i]) is { } difference)
                {
                    return $"At step {i}, {steps[i]}: {difference}";
                }
            }
            catch (Exception exception)
            {
                return $"At step {i}, {steps[i]}: {exception}";
            }
        }

        return check.OrderDifference() ?? check.EndDifference();
    }

    public void Dispose() => _played.Dispose();

    private async Task<string?> DoAsync(Step step)
    {
        Peer? before = step.By == Step.Host ? null : _played.Peer(step.By);
        string? expected = _model.Do(step), actual = await _played.DoAsync(step);
        if (expected != actual)
        {
            return $"the answer is {actual ?? "success"}, not {expected ?? "success"}.";
        }

        if (step.Kind == StepKind.Connect && actual is null)
        {
            _views[step.By] = new(_played.Peer(step.By)!.Id);
            _gone.AddRange(before is null ? [] : [before]);
        }

        return HeardDifference(step) ?? RoomsDifference();
    }

    private string? HeardDifference(Step step)
    {
        IReadOnlyList<SignalingEvent>[] heard =
            [.. World.Names.Select((_, i) => _played.Peer(i)?.Take() ?? [])];

        // Whoever asks hears the calls that begin in their order; the others hear parts of it.
        _played.Number(step.By == Step.Host ? [] : heard[step.By]);
        foreach (SignalingEvent[] events in heard.Select(events => events.ToArray()))
        {
            _played.Number(events);
        }

        for (int i = 0; i < heard.Length; i++)
        {
            IEnumerable<string> expected = HeardText.Arrange(_model.Session(i)?.Hears ?? []);
            IEnumerable<string> actual = HeardText.Arrange(heard[i].Select(one => HeardText.Of(one, _played.NumberOf)));
            if (!expected.SequenceEqual(actual))
            {
                return $"{World.Names[i]} hears\n  {string.Join("\n  ", actual)}\nand not\n  {string.Join("\n  ", expected)}";
            }

            foreach (SignalingEvent one in heard[i])
            {
                _views[i]!.Hear(one);
            }

            bool ended = _model.Session(i)?.Ended ?? false;
            if (_played.Peer(i)?.Closes.Count is { } closes && closes != (ended ? 1 : 0))
            {
                return $"{World.Names[i]} ended {closes} times.";
            }
        }

        return _gone.Any(peer => peer.Take().Count > 0 || peer.Closes.Count != 1) ? "somebody hears after its end." : null;
    }

    private string? RoomsDifference()
    {
        string[] expected = [.. _model.Rooms.Select(room => room.ToString()).Order(StringComparer.Ordinal)];
        IReadOnlyList<RoomSnapshot> rooms = _played.Host.Rooms;
        string[] actual = [.. rooms.Select(RoomText.Of).Order(StringComparer.Ordinal)];
        if (!expected.SequenceEqual(actual))
        {
            return $"the rooms are\n{string.Join("\n", actual)}\nand not\n{string.Join("\n", expected)}";
        }

        for (int i = 0; i < _views.Length; i++)
        {
            if (_views[i] is not { } view || _model.Session(i)!.Ended)
            {
                continue;
            }

            SessionId id = _played.Peer(i)!.Id;
            IEnumerable<string> seen = view.Rooms.Values.Select(RoomText.Of).Order(StringComparer.Ordinal);
            IEnumerable<string> there = rooms.Where(room => room.Members.Any(member => member.ClientId == id)).Select(RoomText.Of)
                .Order(StringComparer.Ordinal);
            if (!seen.SequenceEqual(there))
            {
                return $"{id} believes\n{string.Join("\n", seen)}\nand not\n{string.Join("\n", there)}";
            }
        }

        return _played.Meeting.Server.SessionCount == _model.Alive.Count() ? null : "the sessions are miscounted.";
    }

    /// <summary>Whether any two heard what both heard in different orders.</summary>
    private string? OrderDifference()
    {
        List<SignalingEvent>[] heard = [.. _views.OfType<MemberView>().Select(view => view.Shared)];
        for (int i = 0; i < heard.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                var other = new HashSet<SignalingEvent>(heard[j], ReferenceEqualityComparer.Instance);
                List<SignalingEvent> both = heard[i].FindAll(other.Contains);
                other = new(both, ReferenceEqualityComparer.Instance);
                if (!both.SequenceEqual(heard[j].Where(other.Contains), ReferenceEqualityComparer.Instance))
                {
                    return "two members heard the same events in different orders.";
                }
            }
        }

        return null;
    }

    /// <summary>Whether anything is left when all is over.</summary>
    private string? EndDifference()
    {
        Meeting meeting = _played.Meeting;
        meeting.Dispose();
        return (meeting.Server.SessionCount, meeting.Server.Default.Rooms.Count, meeting.Clock.UndisposedTimers) == (0, 0, 0)
            ? null
            : "something is left after the end.";
    }
}
