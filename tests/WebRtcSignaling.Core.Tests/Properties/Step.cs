using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>
/// One step as plain numbers, so that it means the same in every sequence that it stands in. The finer arguments follow from
/// <paramref name="Variant"/>.
/// </summary>
/// <param name="Kind">What is done.</param>
/// <param name="By">Who does it, as an index into <see cref="World.Names"/>; <see cref="Host"/> for the host application.</param>
/// <param name="Target">To whom, likewise.</param>
/// <param name="Room">Where, as an index into <see cref="World.Rooms"/>.</param>
/// <param name="Variant">How.</param>
internal sealed record Step(StepKind Kind, int By, int Target, int Room, int Variant)
{
    public const int Host = -1;

    private static readonly string[] FieldNames = ["f", "g", "h"];

    /// <summary>Yes in one of so many variants.</summary>
    public bool OneIn(int many) => Variant % many == 0;

    public T Pick<T>(params T[] choices) => choices[Variant % choices.Length];

    /// <summary>The call meant, out of so many that there have been: 1 to that number, or 0 for one that never was.</summary>
    public int Call(int calls) => calls == 0 ? 0 : OneIn(9) ? 0 : calls - (Variant % Math.Min(calls, 2));

    public RoomSetup Setup(World world)
    {
        var random = new Random(Variant);
        T? Maybe<T>(double chance, params T?[] choices) => random.NextDouble() < chance ? choices[random.Next(choices.Length)] : default;
        return new()
        {
            DisplayName = Maybe(0.1, "Tea time", "two\nlines"),
            Capacity = Maybe<int?>(0.3, 1, 2, 3, 0, World.MaxMembers, World.MaxMembers + 1),
            Hidden = Maybe(0.2, true),
            Locked = Maybe(0.1, true),
            OwnerLeaves = Maybe<OwnerLeavesPolicy?>(0.6, OwnerLeavesPolicy.Close, OwnerLeavesPolicy.Keep, OwnerLeavesPolicy.HandOver),
            EmptyTimeout = Maybe<TimeSpan?>(
                0.4, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), World.MaxEmptyTimeout, World.MaxEmptyTimeout + TimeSpan.FromSeconds(1))
                ?? TimeSpan.Zero,
            ServerLedCalls = Maybe(0.3, true),
            Fields = Maybe(0.2, Fields()),
            Password = world.UsesPasswords ? Maybe(0.6, "right", "left", "") : null,
        };
    }

    public RoomUpdate Update(World world)
    {
        var random = new Random(~Variant);
        if (random.Next(4) == 0)
        {
            return new() { Locked = random.Next(2) == 0 };
        }

        RoomSetup setup = Setup(world);
        return new()
        {
            DisplayName = setup.DisplayName,
            Capacity = setup.Capacity,
            OwnerLeaves = setup.OwnerLeaves,
            EmptyTimeout = setup.EmptyTimeout == TimeSpan.Zero ? null : setup.EmptyTimeout,
            Hidden = setup.Hidden ? random.Next(2) == 0 : null,
            Locked = random.Next(2) == 0 ? null : random.Next(2) == 0,
            ServerLedCalls = setup.ServerLedCalls ? random.Next(2) == 0 : null,
            Password = setup.Password,
        };
    }

    public FieldUpdate Fields()
    {
        var random = new Random(Variant);
        var changes = new Dictionary<string, string?>();
        for (int i = random.Next(1, 3); i > 0; i--)
        {
            string name = random.Next(20) == 0 ? "" : FieldNames[random.Next(FieldNames.Length)];
            changes[name] = random.Next(4) == 0 ? null : new string((char)('a' + random.Next(26)), random.Next(6));
        }

        (string, string?)[] list = [.. changes.Select(change => (change.Key, change.Value))];
        return random.Next(4) == 0 ? Peers.Fields.Replace(list) : Peers.Fields.Set(list);
    }

    public string? Password() => Pick("right", "left", null);

    public RoomRole Role() => Pick(RoomRole.Member, RoomRole.Moderator, RoomRole.Owner);

    public MediaResources Resource() =>
        Pick(MediaResources.Audio, MediaResources.Video, MediaResources.Microphone, MediaResources.Screen, MediaResources.None);

    /// <summary>On, off, or the opposite of now.</summary>
    public bool? Enabled() => Pick<bool?>(null, true, false, null, null, null, true);

    public Presence Shown() => Pick<Presence>(new(PresenceShow.Away), new(PresenceShow.Dnd, "busy"), new(PresenceShow.Chat, "two\nlines"));

    public TimeSpan? Duration() => Pick<TimeSpan?>(null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.Zero);

    public TimeSpan Time() => TimeSpan.FromSeconds(Pick(0, 1, 3, 5, 10, 12, 20));

    public SignalKind Signal() =>
        Pick(SignalKind.Plain, SignalKind.Offer, SignalKind.Answer, SignalKind.Candidate, SignalKind.EndOfCandidates, SignalKind.Hangup);

    public bool Echo() => OneIn(2);

    /// <summary>A payload; sometimes one byte more than is allowed.</summary>
    public ReadOnlyMemory<byte> Data() => OneIn(25) ? new byte[World.MaxPayloadBytes + 1] : Text.Bytes($"{Variant}");

    public override string ToString() =>
        $"{Kind} by {(By == Host ? "the host" : World.Names[By])} to {World.Names[Target]} in {World.Rooms[Room]} ({Variant})";
}
