using System.Collections.Immutable;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Calls;

/// <summary>The calls of one room, with the ways in which they are looked up. Immutable.</summary>
internal sealed record RoomCalls
{
    public static RoomCalls None { get; } = new();

    public ImmutableDictionary<CallId, Call> All { get; private init; } = ImmutableDictionary<CallId, Call>.Empty;

    public int ServerLed { get; private init; }

    /// <summary>When the next ringing call times out.</summary>
    public DateTimeOffset? NextTimeout => Ringing.IsEmpty ? null : Ringing.Min.At;

    private ImmutableDictionary<SessionId, ImmutableHashSet<CallId>> ByParty { get; init; } =
        ImmutableDictionary<SessionId, ImmutableHashSet<CallId>>.Empty;

    private ImmutableSortedSet<Timeout> Ringing { get; init; } = [];

    public RoomCalls Add(Call call) => this with
    {
        All = All.Add(call.Id, call),
        ServerLed = ServerLed + (call.ServerLed ? 1 : 0),
        ByParty = ByParty
            .SetItem(call.Offerer, IdsOf(call.Offerer).Add(call.Id))
            .SetItem(call.Answerer, IdsOf(call.Answerer).Add(call.Id)),
        Ringing = call.RingsUntil is { } at ? Ringing.Add(new(at, call.Id.Value)) : Ringing,
    };

    public RoomCalls Accept(Call call) => this with
    {
        All = All.SetItem(call.Id, call with { Phase = CallPhase.Accepted, RingsUntil = null }),
        Ringing = StopRinging(call),
    };

    public RoomCalls Remove(Call call) => this with
    {
        All = All.Remove(call.Id),
        ServerLed = ServerLed - (call.ServerLed ? 1 : 0),
        ByParty = Without(Without(ByParty, call.Offerer, call.Id), call.Answerer, call.Id),
        Ringing = StopRinging(call),
    };

    /// <summary>The calls that somebody is in.</summary>
    public IEnumerable<Call> Of(SessionId party) => IdsOf(party).Select(id => All[id]);

    /// <summary>How many calls that a client started somebody is in.</summary>
    public int CountClientLed(SessionId party) => Of(party).Count(call => !call.ServerLed);

    /// <summary>The ringing calls whose time is over.</summary>
    public IEnumerable<Call> Overdue(DateTimeOffset now) =>
        Ringing.TakeWhile(timeout => timeout.At <= now).Select(timeout => All[CallId.Parse(timeout.Id)]);

    private ImmutableHashSet<CallId> IdsOf(SessionId party) => ByParty.GetValueOrDefault(party, []);

    private ImmutableSortedSet<Timeout> StopRinging(Call call) =>
        call.RingsUntil is { } at ? Ringing.Remove(new(at, call.Id.Value)) : Ringing;

    private static ImmutableDictionary<SessionId, ImmutableHashSet<CallId>> Without(
        ImmutableDictionary<SessionId, ImmutableHashSet<CallId>> byParty, SessionId party, CallId id)
    {
        ImmutableHashSet<CallId> rest = byParty[party].Remove(id);
        return rest.IsEmpty ? byParty.Remove(party) : byParty.SetItem(party, rest);
    }

    private readonly record struct Timeout(DateTimeOffset At, string Id) : IComparable<Timeout>
    {
        public int CompareTo(Timeout other) => At != other.At ? At.CompareTo(other.At) : string.CompareOrdinal(Id, other.Id);
    }
}
