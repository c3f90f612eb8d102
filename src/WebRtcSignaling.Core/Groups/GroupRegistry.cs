using WebRtcSignaling.Events;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Groups;

/// <summary>Who is in which group of an application. A group exists while somebody is in it. Safe for concurrent use.</summary>
internal sealed class GroupRegistry
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<SignalingSession>> _groups = new(StringComparer.Ordinal);

    public void Join(string group, SignalingSession session)
    {
        lock (_lock)
        {
            if (!_groups.TryGetValue(group, out HashSet<SignalingSession>? members))
            {
                _groups.Add(group, members = []);
            }

            members.Add(session);
        }
    }

    public void Leave(string group, SignalingSession session)
    {
        lock (_lock)
        {
            if (_groups.TryGetValue(group, out HashSet<SignalingSession>? members) && members.Remove(session) && members.Count == 0)
            {
                _groups.Remove(group);
            }
        }
    }

    /// <summary>Tells all who are in the group, in one order for all groups, because one lock holds them all.</summary>
    /// <param name="group">The group.</param>
    /// <param name="except">Who does not hear it.</param>
    /// <param name="signalingEvent">What they hear.</param>
    public void Tell(string group, SignalingSession? except, SignalingEvent signalingEvent)
    {
        lock (_lock)
        {
            if (_groups.TryGetValue(group, out HashSet<SignalingSession>? members))
            {
                foreach (SignalingSession member in members)
                {
                    if (!ReferenceEquals(member, except))
                    {
                        member.Deliver(signalingEvent);
                    }
                }
            }
        }
    }
}
