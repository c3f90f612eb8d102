using WebRtcSignaling.Calls;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>A room as plain lists, after docs/protocol.md, and what its members hear. Written without a look at how the server does it.</summary>
internal sealed class ModelRoom(string name, World world)
{
    public string Name { get; } = name;

    public RoomSettings Settings { get; set; } = new();

    public string? Password { get; set; }

    public bool Closed { get; set; }

    /// <summary>Whether anybody was ever in it.</summary>
    public bool Visited { get; set; }

    public TimeSpan? ClosesAt { get; set; }

    public ModelFields Fields { get; } = new();

    public ModelThrottle Guesses { get; } = new(World.GuessesPerRoom);

    public List<ModelMember> Members { get; } = [];

    public List<ModelBan> Bans { get; } = [];

    public List<ModelCall> Calls { get; } = [];

    public ModelMember? Owner => Members.Find(member => member.Role == RoomRole.Owner);

    public ModelMember? Find(string id) => Members.Find(member => member.Session.Id == id);

    public bool Allows(ModelMember member, RoomPermissions permission) => member.Role switch
    {
        RoomRole.Owner => true,
        RoomRole.Moderator => world.Moderator.HasFlag(permission),
        _ => world.Member.HasFlag(permission),
    };

    public void TellAll(string text, ModelSession? except = null)
    {
        foreach (ModelMember member in Members.Where(member => member.Session != except))
        {
            Tell(member.Session, text);
        }
    }

    public void Tell(ModelSession session, string text)
    {
        if (!session.Ended)
        {
            session.Hears.Add((Name, text));
        }
    }

    public void EndCall(ModelCall call, CallEndReason reason, string? by)
    {
        Calls.Remove(call);
        Tell(call.Offerer, $"call-ended #{call.Number} {reason} {by}");
        Tell(call.Answerer, $"call-ended #{call.Number} {reason} {by}");
    }

    /// <summary>One member goes, whatever the reason.</summary>
    public void Remove(ModelMember member, LeaveReason reason, bool byRequest, TimeSpan now)
    {
        ModelSession session = member.Session;
        bool owned = member.Role == RoomRole.Owner;
        if (owned && Settings.OwnerLeaves == OwnerLeavesPolicy.Close)
        {
            CloseFor(session, reason, byRequest);
            return;
        }

        foreach (ModelCall call in Calls.Where(call => call.Has(session)).ToList())
        {
            EndCall(call, CallEndReason.Left, session.Id);
        }

        Tell(session, $"room-left {reason} {byRequest}");
        Members.Remove(member);
        session.Rooms.Remove(this);
        TellAll($"client-left {session.Id} {reason}");
        if (owned)
        {
            ModelMember? heir = Settings.OwnerLeaves == OwnerLeavesPolicy.HandOver ? Members.FirstOrDefault() : null;
            if (heir is not null)
            {
                heir.Role = RoomRole.Owner;
            }

            TellAll($"owner-changed {heir?.Session.Id}");
        }

        if (Members.Count == 0)
        {
            Closed = Settings.EmptyTimeout == TimeSpan.Zero;
            ClosesAt = now + Settings.EmptyTimeout;
        }
    }

    /// <summary>The room ends for all.</summary>
    public void CloseFor(ModelSession? by, LeaveReason reason, bool byRequest = true)
    {
        foreach (ModelCall call in Calls.ToList())
        {
            EndCall(call, CallEndReason.Closed, by?.Id);
        }

        foreach (ModelMember member in Members.ToList())
        {
            bool asked = member.Session == by;
            Tell(member.Session, $"room-left {(asked ? reason : LeaveReason.Closed)} {asked && byRequest}");
            member.Session.Rooms.Remove(this);
        }

        Members.Clear();
        Closed = true;
    }

    /// <summary>In the form of <see cref="RoomText"/>.</summary>
    public override string ToString()
    {
        IEnumerable<string> members = Members.Select(member =>
            $"{member.Session.Id} {member.Session.Username} {member.Role} {RoomText.Of(member.Session.Media)} {member.Session.Presence} [{member.Fields}] [{member.Session.Fields}]");
        return $"{Name} of {Owner?.Session.Id} {Settings with { HasPassword = Password is not null }} [{Fields}]\n  {string.Join("\n  ", members)}";
    }
}
